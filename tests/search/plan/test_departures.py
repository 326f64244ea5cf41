"""What falls if a nation leaves, against planning by brute force without it."""

from __future__ import annotations

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.results.result import Plan
from allocator.search.plan.departures import departures
from allocator.search.plan.joint import joint_plan
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


@pytest.mark.parametrize("first", [5200, 5212])
def test_every_level_without_every_nation_is_that_of_brute_force(first: int) -> None:
    """Those that the plan has no part for are not planned for anew, and are right all the same."""
    compared = 0
    for seed in range(first, first + 12):
        made = question(seed)
        asked, world = made.problem, made.world
        plan = joint_plan(asked, world, Settings(), plenty())
        for one in departures(asked, world, plan, Settings(), plenty(), workers=2):
            try:
                known = oracle.joint_values(asked.without([one.nation]), world)
            except NotTinyError:
                continue
            values = {level.objective: level.value for level in one.levels}
            assert values == known, f"seed {seed}: {one.nation}"
            compared += 1
    assert compared > 10


def _contest() -> Problem:
    """France leads one task, and its units keep a more urgent one from nobody."""
    return problem(
        [
            {"task": "a", "priority": 1, "lines": [line(2)], "lead": {"all_of": ["FRA"]}},
            {"task": "b", "priority": 2, "lines": [line(2)]},
        ],
        {("FRA", "bn"): 1, ("GBR", "bn"): 2, ("POL", "hq"): 1},
    )


def test_who_leaves_may_take_one_task_and_free_forces_for_another() -> None:
    """Without France the first task falls, and Britain does the second."""
    asked = _contest()
    plan = joint_plan(asked, asked.world(), Settings(), plenty())
    assert plan.staffed == ("a",)
    found = {d.nation: d for d in departures(asked, asked.world(), plan, Settings(), plenty())}
    assert sorted(found) == ["FRA", "GBR"]
    assert (found["FRA"].falls, found["FRA"].rises) == (("a",), ("b",))
    assert (found["GBR"].falls, found["GBR"].rises) == (("a",), ())


def test_who_sends_nothing_changes_nothing() -> None:
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1, ("GBR", "bn"): 1})
    plan = joint_plan(asked, asked.world(), Settings(), plenty())
    (sender,) = {cell.nation for cell in plan.allocation}
    for one in departures(asked, asked.world(), plan, Settings(), plenty()):
        assert one.sends == (one.nation == sender)
        assert one.falls == ()
        assert one.levels == plan.levels


def test_without_time_nothing_is_said_to_fall() -> None:
    asked = _contest()
    plan = joint_plan(asked, asked.world(), Settings(), plenty())
    found = departures(asked, asked.world(), plan, Settings(), Deadline(0))
    assert {one.status for one in found} == {"unknown"}
    assert all(one.falls == one.levels == () for one in found)
    assert departures(asked, asked.world(), Plan(), Settings(), plenty()) == ()
