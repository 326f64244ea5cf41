"""`allocator solve --plan`: rows of a plan of one's own are held, and verify holds them too."""

from __future__ import annotations

import json
from random import Random

import pytest

import allocator
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.errors import UsageError
from allocator.search.plan.joint import ClashError, joint_plan
from tests.brute.given import drawn
from tests.brute.parts import NotTinyError
from tests.brute.repairs import best_holding, valid_plans
from tests.cli.commanding import run
from tests.generator import question
from tests.inputs.workspace_files import write_small

TRUCE = ("--world", "truce")
PLAN = "nation,task,capability,periods,quantity,kind\n"
CHUNK = 30


@pytest.fixture
def small(here):
    """The small workspace, with a plan beside it."""
    write_small(here)
    (here / "plan.csv").write_text(f"{PLAN}GBR,west,mech,2,1,exactly\nFRA,west,mech,,1,at_least\n")
    return here


def test_rows_are_held_and_verified(small):
    done = run("solve", *TRUCE, "--plan", "plan.csv", "--out", "run", "--time-limit", "20")
    assert done.exit_code == 0, done.output
    result = json.loads((small / "run" / "machine/result.json").read_text())
    sent = {(c["nation"], c["period"]): c["quantity"] for c in result["plan"]["allocation"]
            if c["capability"] == "mech"}  # fmt: skip
    assert sent["GBR", 2] == 1
    assert all(sent.get(("FRA", period), 0) >= 1 for period in (1, 2, 3, 4))
    done = run("verify", "run")
    assert done.exit_code == 0, done.output
    # A run that says it held other rows than it did is found out.
    path = small / "run" / "machine/run.json"
    told = json.loads(path.read_text())
    told["options"]["held"][-1] |= {"kind": "exactly", "quantity": 2}
    path.write_text(json.dumps(told))
    done = run("verify", "run")
    assert done.exit_code == 1
    assert "does not hold its rows" in done.output


def test_rows_that_cannot_stand_are_an_error_with_the_next_step(small):
    (small / "plan.csv").write_text(f"{PLAN}GBR,west,mech,,9,exactly\n")
    done = run("solve", *TRUCE, "--plan", "plan.csv")
    assert done.exit_code == 1
    assert "cannot all stand" in done.output
    assert "allocator repair" in done.output


def test_planned_rows_may_change(small):
    (small / "plan.csv").write_text(f"{PLAN}GBR,west,mech,,9,\n")
    done = run("solve", *TRUCE, "--plan", "plan.csv", "--json")
    free = run("solve", *TRUCE, "--json")
    held, other = (json.loads(text.stdout)["plan"]["levels"] for text in (done, free))
    assert [level["value"] for level in held] == [level["value"] for level in other]


def test_other_plans_hold_no_rows(small):
    planner = allocator.load(small)
    with pytest.raises(UsageError, match="departures"):
        planner.solve(plan=small / "plan.csv", departures=True)


@pytest.mark.parametrize("first", range(0, 120, CHUNK))
def test_the_best_plan_that_holds_rows_equals_brute_force(first: int) -> None:
    seen = {"plan": 0, "clash": 0}
    for seed in range(first, first + CHUNK):
        asked = question(seed)
        problem, world = asked.problem, asked.world
        try:
            plans = valid_plans(problem, world, frozenset(t.id for t in problem.tasks))
            given = drawn(problem, Random(f"held {seed}"), plans[-1])
            right = best_holding(problem, world, given, plans)
        except NotTinyError:
            continue
        if right is None:
            with pytest.raises(ClashError):
                joint_plan(problem, world, Settings(), Deadline(60), given=given)
            seen["clash"] += 1
            continue
        found = joint_plan(problem, world, Settings(), Deadline(60), given=given)
        assert {level.objective: level.value for level in found.levels} == right, seed
        assert found.status == "optimal"
        seen["plan"] += 1
    assert all(seen.values()), seen
