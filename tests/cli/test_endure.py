"""`allocator endure` from the command line and from Python: words, JSON, the folder."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import allocator
from allocator import errors
from allocator.report.pictures.endurance import endurance_picture
from tests.cli.commanding import run
from tests.folders import contents

TABLES = {
    "nations": "nation,name\nFRA,France\nITA,Italy\nPOL,Poland\n",
    "capabilities": "capability,name,domain,unit,personnel\n"
    "eng,Engineer company,land,company,100\nair,Fighters,air,aircraft,10\n",
    "availability": "nation,capability,quantity,basis\n"
    "FRA,eng,4,estimate\nITA,eng,3,estimate\nPOL,eng,4,estimate\nPOL,air,2,estimate\n",
    "preconditions": "precondition,name,kind,status\ntruce,Truce,political,open\n",
    "worlds": "world,precondition\nwell,truce\n",
}
MODEL = """
name: m
default: true
horizon: {periods: 2, months_per_period: 6}
tasks:
  - {task: works, requires: truce, lines: [{capability: eng, minimum: 6}]}
  - {task: watch, lines: [{capability: air, minimum: 1}]}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Engineers of three nations, aircraft of Poland alone."""
    folder = tmp_path / "plan"
    (folder / "inputs").mkdir(parents=True)
    (folder / "models").mkdir()
    for name, text in TABLES.items():
        (folder / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "models" / "m.yaml").write_text(MODEL, encoding="utf-8")
    return folder


def test_what_happens_is_told_in_a_planners_words(here: Path) -> None:
    done = run("endure", "-w", str(here), "--world", "well", "--time-limit", "60")
    assert done.exit_code == errors.ANSWERED, done.output
    text = " ".join(done.stdout.split())
    assert "If Poland leaves from period 1 or 2: watch falls" in text
    assert re.search(r"works is repaired by \w+ sending \d more engineer compan", text)
    assert (
        "If “Truce” ends from period 1 or 2: works falls: its own condition does not hold" in text
    )
    assert "does not hold (it would stand with “Truce”); watch holds." in text
    assert "at most 0 could come (no open precondition would help)" in text
    assert "POL FF RR" in text.replace("│", " ")


def test_one_event_as_json_is_what_the_folder_keeps(here: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept"
    asked = ("--world", "well", "--lose", "POL", "--from", "2", "--json", "--out", str(out))
    done = run("endure", "m", "-w", str(here), *asked)
    data = json.loads(done.stdout)
    (event,) = data["events"]
    assert (event["lost"], event["kind"], event["period"]) == ("POL", "nation", 2)
    assert {one["task"]: one["state"] for one in event["tasks"]} == {
        "watch": "falls",
        "works": "repaired",
    }
    (falls, repaired) = event["tasks"]
    assert falls["proof"]["by"] == "sum"
    moved = {(e["nation"], e["period"]): (e["from"], e["to"]) for e in repaired["edits"]}
    assert moved["POL", 2][1] == 0
    assert sum(after - before for before, after in moved.values()) == 0
    assert data == json.loads((out / "machine/endure.json").read_text(encoding="utf-8"))
    tables = {"tables/endurance.csv", "tables/endurance_edits.csv"}
    assert {*tables, "endurance.svg", "report.html"} <= set(contents(out))
    rows = list(
        csv.DictReader((out / "tables/endurance.csv").read_text(encoding="utf-8").splitlines())
    )
    assert [(row["task"], row["state"]) for row in rows] == [
        ("watch", "falls"),
        ("works", "repaired"),
    ]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "If Poland leaves from period 2: watch falls" in page


def test_events_are_those_that_are_named(here: Path) -> None:
    planner = allocator.load(here)
    lost = lambda **asked: [  # noqa: E731
        (e.loss.lost, e.loss.period) for e in planner.endure("m", **asked).events
    ]
    assert lost() == [(n, p) for n in ("FRA", "ITA", "POL") for p in (1, 2)]
    assert ("truce", 2) in lost(world="well")
    assert lost(lose="ITA", from_=2) == [("ITA", 2)]
    assert lost(lose=["POL", "truce"], from_=[2, 1]) == [
        ("POL", 1), ("POL", 2), ("truce", 1), ("truce", 2),
    ]  # fmt: skip


def test_the_picture_says_each_state_by_letter(here: Path) -> None:
    found = allocator.load(here).endure("m", world="well", lose="POL")
    drawn = endurance_picture(found)
    looks = dict(re.findall(r'<g id="(look-\d)">.*?>(.)</text></g>', drawn))
    used = Counter(looks[look] for look in re.findall(r'<use href="#(look-\d)"', drawn))
    assert (used["F"], used["R"]) == (2 + 1, 2 + 1)  # and one in the legend
    assert "Poland" in drawn
    assert endurance_picture(allocator.load(here).endure("m", lose="FRA", from_=1)) == ""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--lose", "PLO"), "did you mean POL?"),
        (("--from", "3"), "the model has 1 to 2"),
        (("--from", "x"), "from 'x'"),
        (("--from", "2026-01"), "from '2026-01'"),
    ],
)
def test_what_there_is_not_is_refused(here: Path, asked: tuple[str, str], said: str) -> None:
    done = run("endure", "-w", str(here), *asked)
    assert done.exit_code != errors.ANSWERED
    assert said in done.output


@pytest.mark.parametrize("wrong", [None, True, 1.5, [None]])
def test_what_is_no_period_is_refused(here: Path, wrong: Any) -> None:
    with pytest.raises(TypeError, match="a period is expected"):
        allocator.load(here).endure("m", from_=wrong)


def test_no_time_is_no_answer(here: Path, tmp_path: Path) -> None:
    """Without a plan nothing is asked; of a plan of one's own it is seen who holds as it is."""
    asked = ("-w", str(here), "--world", "well", "--time-limit", "0", "--json")
    done = run("endure", *asked)
    assert (json.loads(done.stdout)["events"], done.exit_code) == ([], errors.NO_ANSWER_IN_TIME)
    plan = tmp_path / "own.csv"
    rows = "nation,task,capability,quantity\nITA,works,eng,2\nPOL,works,eng,4\nPOL,watch,air,1\n"
    plan.write_text(rows, encoding="utf-8")
    done = run("endure", *asked, "--plan", str(plan), "--lose", "ITA")
    data = json.loads(done.stdout)
    assert data["timed_out"]
    states = [(t["task"], t["state"]) for e in data["events"] for t in e["tasks"]]
    assert states == [("watch", "holds"), ("works", "unknown")] * 2


