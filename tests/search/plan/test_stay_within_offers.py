"""The objective `stay_within_offers`: what a plan asks beyond offers, as low as can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from allocator.checker import objective_values
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import levels
from allocator.model.scope import joint
from allocator.results.result import allocation_of
from allocator.search.plan.joint import joint_plan
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem

OFFER = {"nation": "GBR", "capability": "bn", "quantity": 1, "status": "possible"}
FIRST = ("staff_tasks", "stay_within_offers", "meet_targets")


def _asked(
    offers: Sequence[dict[str, Any]], objectives: Sequence[str] = FIRST, **more: Any
) -> Problem:
    tasks = [{"task": "t", "lines": [line(1, target=2)]}]
    have = {("FRA", "bn"): 3, ("GBR", "bn"): 3}
    return problem(tasks, have, offers=offers, objectives=objectives, **more)


def _values(asked: Problem) -> dict[str, int]:
    plan = joint_plan(asked, asked.world(), Settings(), Deadline(60))
    assert plan.status == "optimal"
    allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    found = objective_values(asked, allocation, asked.world())
    assert {level.objective: level.value for level in plan.levels} == found
    return found


@pytest.mark.parametrize(
    ("offers", "beyond", "shortfall"),
    [
        ([], 1, 500_000),
        ([OFFER], 0, 500_000),
        ([OFFER, OFFER], 0, 0),
        ([OFFER | {"requires": "joins(FRA)"}], 1, 0),
        ([OFFER | {"requires": "joins(FRA)"}, OFFER | {"nation": "FRA"}], 0, 0),
        ([OFFER | {"requires": "vote"}], 1, 500_000),
        ([OFFER | {"valid_until": "2026-06-14"}], 1, 500_000),
        ([OFFER | {"requires": "staffed(t)"}], 0, 500_000),
    ],
)
def test_a_plan_asks_no_more_beyond_offers_than_it_must(
    offers: list[dict[str, Any]], beyond: int, shortfall: int
) -> None:
    """Before the target of two: one unit is needed."""
    found = _values(_asked(offers, preconditions=["vote"]))
    assert (found["stay_within_offers"], found["meet_targets"]) == (beyond, shortfall)


def test_where_the_target_comes_first_what_is_beyond_is_the_rest() -> None:
    found = _values(_asked([OFFER], ("staff_tasks", "meet_targets", "stay_within_offers")))
    assert (found["meet_targets"], found["stay_within_offers"]) == (0, 1)


@pytest.mark.parametrize("first", [0, 40, 80])
def test_what_any_solution_comes_to_is_what_the_checker_says(first: int) -> None:
    """However an engine left the cover and the conditions that only measure."""
    from allocator.engines import Portfolio

    seen = 0
    for seed in range(first, first + 40):
        asked = question(seed, offered=True)
        if "stay_within_offers" not in asked.problem.objectives:
            continue
        variables = build(asked.problem, joint(asked.problem, asked.world))
        found = levels(variables)
        values = Portfolio(variables.program, Settings()).feasible(Deadline(60)).values
        assert values is not None
        exact = variables.measured(values)
        assert variables.program.holds(exact)
        right = objective_values(asked.problem, variables.allocation(exact), asked.world)
        assert {level.name: level.value(exact) for level in found} == right, seed
        seen += 1
    assert seen >= 10


@pytest.mark.parametrize("first", [6000, 6020])
def test_the_joint_plan_is_as_good_as_any(first: int) -> None:
    """Beside brute force, wherever the objective stands in the order."""
    compared = 0
    for seed in range(first, first + 20):
        asked = question(seed, offered=True)
        if "stay_within_offers" not in asked.problem.objectives:
            continue
        plan = joint_plan(asked.problem, asked.world, Settings(), Deadline(60))
        try:
            right = oracle.joint_values(asked.problem, asked.world)
        except NotTinyError:
            continue
        assert {level.objective: level.value for level in plan.levels} == right, seed
        compared += 1
    assert compared >= 5
