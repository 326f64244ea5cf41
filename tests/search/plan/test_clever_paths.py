"""Joint plans of tiny problems by the ways that only larger ones take, against brute force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from allocator.checker import objective_values
from allocator.checker.plan import plan_faults
from allocator.engines import Outcome, Portfolio, Settings
from allocator.inputs.problem import Problem, World
from allocator.model.objectives import Objective
from allocator.results.result import Level, Plan, allocation_of
from allocator.search.blockers.knowledge import Knowledge
from allocator.search.blockers.verdict import judge
from allocator.search.plan.joint import joint_plan
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.paths.taken import Path, take
from tests.plenty import plenty

PLAN, ENGINES = "allocator.search.plan.", "allocator.engines."
PRICES = ENGINES + "relaxation.Prices.narrowed"
STEPS = PLAN + "neighbourhoods.Neighbourhoods._stepped"


def solved(outcome: Outcome) -> bool:
    return outcome.status == "optimal"


def always(_: object) -> bool:
    return True


SMALL_STEPS = {PLAN + "neighbourhoods.MOST": 3, PLAN + "direct.FEWEST": 1, PLAN + "lns.FEWEST": 1}
NARROWED = {PLAN + "direct.ROUGH": 0}
LARGE = {PLAN + "levels.LARGE": 1, PLAN + "lns.PATIENCE": 8, PLAN + "lns.RUN": 4}

PROVED = {
    "another engine's turn": Path({ENGINES + "highs.Highs.ask": solved},
                                  {ENGINES + "portfolio.EFFORT": 1e-9}),
    "narrowed by prices": Path({PRICES: always}, NARROWED),
    "narrowed, then another engine": Path({PRICES: always, ENGINES + "highs.Highs.ask": solved},
                                          NARROWED | {ENGINES + "portfolio.EFFORT": 1e-9}),
    "in parts": Path({PLAN + "lns.LnsLevelSearch.best": always, STEPS: always}, LARGE),
    "in small parts": Path({PLAN + "lns.LnsLevelSearch.best": always, STEPS: always},
                           LARGE | SMALL_STEPS),
    "in parts, filled up": Path({PLAN + "staffing.Staffing.refill": always}, LARGE),
    "in parts, room made": Path({PLAN + "staffing.Staffing.make_room": always,
                                 PLAN + "staffing.Staffing._lacking": bool},
                                LARGE, {PLAN + "lns.relaxed": None}),
}  # fmt: skip
"""Ways at whose end every level is proved."""

SEEDS = tuple(range(800, 825))
CONTESTED = (1, 39, 68, 69, 79, 93, 98, 102, 113, 124, 138, 180, 221, 238, 249, 250, 251, 265, 273,
             278, 293)  # fmt: skip
"""Seeds in which tasks that can be staffed by themselves cannot all be staffed together."""

HOPED = {
    "steps alone": Path({STEPS: always}, SMALL_STEPS | {PLAN + "direct.PATIENCE": 20}),
    "steps after prices": Path({STEPS: always, PRICES: always},
                               NARROWED | SMALL_STEPS | {PLAN + "direct.PATIENCE": 20}),
}  # fmt: skip
"""Ways that only better a plan: the engines find doing nothing, and prove nothing."""


def planned(asked: Problem, world: World, where: str) -> Plan:
    """The plan, once it is found to be one and to have lost no level on its way."""
    told: list[Level] = []
    plan = joint_plan(asked, world, Settings(), plenty(), told.append)
    assert list(plan_faults(asked, world, plan)) == [], where
    assert plan.levels == tuple(told), where
    found = allocation_of(plan.staffed, plan.allocation, plan.released)
    assert _values(plan) == objective_values(asked, found), where
    return plan


def _values(plan: Plan) -> dict[str, int]:
    return {level.objective: level.value for level in plan.levels}


def _compared(seeds: Sequence[int], judge: Callable[[Plan, dict[str, int], str], Any]) -> int:
    """How many of the seeds' plans were judged beside brute force."""
    compared = 0
    for seed in seeds:
        made = question(seed)
        try:
            best = oracle.joint_values(made.problem, made.world)
        except NotTinyError:
            continue
        where = f"seed {seed}"
        judge(planned(made.problem, made.world, where), best, where)
        compared += bool(best)
    return compared


@pytest.mark.parametrize("name", PROVED)
def test_every_level_is_proved_and_equals_brute_force(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = take(monkeypatch, PROVED[name])

    def judge(plan: Plan, best: dict[str, int], where: str) -> None:
        assert _values(plan) == best, where
        assert plan.status == "optimal", where

    seeds = CONTESTED if name == "in parts, room made" else SEEDS
    assert _compared(seeds, judge) > 15
    assert all(count.decided > 5 for count in counts.values()), counts


@pytest.mark.parametrize("large", [False, True])
def test_tasks_that_are_known_not_to_be_ready_change_no_level(
    large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are left out from the beginning, and every level is proved and is what brute force
    gives."""
    if large:
        monkeypatch.setattr(PLAN + "levels.LARGE", 1)
    left_out = 0
    for seed in range(900, 925):
        made = question(seed)
        try:
            best = oracle.joint_values(made.problem, made.world)
        except NotTinyError:
            continue
        known = Knowledge()
        for task in made.problem.tasks:
            judge(made.problem, made.world, task.id, Settings(), plenty(), known)
        tasks = [task.id for task in made.problem.tasks]
        never = [task for task in tasks if known.refuses(made.problem, made.world, task)]
        plan = joint_plan(made.problem, made.world, Settings(), plenty(), never=never)
        assert _values(plan) == best, f"seed {seed}"
        assert plan.status == "optimal", f"seed {seed}"
        left_out += bool(never)
    assert left_out > 5


@pytest.mark.parametrize("name", HOPED)
def test_what_only_betters_a_plan_says_nothing_wrong(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And comes to the best of most levels."""
    counts = take(monkeypatch, HOPED[name])
    monkeypatch.setattr(Portfolio, "search", _idle)
    monkeypatch.setattr(Portfolio, "confirmed", lambda *given: given[3])
    reached = [0, 0]

    def judge(plan: Plan, best: dict[str, int], where: str) -> None:
        for level in plan.levels:
            low, high = sorted((level.value, level.bound))
            assert low <= best[level.objective] <= high, f"{where}: {level}"
            reached[level.value == best[level.objective]] += 1
            if level.value != best[level.objective]:
                return

    assert _compared(range(850, 875), judge) > 15
    assert reached[True] > 2 * reached[False]
    assert all(count.decided > 5 for count in counts.values()), counts


def _idle(
    self: Portfolio,
    deadline: object,
    objective: Objective,
    hint: Sequence[int] | None,
    bounds: object,
) -> Sequence[int] | None:
    """The plan that is there already, or else any; nothing is proved."""
    return self.feasible(plenty()).values if hint is None else hint
