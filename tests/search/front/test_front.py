"""Fronts against brute force: every plan that no other beats, and no plan that one beats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from allocator.checker import objective_values
from allocator.checker.noted import front_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.inputs.schema.objectives import LARGEST_SHARE
from allocator.model import Scope
from allocator.model.scope import alone, joint
from allocator.results.result import allocation_of
from allocator.search.front import Front, front
from allocator.search.front.search import largest_share
from tests.brute.enumeration import Enumeration
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty

LEVELS = ("meet_targets", "protect_commitments", "economy", "fewer_contingents", "share_burden")


def _front(asked: Problem, scope: Scope, objectives: Sequence[str]) -> Front:
    return front(asked, scope, objectives, Settings(), plenty())


def _all_values(asked: Problem, scope: Scope) -> list[dict[str, int]]:
    """The values of all plans that can matter, those of the joint plan as far as they staff."""
    listed = Enumeration(replace(asked, objectives=("staff_tasks", *LEVELS)))
    found = []
    for plan, part in listed.allocations(scope.world, scope.tasks, scope.task, valued=True):
        cheapest = replace(plan, released=listed.capacity.least_release(part, scope.world))
        found.append(objective_values(listed.problem, cheapest))
    return found


def _unbeaten(values: list[dict[str, int]], objectives: Sequence[str]) -> set[tuple[int, ...]]:
    points = {tuple(one[name] for name in objectives) for one in values}
    return {
        p
        for p in points
        if not any(q != p and all(a <= b for a, b in zip(q, p, strict=True)) for q in points)
    }


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("first", [5000, 5012])
def test_the_front_of_a_task_is_that_of_all_its_plans(first: int, number: int) -> None:
    """Over pairs and triples of objectives in turn; each point's plan has its values."""
    compared = 0
    several = list(combinations(LEVELS, number))
    for seed in range(first, first + 12):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            scope = alone(asked, world, task.id)
            try:
                values = _all_values(asked, scope)
            except NotTinyError:
                continue
            objectives = several[seed % len(several)]
            found = _front(asked, scope, objectives)
            assert found.complete, seed
            points = [point.values for point in found.points]
            assert points == sorted(_unbeaten(values, objectives)), seed
            for point in found.points:
                plan = allocation_of(point.staffed, point.allocation, point.released)
                every = objective_values(replace(asked, objectives=LEVELS), plan)
                assert point.values == tuple(every[name] for name in objectives), seed
                assert set(point.nations) == plan.nations_at(task.id), seed
            compared += len(points) > 0
    assert compared > 5


@pytest.mark.parametrize("first", [5100])
def test_the_front_of_the_joint_plan_staffs_as_many_tasks(first: int) -> None:
    compared = 0
    for seed in range(first, first + 12):
        made = question(seed)
        asked, scope = made.problem, joint(made.problem, made.world)
        try:
            values = _all_values(asked, scope)
        except NotTinyError:
            continue
        names = [name for name in values[0] if name.startswith("staff_tasks")]
        most = max(tuple(one[name] for name in names) for one in values)
        best = [one for one in values if tuple(one[name] for name in names) == most]
        objectives = ("economy", "fewer_contingents")
        found = _front(asked, scope, objectives)
        assert [p.values for p in found.points] == sorted(_unbeaten(best, objectives)), seed
        compared += 1
    assert compared > 5


def test_the_largest_share_falls_as_more_nations_come() -> None:
    """Six units of three nations with four each: alone too few, two at best in halves, three in
    thirds."""
    asked = problem(
        [{"task": "t", "lines": [line(6)]}], {(n, "bn"): 4 for n in ("DEU", "FRA", "GBR")}
    )
    found = _front(asked, alone(asked, asked.world(), "t"), ("fewer_contingents", LARGEST_SHARE))
    assert [point.values for point in found.points] == [(2, 500), (3, 334)]
    found = _front(asked, alone(asked, asked.world(), "t"), (LARGEST_SHARE, "fewer_contingents"))
    assert [point.values for point in found.points] == [(334, 3), (500, 2)]


def test_a_larger_force_may_have_a_smaller_share() -> None:
    """The least is two of three; with a fourth unit of the other nation it is half and half."""
    asked = problem([{"task": "t", "lines": [line(3)]}], {("FRA", "bn"): 2, ("GBR", "bn"): 2})
    found = _front(asked, alone(asked, asked.world(), "t"), ("economy", LARGEST_SHARE))
    assert [point.values for point in found.points] == [(30, 667), (40, 500)]
    plan = allocation_of(("t",), found.points[0].allocation, ())
    assert largest_share(asked, plan) == 667


def test_the_share_is_that_of_the_task_whatever_stands_beside_it() -> None:
    """One nation staffs what stands beside it: half and half is the best all the same, and no
    dearer plan has less."""
    tasks = [
        {"task": "t", "requires": "staffed(beside)", "min_nations": 2, "lines": [line(2)]},
        {"task": "beside", "lines": [line(1)]},
    ]
    asked = problem(tasks, {("FRA", "bn"): 3, ("GBR", "bn"): 2})
    found = _front(asked, alone(asked, asked.world(), "t"), ("economy", LARGEST_SHARE))
    assert [point.values for point in found.points] == [(30, 500)]
    assert not [*front_faults(asked, asked.world(), "t", found)]
    of_all = joint(asked, asked.world())
    found = _front(asked, of_all, ("economy", LARGEST_SHARE))
    assert [point.values for point in found.points] == [(30, 1000), (40, 500)]
    assert not [*front_faults(asked, asked.world(), "", found)]


def test_the_share_of_nobody_is_zero() -> None:
    asked = problem([{"task": "t", "lines": [line(0)]}], {("FRA", "bn"): 1})
    found = _front(asked, alone(asked, asked.world(), "t"), ("economy", LARGEST_SHARE))
    assert [point.values for point in found.points] == [(0, 0)]


def test_without_time_there_is_no_point_and_no_claim() -> None:
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1})
    scope = alone(asked, asked.world(), "t")
    found = front(asked, scope, ("economy", "fewer_contingents"), Settings(), Deadline(0))
    assert (found.points, found.complete) == ((), False)


def test_a_task_that_cannot_be_staffed_has_an_empty_front() -> None:
    asked = problem([{"task": "t", "lines": [line(2)]}], {("FRA", "bn"): 1})
    found = _front(asked, alone(asked, asked.world(), "t"), ("economy", "fewer_contingents"))
    assert (found.points, found.complete) == ((), True)
