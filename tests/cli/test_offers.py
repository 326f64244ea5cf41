"""Offers from the command line: what is counted, what is told, what is kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import Result

import allocator
from allocator import errors
from tests.cli.commanding import run
from tests.folders import contents
from tests.inputs.workspace_files import write_small

HEADER = "offer,nation,capability,quantity,task,status,requires,valid_until,basis\n"
ROWS = (
    "in_place,FRA,mech,1,,in_place,,,reported\n"
    "more,GBR,mech,1,west,indicated,ceasefire,2026-07-01,estimate\n"
    "care,GBR,medical,1,,firm,,,reported\n"
    "past,GBR,mech,5,,firm,,2026-06-14,estimate\n"
)
ON = ("--on", "2026-06-15")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Two units are needed: one is in place, one is indicated; firm ones are out of date."""
    folder = write_small(tmp_path / "plan")
    (folder / "inputs" / "offers.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return folder


def verdict(done: Result) -> str:
    assert done.exit_code == errors.ANSWERED, done.output
    return str(json.loads(done.stdout)["tasks"][0]["verdict"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "ready"),
        (("--count", "inventory"), "ready"),
        (("--count", "possible", *ON), "ready"),
        (("--count", "indicated", *ON), "ready"),
        (("--count", "firm", *ON), "short"),
        (("--count", "firm", "--on", "2026-06-14"), "ready"),
        (("--count", "indicated", "--on", "2026-07-02"), "short"),
    ],
)
def test_what_counts(plan: Path, tmp_path: Path, words: tuple[str, ...], expected: str) -> None:
    where = ("-w", str(plan), "--world", "truce", "--json", "--out", str(tmp_path / "out"))
    assert verdict(run("solve", *where, *words)) == expected
    assert verdict(run("packages", "west", *where, *words)) == expected
    assert verdict(run("blockers", "west", *where, *words)) == expected


def test_the_status_and_the_day_stand_in_the_run_and_verify_uses_them(
    plan: Path, tmp_path: Path
) -> None:
    """Years later as well; another day said in its result is found out."""
    out = tmp_path / "run"
    asked = ("-w", str(plan), "--world", "truce", "--out", str(out))
    done = run("solve", *asked, "--count", "indicated", *ON)
    assert done.exit_code == errors.ANSWERED
    text = " ".join(done.stdout.split())
    assert "those of status indicated or firmer, valid on 2026-06-15, and no more" in text
    assert "out of date on 2026-06-15: past" in text
    assert "running out within a month: more" in text
    result = json.loads((out / "machine/result.json").read_text())
    assert (result["count"], result["on"]) == ("indicated", "2026-06-15")
    options = json.loads((out / "machine/run.json").read_text())["options"]
    assert (options["count"], options["on"]) == ("indicated", "2026-06-15")
    assert run("verify", str(out), "-w", str(plan)).exit_code == errors.ANSWERED
    (out / "machine/result.json").write_text(
        (out / "machine/result.json").read_text().replace("2026-06-15", "2026-07-02")
    )
    done = run("verify", str(out), "-w", str(plan))
    assert done.exit_code == errors.INPUTS_WRONG
    assert "R11" in done.stdout or "on is 2026-07-02" in done.stdout


def test_without_offers_nothing_is_said_of_them(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "plan")
    done = run("solve", "-w", str(folder), "--json", "--out", str(tmp_path / "run"))
    assert {"count", "on"}.isdisjoint(json.loads(done.stdout))
    assert {path.name for path in (tmp_path / "run" / "inputs").iterdir()} == {
        path.name for path in (folder / "inputs").iterdir()
    }


def test_a_runs_copy_of_its_offers_can_be_solved_again(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("solve", "-w", str(plan), "--world", "truce", "--out", str(out), *ON)
    assert allocator.load(out).workspace.offers == allocator.load(plan).workspace.offers


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--count", "frim"), "frim"),
        (("--on", "tomorrow"), "write it like 2026-01-31"),
    ],
)
def test_what_names_nothing_is_refused(plan: Path, words: tuple[str, ...], said: str) -> None:
    done = run("solve", "-w", str(plan), *words)
    assert done.exit_code == errors.COMMAND_LINE_WRONG
    assert said in done.stderr


def test_python_refuses_the_same(plan: Path) -> None:
    planner = allocator.load(plan)
    with pytest.raises(errors.UsageError, match="did you mean firm"):
        planner.solve(count="frm")
    with pytest.raises(errors.UsageError, match="a date such as 2026-01-31"):
        planner.offers(on="31.1.2026")
    with pytest.raises(TypeError, match="did you mean count"):
        planner.offers(counts="firm")  # type: ignore[call-arg]


def test_the_ladder_askings_and_what_is_left(plan: Path) -> None:
    """The plan of all that is held meets the target of four: two are beyond offers."""
    found = allocator.load(plan).offers(world="truce", on="2026-06-15")
    assert dict(found.task("west").verdicts) == {
        "in_place": "short",
        "firm": "short",
        "indicated": "ready",
        "possible": "ready",
        "inventory": "ready",
    }
    assert found.task("west").firmest == "indicated"
    assert found.stale == ("past",)
    assert found.running_out == ("more",)
    asked: Counter[tuple[str, int]] = Counter()
    for one in found.askings:
        asked[one.capability, one.period] += one.quantity
    assert asked == {("mech", period): 2 for period in (1, 2, 3, 4)}
    assert found.beyond_offers == 8
    wall = {(one.line, one.period): one for one in found.wall}
    line = wall["manoeuvre", 1]
    assert dict(line.offered) == {"in_place": 1, "firm": 0, "indicated": 1, "possible": 0}
    assert (line.minimum, line.gap) == (2, 0)
    assert {f.nation for f in line.fillers} == {"FRA", "GBR"}


def test_the_page_json_and_folder_of_offers(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept"
    asked = ("offers", "-w", str(plan), "--world", "truce", *ON)
    done = run(*asked, "--out", str(out))
    assert done.exit_code == errors.ANSWERED, done.output
    assert "With what is indicated: 1 task (west)." in " ".join(done.stdout.split())
    said = json.loads((out / "machine/run.json").read_text(encoding="utf-8"))
    assert said["command"] == "offers"
    assert set(contents(out)) == {*said["files"], "machine/run.json"}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Who could still fill it" in page
    assert "out of date on 2026-06-15: past" in page
    data = json.loads(run(*asked, "--json").stdout)
    assert data == json.loads((out / "machine/offers.json").read_text(encoding="utf-8"))
    assert data["tasks"][0]["firmest"] == "indicated"
    assert set(data["askings"][0]) == {"nation", "task", "capability", "period", "quantity"}
    firm = json.loads(run(*asked, "--json", "--count", "in_place").stdout)
    assert set(firm["unused"][0]) == {"offer", "period", "quantity", "reason"}


def test_a_comparison_says_that_another_status_counts(plan: Path, tmp_path: Path) -> None:
    for name, count in (("a", "firm"), ("b", "indicated")):
        where = ("-w", str(plan), "--world", "truce", "--out", str(tmp_path / name))
        run("solve", *where, "--count", count, *ON)
    done = run("compare", str(tmp_path / "a"), str(tmp_path / "b"), "--out", str(tmp_path / "c"))
    assert done.exit_code == errors.ANSWERED, done.output
    assert "offers counted: indicated instead of firm" in " ".join(done.stdout.split())
