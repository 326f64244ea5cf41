"""Plans searched in parts: as true and as good as those that an engine finds whole."""

from __future__ import annotations

import time
from threading import Timer
from typing import Any

import pytest

from allocator.checker.plan import plan_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import levels
from allocator.model.program import Program
from allocator.model.scope import joint
from allocator.results.result import Plan
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.joint import joint_plan
from allocator.search.plan.staffing import Staffing
from tests import oracle
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty
from tests.test_middling import middling


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocator.search.plan.levels.LARGE", 1)


def _values(plan: Plan) -> dict[str, int]:
    return {level.objective: level.value for level in plan.levels}


@pytest.mark.parametrize("seed", range(300, 312))
def test_levels_in_parts_have_the_values_of_brute_force(seed: int) -> None:
    """All rules and objectives: every level is proved, and is what listing all plans gives."""
    asked = question(seed)
    plan = joint_plan(asked.problem, asked.world, Settings(), plenty())
    assert list(plan_faults(asked.problem, asked.world, plan)) == []
    assert plan.status == "optimal"
    assert _values(plan) == oracle.joint_values(asked.problem, asked.world)


def _crowded() -> Problem:
    """The easy task takes what the others need, unless it makes room: two pools, three tasks."""
    return problem(
        [
            {"task": "a", "lines": [line(2, "bn", "hq")]},
            {"task": "b", "lines": [line(2)]},
            {"task": "c", "requires": "never", "lines": [line(1)]},
        ],
        {("FRA", "bn"): 2, ("GBR", "hq"): 2},
        objectives=("staff_tasks",),
    )


def test_a_task_that_no_plan_staffs_closes_the_bound() -> None:
    """Two of three, proved: the third is refused by two engines whatever the others get."""
    asked = _crowded()
    plan = joint_plan(asked, asked.world(), Settings(), plenty())
    assert [(level.value, level.bound) for level in plan.levels] == [(2, 2)]
    assert plan.staffed == ("a", "b")


def test_refusing_a_task_does_not_rest_on_what_levels_have_reached() -> None:
    """Where targets came first and are kept, no task could be staffed by itself any more; that is
    no reason to call it impossible."""
    asked = problem(
        [{"task": "a", "lines": [line(2)]}, {"task": "b", "lines": [line(1)]}],
        {("FRA", "bn"): 2, ("GBR", "bn"): 1},
        objectives=("meet_targets", "staff_tasks"),
    )
    variables = build(asked, joint(asked, asked.world()))
    objectives = levels(variables)
    targets = objectives[0]
    search = Staffing(variables, Settings(), Blocks(variables))
    variables.program.at_most(targets.terms, -targets.offset)
    search.refuse(variables.nothing(), ["a", "b"], plenty())
    for task in ("a", "b"):
        assert variables.program.high[variables.staffed[task]] == 1


def test_a_task_is_put_in_by_moving_what_others_send() -> None:
    """What is scarce is `hq`, so the first task takes `bn`; the second, which can do with nothing
    else, is put in all the same."""
    asked = problem(
        [
            {"task": "a", "lines": [line(2, "bn", "hq")]},
            {"task": "b", "priority": 2, "lines": [line(2)]},
            {"task": "c", "priority": 3, "lines": [line(9, "hq")]},
        ],
        {("FRA", "bn"): 2, ("GBR", "hq"): 2},
        objectives=("staff_tasks",),
    )
    plan = joint_plan(asked, asked.world(), Settings(), plenty())
    assert _values(plan) == {"staff_tasks[1]": 1, "staff_tasks[2]": 1, "staff_tasks[3]": 0}


def test_the_same_plan_again_however_many_steps_at_once() -> None:
    """Steps are drawn from the seed and cut by deterministic effort."""
    for seed in (302, 305):
        asked = question(seed)
        once, again, together = (
            joint_plan(asked.problem, asked.world, Settings(), plenty(), workers=workers)
            for workers in (1, 1, 2)
        )
        assert _but_provers(once) == _but_provers(again) == _but_provers(together), f"seed {seed}"


def _but_provers(plan: Plan) -> Plan:
    """Whoever gets there first proves a bound: which that is may depend on the machine."""
    bare = tuple(level.model_copy(update={"proved_by": ""}) for level in plan.levels)
    return plan.model_copy(update={"levels": bare})


def test_who_proved_a_bound_is_told() -> None:
    """The relaxation bounds what no search is needed for; tasks that are refused, CP-SAT's."""
    plan = joint_plan(_crowded(), _crowded().world(), Settings(), plenty())
    assert plan.levels[0].proved_by in ("cpsat", "relaxation")


def test_a_bound_that_comes_after_its_level_is_over_harms_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The relaxation of a level is still under way when the next has been kept and begun: it sees
    the program as it was, and the levels after it stay true."""
    seen: list[tuple[int, int]] = []

    def late(program: Program, *_: Any) -> None:
        before = len(program.rows)
        time.sleep(0.3)
        seen.append((before, len(program.rows)))

    monkeypatch.setattr("allocator.search.plan.lns.relaxed", late)
    asked = question(305)
    plan = joint_plan(asked.problem, asked.world, Settings(), plenty())
    assert list(plan_faults(asked.problem, asked.world, plan)) == []
    assert _values(plan) == oracle.joint_values(asked.problem, asked.world)
    assert all(before == after for before, after in seen)


def test_ctrl_c_keeps_the_plan_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancelled from another thread half a second into the search: at once, with a plan that
    passes the checker."""
    asked = middling(1)
    deadline = Deadline(600)

    def built(*given: Any) -> Any:
        variables = build(*given)
        Timer(0.5, deadline.cancel).start()
        return variables

    monkeypatch.setattr("allocator.search.plan.joint.build", built)
    began = time.monotonic()
    plan = joint_plan(asked, asked.world(), Settings(), deadline)
    assert time.monotonic() - began < 60
    assert plan.status != "unknown"
    assert list(plan_faults(asked, asked.world(), plan)) == []
