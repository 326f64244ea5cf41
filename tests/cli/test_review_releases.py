"""`allocator review --releases`: releases that were planned beside a plan of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import allocator
from allocator.inputs.issues import GivenPlanError
from allocator.report.page.review import review_page
from tests.cli.commanding import run
from tests.folders import contents

PLAN = """\
nation,task,line,capability,periods,quantity,kind
FRA,west,,mech,,3,
GBR,west,,medical,,1,
"""
PLANNED = "commitment,periods,quantity\n"


def reviewed(small: Path, rows: str, *more: str) -> dict:
    """The JSON of a review with these rows of releases."""
    (small / "released.csv").write_text(PLANNED + rows)
    done = run("review", "plan.csv", "--releases", "released.csv", "--json", *more)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_releases_that_are_enough_change_nothing_else(small):
    plain = json.loads(run("review", "plan.csv", "--world", "truce", "--json").stdout)
    assert plain["valid"]
    assert plain["released"]
    assert "planned_releases" not in plain
    found = reviewed(small, "fra_reserve,,1\n", "--world", "truce")
    assert [one["quantity"] for one in found["planned_releases"]] == [1, 1, 1, 1]
    assert found["planned_releases"][0]["rows"] == "released.csv:2"
    assert found.pop("uncovered") == []
    del found["planned_releases"]
    assert found == plain


def test_what_the_worked_out_releases_say_is_always_enough(small):
    """The fewest that the review names, given as a table, leave nothing uncovered; one unit fewer
    anywhere does."""
    plain = json.loads(run("review", "plan.csv", "--world", "truce", "--json").stdout)
    rows = [(one["commitment"], one["period"]) for one in plain["released"]]
    table = "".join(f"{name},{period},1\n" for name, period in rows)
    assert reviewed(small, table, "--world", "truce")["uncovered"] == []
    for left_out in rows:
        fewer = "".join(f"{n},{p},1\n" for n, p in rows if (n, p) != left_out)
        found = reviewed(small, fewer, "--world", "truce")
        assert found["valid"]  # By what may be released; what was planned is told apart.
        assert {one["rule"] for one in found["uncovered"]} == {"R3"}


def test_too_few_are_said_at_once(small):
    (small / "released.csv").write_text(PLANNED + "fra_reserve,1,1\n")
    done = run("review", "plan.csv", "--releases", "released.csv", "--world", "truce")
    said = " ".join(done.stdout.split())
    assert "Every rule holds, if more is released than is planned" in said
    assert "Too few with these alone:" in said
    (kept,) = (small / "reports").iterdir()
    assert {"tables/planned_releases.csv", "tables/uncovered.csv"} <= set(contents(kept))
    assert "Too few with these alone:" in (kept / "report.html").read_text()


def test_what_may_not_be_released_breaks_r4_with_its_row_and_its_commitment(small):
    found = reviewed(small, "fra_reserve,2,1\n")
    broken = [one for one in found["violations"] if one["rule"] == "R4"]
    assert [one["place"] for one in broken] == [{"commitment": "fra_reserve", "period": 2}]
    kinds = [(one["kind"], one["place"]) for one in broken[0]["because"]]
    assert kinds == [("release", "released.csv:2"), ("commitment", "inputs/commitments.csv:2")]
    # GBR's caveat and the task's own condition wait for the same: it passes with a ceasefire.
    assert found["assumes"] == [["ceasefire"], ["peace"]]


def test_a_release_alone_may_be_what_is_assumed(small):
    """A task that waits for nothing, whose plan is in order but for the release of a unit."""
    path = small / "models/small.yaml"
    path.write_text(path.read_text().replace("    requires: ceasefire\n", ""))
    (small / "inputs/caveats.csv").write_text("caveat,nation,requires,basis\n")
    (small / "plan.csv").write_text(PLAN.replace(",3,", ",2,"))
    assert json.loads(run("review", "plan.csv", "--json").stdout)["valid"]
    found = reviewed(small, "fra_reserve,3,1\n")
    assert [one["rule"] for one in found["violations"]] == ["R4"]
    assert found["assumes"] == [["ceasefire"], ["peace"]]
    assert reviewed(small, "fra_reserve,3,2\n")["assumes"] == []  # It has one unit only.


def test_wrong_rows_are_all_said(small):
    (small / "released.csv").write_text(PLANNED + "fra_reserv,,1\nfra_reserve,9,1\n,1,x\n")
    done = run("review", "plan.csv", "--releases", "released.csv")
    assert done.exit_code == 1
    assert "W401, line 2, commitment" in done.output
    assert "did you mean 'fra_reserve'" in " ".join(done.output.split())
    assert "W609, line 3, periods" in done.output
    assert "line 4" in done.output
    assert run("review", "plan.csv", "--releases", "none.csv").exit_code == 1
    assert not (small / "reports").exists()


def test_the_table_of_a_run_and_rows_in_memory_are_read(small):
    planner = allocator.load(small)
    solved = planner.solve(world="truce")
    folder = solved.save(small / "kept")
    found = planner.review(folder, releases=folder, world="truce")
    assert found.valid
    assert not found.uncovered
    rows = [{"commitment": "fra_reserve", "quantity": 1}]
    found = planner.review(small / "plan.csv", releases=rows, world="truce")
    assert found.given.releases.units == {("fra_reserve", period): 1 for period in range(1, 5)}
    assert "They are enough." in review_page(found)
    with pytest.raises(GivenPlanError):
        planner.review(small / "plan.csv", releases=[{"commitment": "x", "quantity": 1}])