def test_a_plan_of_ones_own_is_taken_as_it_is(here: Path, tmp_path: Path) -> None:
    """Poland's engineers alone would do in the joint plan's place only with Italy's."""
    plan = tmp_path / "own.csv"
    head = "nation,task,capability,quantity\n"
    plan.write_text(f"{head}ITA,works,eng,2\nPOL,works,eng,4\n", encoding="utf-8")
    asked = ("-w", str(here), "--world", "well", "--plan", str(plan), "--json")
    out = tmp_path / "kept"
    lost = ("--lose", "ITA", "--lose", "POL", "--from", "2")
    done = run("endure", *asked, *lost, "--out", str(out))
    assert done.exit_code == errors.ANSWERED, done.output
    data = json.loads(done.stdout)
    assert data["plan"]["staffed"] == ["works"]
    ((italy,), (poland,)) = (event["tasks"] for event in data["events"])
    assert (italy["state"], poland["state"]) == ("repaired", "repaired")
    assert run("verify", str(out), "-w", str(here)).exit_code == 0
    told = "".join(run("endure", *asked[:-1]).stdout.split())  # Long paths are folded.
    assert re.search(r"Oneeventallocatorendure.*--plan\S*own.csv", told), told
    plan.write_text(f"{head}ITA,works,eng,2\n", encoding="utf-8")
    done = run("endure", *asked)
    assert done.exit_code == errors.COMMAND_LINE_WRONG
    assert "breaks R1" in done.stderr
