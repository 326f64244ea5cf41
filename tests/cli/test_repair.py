"""`allocator repair`: what it prints, keeps and corrects."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import allocator
from tests.cli.commanding import run
from tests.folders import contents

PLAN = """\
nation,task,line,capability,periods,quantity,kind,note
FRA,west,,mech,,3,,of old
GBR,west,,mech,,9,,
GBR,west,,medical,,1,exactly,
"""
TRUCE = ("--world", "truce")


def test_the_nearest_plan_is_said_and_kept(small):
    done = run("repair", "plan.csv", *TRUCE)
    assert done.exit_code == 0, done.output
    assert "1 of 1 task kept; 4 cells changed." in done.stdout
    (kept,) = (small / "reports").iterdir()
    assert "-repair-" in kept.name
    tables = {f"tables/{name}.csv" for name in ("edits", "corrected", "levels")}
    assert {*tables, "machine/repair.json", "corrected.xlsx"} <= set(contents(kept))
    for plan in (kept, kept / "tables/corrected.csv", f"{kept / 'corrected.xlsx'}#corrected"):
        reviewed = json.loads(run("review", str(plan), *TRUCE, "--json").stdout)
        assert reviewed["valid"]
    again = json.loads(run("repair", str(kept), *TRUCE, "--json").stdout)
    assert again["edits"] == []
    assert all(level["value"] == 0 for level in again["levels"][:5])


def test_json_says_all_of_it(small):
    found = json.loads(run("repair", "plan.csv", *TRUCE, "--json").stdout)
    levels = {level["objective"]: level["value"] for level in found["levels"]}
    assert list(levels)[:5] == [
        "keep_tasks[1]", "keep_contingents", "new_contingents", "changed_rows", "changed_units"
    ]  # fmt: skip
    assert "staff_tasks[1]" not in levels
    assert all(level["status"] == "optimal" for level in found["levels"])
    # GBR has five battalions, each used once in two periods: three at a time, and two after them.
    assert levels["changed_rows"] == 4
    assert {edit["from"] for edit in found["edits"]} == {9}
    assert found["plan"]["levels"] == found["levels"]
    assert (found["clashes"], found["frees"]) == ([], [])


def test_a_clash_is_named_and_there_are_no_levels(small):
    (small / "plan.csv").write_text(PLAN.replace("9,,", "9,exactly,"))
    done = run("repair", "plan.csv", *TRUCE)
    assert done.exit_code == 0, done.output
    assert "GBR at west: R3" in done.stdout
    found = json.loads(run("repair", "plan.csv", *TRUCE, "--json").stdout)
    assert found["levels"] == []
    assert found["clashes"] == found["frees"] == [[["GBR", "west"]]]
    assert found["clash_rules"] == [["R3"]]
    assert found["plan"]["status"] == "unknown"


def test_a_nation_that_leaves(small):
    found = json.loads(run("repair", "plan.csv", *TRUCE, "--without", "FRA", "--json").stdout)
    levels = {level["objective"]: level["value"] for level in found["levels"]}
    assert levels["keep_contingents"] == 1
    assert found["plan"]["staffed"] == ["west"]
    assert "FRA" not in {cell["nation"] for cell in found["plan"]["allocation"]}


def test_tasks_of_the_model_are_added_on_request(small):
    (small / "plan.csv").write_text(PLAN.splitlines()[0] + "\n")
    empty = json.loads(run("repair", "plan.csv", *TRUCE, "--json").stdout)
    assert empty["plan"]["staffed"] == []
    found = json.loads(run("repair", "plan.csv", *TRUCE, "--add", "west", "--json").stdout)
    assert found["plan"]["staffed"] == ["west"]
    assert [level["objective"] for level in found["levels"]][:2] == [
        "keep_tasks[1]", "add_tasks[1]"
    ]  # fmt: skip
    assert run("repair", "plan.csv", "--add", "wset").exit_code == 2


def test_the_corrected_sheet_is_written_where_it_is_asked_for(small):
    assert run("repair", "plan.csv", *TRUCE, "--corrected", "new.xlsx").exit_code == 0
    rows = pd.read_excel(small / "new.xlsx")
    assert next(iter(rows["note"])) == "of old"
    assert rows["note"].str.contains("was 9").any()
    assert run("repair", "plan.csv", *TRUCE, "--corrected", "new.xlsx").exit_code == 2
    assert run("repair", "plan.csv", *TRUCE, "--corrected", "new.txt").exit_code == 2


def test_no_time_is_no_answer(small):
    done = run("repair", "plan.csv", *TRUCE, "--time-limit", "0")
    assert done.exit_code in (0, 3)
    found = json.loads(run("repair", "plan.csv", *TRUCE, "--time-limit", "0", "--json").stdout)
    assert found["clashes"] == []


def test_the_method_of_the_planner_says_the_same(small):
    found = allocator.load(small).repair(small / "plan.csv", world="truce")
    assert len(found.table("edits")) == len(found.edits) == 4
    assert allocator.load(small).review(found.corrected, world="truce").valid
    with pytest.raises(KeyError, match="did you mean edits"):
        found.table("edit")
