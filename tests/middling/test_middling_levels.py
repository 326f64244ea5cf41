"""Joint plans too large to list against HiGHS alone, on rows that share nothing with ours."""

from __future__ import annotations

import pytest

from allocator.checker.plan import plan_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.result import Level, Plan
from allocator.search.plan.joint import joint_plan
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.middling.alone import WrongError, highs_alone
from tests.middling.workspaces import SIZES, workspace
from tests.thorough import some

SECONDS = 8.0
"""Of either side, for all levels; most take a second or two."""

BRIEFLY = 3.0
"""Of thousands of variables few levels are proved either way; those must agree."""


def untrue(levels: tuple[Level, ...], proved: dict[str, int]) -> list[str]:
    """Where a proved value lies outside what is said of its level; those after the first that is
    not reached are about other plans."""
    for level in levels:
        if level.objective not in proved:
            return []
        low, high = sorted((level.value, level.bound))
        if not low <= proved[level.objective] <= high:
            return [f"{level} does not enclose {proved[level.objective]}"]
        if level.value != proved[level.objective]:
            return []
    return []


def compared(asked: Problem, world: World, seconds: float) -> tuple[Plan, dict[str, int]]:
    """Our plan and HiGHS's values, once they are found not to contradict each other."""
    plan = joint_plan(asked, world, Settings(), Deadline(seconds))
    assert list(plan_faults(asked, world, plan)) == []
    proved = highs_alone(asked, world, seconds).values
    assert untrue(plan.levels, proved) == []
    return plan, proved


@pytest.mark.parametrize("first", some(range(700, 760, 30)))
def test_the_oracle_is_brute_force_where_that_can_list(first: int) -> None:
    """Every rule and objective of the rows, on tiny problems."""
    wrong = skipped = 0
    for seed in range(first, first + 30):
        asked = question(seed)
        try:
            best = oracle.joint_values(asked.problem, asked.world)
            assert highs_alone(asked.problem, asked.world, SECONDS).values == best, f"seed {seed}"
        except WrongError:
            wrong += 1
        except NotTinyError:
            skipped += 1
    assert wrong + skipped <= 3


@pytest.mark.parametrize(
    ("size", "seed"),
    some([("small", 0), ("wide", 0), ("long", 4), ("small", 1), ("small", 4), ("people", 0)]),
)
def test_every_level_is_what_highs_alone_proves(size: str, seed: int) -> None:
    """Rotations over twelve periods, forces in people, rich and poor worlds."""
    plan, proved = compared(*workspace(SIZES[size], seed), SECONDS)
    if plan.status == "optimal" and len(proved) == len(plan.levels):
        assert {level.objective: level.value for level in plan.levels} == proved
    assert proved


def test_what_is_known_of_a_large_plan_in_a_few_seconds_agrees() -> None:
    _, proved = compared(*workspace(SIZES["large"], 0), BRIEFLY)
    assert proved
