"""`allocator order` from the command line: words, JSON, the folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import allocator
from allocator import errors
from tests.cli.commanding import run
from tests.folders import contents
from tests.inputs.workspace_files import write_small


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A workspace whose two preconditions wait for each other, and a third that is free."""
    folder = write_small(tmp_path / "plan")
    table = folder / "inputs" / "preconditions.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    (first, *_) = rows
    header = [*first, *({"after", "lead_months", "holder"} - first.keys())]
    pair = [
        {
            **first,
            "precondition": "vote",
            "name": "vote",
            "holder": "USA",
            "after": "progress",
            "lead_months": "2",
        },
        {
            **first,
            "precondition": "progress",
            "name": "A step",
            "holder": "FRA, GBR",
            "after": "vote",
        },
    ]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows([{**row, "lead_months": "4"} for row in rows] + pair)
    return folder


def test_the_circle_is_told_with_its_cells(waiting: Path) -> None:
    done = run("order", "-w", str(waiting))
    assert done.exit_code == errors.ANSWERED, done.output
    text = " ".join(done.stdout.split())
    assert "USA waits with vote for “A step” (inputs/preconditions.csv:" in text
    assert "FRA, GBR wait with “A step” for vote (inputs/preconditions.csv:" in text
    assert "column after)" in text


def test_json_is_alone_on_standard_output(waiting: Path) -> None:
    done = run("order", "-w", str(waiting), "--json", "--by", "date")
    data = json.loads(done.stdout)
    assert data["circles"] == [["progress", "vote"]]
    assert data["deadlocked"] == ["progress", "vote"]
    assert data["road_map"]["by"] == "date"
    assert data == json.loads(json.dumps(data_of(waiting)))


def data_of(folder: Path) -> object:
    from allocator.report.tables.order import data

    return data(allocator.load(folder).order(by="date"))


def test_the_folder_is_whole_and_replaced_by_its_like_alone(waiting: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept"
    assert run("order", "-w", str(waiting), "--out", str(out)).exit_code == errors.ANSWERED
    said = json.loads((out / "machine/run.json").read_text(encoding="utf-8"))
    assert said["command"] == "order"
    assert set(contents(out)) == {*said["files"], "machine/run.json"}
    assert said["options"]["by"] == "effort"
    assert "<svg" in (out / "waiting.svg").read_text(encoding="utf-8")
    assert run("order", "-w", str(waiting), "--out", str(out)).exit_code == errors.ANSWERED
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    done = run("order", "-w", str(waiting), "--out", str(out))
    assert done.exit_code == errors.COMMAND_LINE_WRONG
    assert "mine.txt" in done.stderr
    assert (out / "mine.txt").read_text(encoding="utf-8") == "kept"


def test_names_that_there_are_not(waiting: Path) -> None:
    done = run("order", "wets", "-w", str(waiting))
    assert done.exit_code == errors.COMMAND_LINE_WRONG
    assert "did you mean west?" in done.stderr
    planner = allocator.load(waiting)
    with pytest.raises(errors.UsageError, match="no way to order 'dates'; did you mean date"):
        planner.order(by="dates")
    with pytest.raises(TypeError, match="did you mean by"):
        planner.order(bye="date")  # type: ignore[call-arg]


def test_no_time_says_nothing_false(waiting: Path) -> None:
    done = run("order", "-w", str(waiting), "--json", "--time-limit", "0")
    data = json.loads(done.stdout)
    assert all(one["verdict"] in ("unknown", "ready", "short", "blocked") for one in data["tasks"])
    assert not any(one["ways_in_turn"]["complete"] and one["verdict"] == "unknown"
                   for one in data["tasks"])  # fmt: skip


def test_the_first_screen_offers_both_where_somebody_waits(waiting: Path, tmp_path: Path) -> None:
    done = run("solve", "-w", str(waiting), "--time-limit", "20", "--out", str(tmp_path / "run"))
    assert "allocator order" in done.stdout
    assert "allocator levers" in done.stdout
    # Neither takes nations that send nothing.
    done = run("solve", "-w", str(waiting), "--without", "GBR", "--no-keep")
    assert "allocator blockers" in done.stdout
    assert "allocator order" not in done.stdout
    plain = write_small(tmp_path / "nobody_waits")
    done = run("solve", "-w", str(plain), "--time-limit", "20", "--out", str(tmp_path / "other"))
    assert "allocator levers" not in done.stdout


def test_levers_say_who_opens_what_and_what_each_adds(waiting: Path, tmp_path: Path) -> None:
    out = tmp_path / "levers"
    done = run("levers", "-w", str(waiting), "--budget", "1", "--json", "--out", str(out))
    assert done.exit_code == errors.ANSWERED, done.output
    data = json.loads(done.stdout)
    assert data["budget"] == 1
    assert data["proved"]
    assert data == json.loads((out / "machine/levers.json").read_text(encoding="utf-8"))
    assert {"tables/levers.csv", "tables/lever_parts.csv", "report.html"} <= set(contents(out))
    shown = run("levers", "-w", str(waiting))
    assert "Which holders first" in shown.stdout
    assert run("levers", "-w", str(waiting), "--budget", "-1").exit_code == 2
