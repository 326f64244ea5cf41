"""`allocator sweep` as a command: its folder, and whatever may end it in the middle."""

from __future__ import annotations

import csv
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli import main
from tests import sweeping

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
DRAWS = 12
CASES = 4 * DRAWS


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of the sweep, uninterrupted, in one thread."""
    folder = sweeping.workspace(tmp_path_factory.mktemp("sweep") / "plan", DRAWS)
    ended = sweeping.run(folder, "--workers", "1")
    assert ended.returncode == 0, ended.stderr
    return sweeping.kept(folder)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return sweeping.workspace(tmp_path / "plan", DRAWS)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(data.decode().splitlines()))


def test_the_folder_holds_a_row_a_case_in_every_form(expected: Mapping[str, bytes]) -> None:
    cases = rows(expected["sweep.csv"])
    assert [row["case"] for row in cases] == [str(n) for n in range(1, CASES + 1)]
    assert {row["state"] for row in cases} == {"decided"}
    lines = [json.loads(line) for line in expected["sweep.jsonl"].splitlines()]
    told = json.loads(expected["sweep.json"])
    assert told["cases"] == lines
    assert told["states"] == {"decided": CASES, "open": 0, "fault": 0, "waiting": 0}
    assert [line["key"] for line in lines] == [row["key"] for row in cases]
    assert len({row["key"] for row in cases}) == len(cases)
    verdicts = [(row["case"], row["task"], row["verdict"])
                for row in rows(expected["sweep_verdicts.csv"])]  # fmt: skip
    assert verdicts == [(str(one["case"]), task["task"], task["verdict"])
                        for one in lines for task in one["tasks"]]  # fmt: skip
    levels = [(row["case"], row["objective"], row["value"], row["bound"], row["status"])
              for row in rows(expected["sweep_levels.csv"])]  # fmt: skip
    assert levels == [(str(one["case"]), *map(str, level.values()))
                      for one in lines for level in one["plan"]["levels"]]  # fmt: skip
    shares = rows(expected["sweep_shares.csv"])
    assert [(row["world"], row["change"], row["cases"]) for row in shares] == [
        (world, change, "12") for world in ("today", "truce") for change in ("as_stated", "fewer")
    ]
    for row in shares:
        asked = [
            c["case"] for c in cases if (c["world"], c["change"]) == (row["world"], row["change"])
        ]
        ready = [case for case, _, verdict in verdicts if case in asked and verdict == "ready"]
        assert int(row["ready"]) == len(ready)


@pytest.mark.parametrize("on", ["threads", "processes"])
def test_threads_and_processes_write_the_same_bytes(
    plan: Path, expected: Mapping[str, bytes], on: str
) -> None:
    ended = sweeping.run(plan, "--on", on, "--workers", "3", "--json")
    assert ended.returncode == 0, ended.stderr
    assert sweeping.kept(plan) == expected
    assert ended.stdout.encode() == expected["sweep.json"]


@LINUX
def test_a_case_whose_process_is_killed_is_asked_again(
    plan: Path, expected: Mapping[str, bytes]
) -> None:
    with sweeping.begun(plan, "--on", "processes", "--workers", "2") as process:
        for number in (5, 15):
            sweeping.until(lambda number=number: sweeping.finished(plan) > number)  # type: ignore[misc]
            victims = sweeping.children(process.pid)
            os.kill(victims[0], signal.SIGKILL)
        said, _ = process.communicate(timeout=sweeping.PATIENCE)
        assert process.returncode == 0, said
    assert sweeping.kept(plan) == expected


@LINUX
def test_a_case_that_kills_every_process_is_a_row_and_the_rest_goes_on(plan: Path) -> None:
    """One draw ends its process, as the lack of memory would."""
    site = sweeping.killing(plan / "site")
    sweep = (plan / "figures.yaml").read_text()
    (plan / "figures.yaml").write_text(sweep.replace(f"draws: {DRAWS}", "draws: 3"))
    before = sweeping.environment

    def environment() -> dict[str, str]:
        return {**before(), "PYTHONPATH": f"{site}:{sweeping.ROOT}"}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "environment", environment)
        ended = sweeping.run(plan, "--on", "processes", "--workers", "2")
    assert ended.returncode == 0, ended.stderr
    cases = rows(sweeping.kept(plan)["sweep.csv"])
    assert [row["case"] for row in cases if row["state"] != "decided"] == ["9"]
    assert cases[8]["fault"] == "3 processes were killed while they worked on it"
    assert "1 at fault" in ended.stdout
    resumed = sweeping.run(plan, "--on", "processes", "--resume")
    assert "11 cases of them stood in the journal already" in resumed.stdout
    assert {row["state"] for row in rows(sweeping.kept(plan)["sweep.csv"])} == {"decided"}


@pytest.mark.parametrize("on", ["threads", "processes"])
def test_ctrl_c_keeps_what_is_finished_and_resuming_gives_the_same_bytes(
    plan: Path, expected: Mapping[str, bytes], on: str
) -> None:
    site = sweeping.holding(plan.parent / "site", plan, 8)
    with sweeping.begun(plan, "--on", on, site=site) as process:
        sweeping.until(lambda: sweeping.finished(plan) > 8)
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=sweeping.PATIENCE)
        assert process.returncode == 130, (said, told)
    states = [row["state"] for row in rows(sweeping.kept(plan)["sweep.csv"])]
    assert 8 < states.count("decided") < CASES
    assert set(states) == {"decided", "waiting"}
    assert "--resume" in said
    assert "Traceback" not in told
    resumed = sweeping.run(plan, "--on", on, "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert sweeping.kept(plan) == expected


@pytest.mark.parametrize("on", ["threads", "processes"])
def test_killed_and_resumed_the_bytes_are_the_same(
    plan: Path, expected: Mapping[str, bytes], on: str
) -> None:
    for number in (4, 20):
        site = sweeping.holding(plan.parent / f"site-{number}", plan, number)
        with sweeping.begun(plan, "--on", on, "--resume", site=site) as process:
            sweeping.until(lambda number=number: sweeping.finished(plan) > number)  # type: ignore[misc]
            process.kill()
    assert not (plan / "out").exists()
    refused = sweeping.run(plan)
    assert refused.returncode == 2
    assert "of 48 cases of this sweep; go on with --resume" in refused.stderr
    assert sweeping.run(plan, "--on", on, "--resume").returncode == 0
    assert sweeping.kept(plan) == expected


def test_when_the_time_is_up_what_is_finished_is_kept(
    plan: Path, expected: Mapping[str, bytes]
) -> None:
    ended = sweeping.run(plan, "--time-limit", "0")
    assert ended.returncode == 3
    assert {row["state"] for row in rows(sweeping.kept(plan)["sweep.csv"])} == {"waiting"}
    assert sweeping.run(plan, "--resume").returncode == 0
    assert sweeping.kept(plan) == expected


def invoke(plan: Path, *more: str) -> tuple[int, str, str]:
    answer = CliRunner().invoke(main, ["sweep", str(plan / "figures.yaml"), "-w", str(plan), *more])
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1"])
def test_a_time_limit_is_a_number_of_seconds(plan: Path, seconds: str) -> None:
    status, _, told = invoke(plan, "--time-limit", seconds)
    assert status == 2
    assert "is no number of seconds" in told
    assert not (plan / "reports").exists()


def test_all_that_is_wrong_with_the_file_is_told_at_once(plan: Path) -> None:
    file = plan / "figures.yaml"
    file.write_text(file.read_text().replace("truce", "truse").replace("row: 0", "row: 9"))
    status, _, told = invoke(plan)
    assert status == 1
    for said in (
        "2 errors",
        "W401, line 1, worlds[2]",
        "'truce'",
        "W704, line 5, changes[fewer].change[1]",
    ):
        assert said in told
    assert "Traceback" not in told
    assert not (plan / "reports").exists()


def test_a_folder_of_something_else_is_left_alone(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    status, _, told = invoke(plan, "--out", str(tmp_path / "mine"))
    assert status != 0
    assert "notes.txt" in told


def test_by_default_all_is_kept_under_reports(plan: Path) -> None:
    sweep = (plan / "figures.yaml").read_text().replace(f"draws: {DRAWS}", "draws: 2")
    (plan / "figures.yaml").write_text(sweep)
    status, said, _ = invoke(plan)
    assert status == 0
    (folder,) = (plan / "reports").glob("figures-sweep-2*")
    assert "8 cases, 8 decided." in said
    assert folder.name in "".join(said.split())
    assert (plan / "reports" / "figures-sweep.journal").exists()
    kept = json.loads((folder / "machine/run.json").read_text())
    assert kept["command"] == "sweep"
    assert set(kept["inputs"]) >= {"inputs/nations.csv", "models/small.yaml"}


def test_tables_that_cannot_be_kept_are_no_success(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, _, told = invoke(plan, "--out", str(tmp_path / "file" / "out"))
    assert status == 2
    assert "file" in told
    assert "Traceback" not in told
