"""`allocator review`: what it prints, keeps and marks."""

from __future__ import annotations

import json
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest

import allocator
from allocator.inputs.issues import WorkspaceError
from tests.cli.commanding import run
from tests.folders import contents

PLAN = """\
nation,task,line,capability,periods,quantity,kind
FRA,west,,mech,,3,
GBR,west,,mech,,9,
GBR,west,,medical,,2,exactly
"""


def test_what_breaks_is_said_with_its_row_and_the_row_behind_it(small):
    done = run("review", "plan.csv")
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "R3 units that serve recover" in said
    assert "rows plan.csv:3" in said
    assert "caveat gbr_front (inputs/caveats.csv:2): nothing unless ceasefire" in said
    assert "No open preconditions make it pass as it is." in said
    (kept,) = (small / "reports").iterdir()
    assert "-review-" in kept.name
    tables = {f"tables/{name}.csv" for name in ("violations", "rows", "short")}
    assert {"machine/review.json", "machine/run.json", *tables} <= set(contents(kept))


def test_json_says_all_of_it(small):
    found = json.loads(run("review", "plan.csv", "--json").stdout)
    assert (found["schema"], found["model"], found["valid"]) == (1, "small", False)
    rules = {violation["rule"] for violation in found["violations"]}
    assert rules == {"R3", "R5", "R10"}
    r5 = next(v for v in found["violations"] if v["rule"] == "R5")
    assert r5["row"] == 3
    assert r5["place"] == {"nation": "GBR", "task": "west", "period": 1, "caveat": "gbr_front"}
    assert r5["because"][0]["place"] == "inputs/caveats.csv:2"
    assert r5["amount"] == 11  # battalions and hospitals
    assert found["assumes"] == []
    assert found["lifts"] == []  # No commitment leaves GBR nine battalions.


def test_a_plan_that_assumes_a_ceasefire_says_so(small):
    (small / "plan.csv").write_text(PLAN.replace("9", "2").replace("3,", "2,"))
    found = json.loads(run("review", "plan.csv", "--json").stdout)
    assert found["assumes"] == [["ceasefire"], ["peace"]]
    done = run("review", "plan.csv", "--world", "truce")
    assert "Every rule holds" in done.stdout
    found = json.loads(run("review", "plan.csv", "--world", "truce", "--json").stdout)
    assert (found["valid"], found["assumes"], found["violations"]) == (True, [[]], [])


def test_wrong_rows_are_all_said_and_nothing_is_kept(small):
    (small / "plan.csv").write_text(PLAN.replace("FRA", "FRX").replace("exactly", "just"))
    done = run("review", "plan.csv")
    assert done.exit_code == 1
    assert "W401, line 2, nation" in done.output
    assert "W208, line 4, kind" in done.output
    assert "then the same command again" in done.output
    assert not (small / "reports").exists()


def test_cells_are_marked_in_a_copy(small):
    frame = pd.read_csv(small / "plan.csv")
    frame.to_excel(small / "plan.xlsx", sheet_name="plan", index=False)
    done = run("review", "plan.xlsx", "--mark")
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(small / "plan-marked.xlsx")
    assert book.sheetnames == ["problems", "plan"]
    assert "R5" in book["plan"]["F3"].comment.text
    assert book["plan"]["F3"].fill.start_color.rgb.endswith("FFC7CE")
    assert book["plan"]["A3"].comment is None
    assert run("review", "plan.csv", "--mark").exit_code == 2


def test_a_folder_of_another_kind_is_left_alone(small):
    (small / "mine").mkdir()
    (small / "mine" / "notes.txt").write_text("keep")
    assert run("review", "plan.csv", "--out", "mine").exit_code == 2
    assert run("review", "plan.csv", "--out", "new").exit_code == 0
    assert run("review", "plan.csv", "--out", "new").exit_code == 0
    assert (small / "mine" / "notes.txt").read_text() == "keep"


def test_a_nation_that_leaves_breaks_its_rows(small):
    (small / "plan.csv").write_text(PLAN.replace("9", "2").replace("3,", "2,"))
    asked = ("review", "plan.csv", "--world", "truce", "--without", "GBR", "--json")
    found = json.loads(run(*asked).stdout)
    assert {(v["rule"], v["place"].get("nation")) for v in found["violations"]} == {("R3", "GBR")}


def test_the_method_of_the_planner_says_the_same(small):
    planner = allocator.load(small)
    found = planner.review(small / "plan.csv", world="truce")
    assert not found.valid
    assert set(found.violations["rule"]) == {"R3"}
    assert list(found.rows["breaks"]) == ["", "R3", ""]
    assert found.short.empty
    rows = [{"nation": "FRA", "task": "west", "capability": "mech", "quantity": 2}]
    assert list(planner.review(rows).short["line"].unique()) == ["care", "manoeuvre"]
    with pytest.raises(AttributeError, match="did you mean violations"):
        _ = found.violation
    with pytest.raises(TypeError, match="did you mean world"):
        planner.review(rows, wrld="truce")
    with pytest.raises(WorkspaceError):
        planner.review([{"nation": "FRA"}])


def test_no_engine_is_loaded(small):
    code = (
        "import sys; from allocator.cli import main\n"
        "main(['review', 'plan.csv'], standalone_mode=False)\n"
        "print(sorted({'ortools', 'pandas', 'numpy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("[]"), done.stderr


def test_a_runs_workbook_is_a_plan(small):
    """Its sheet `plan` is for people to edit; the rows are those of `allocation`."""
    done = run("solve", "--world", "truce", "--out", "kept", "--quiet")
    assert done.exit_code == 0, done.output
    for plan in ("kept", "kept/results.xlsx", "kept/tables/allocation.csv"):
        found = json.loads(run("review", plan, "--world", "truce", "--json").stdout)
        assert found["valid"], plan
