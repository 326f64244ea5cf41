"""Brute force against answers worked out by hand, and against listing everything."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import combinations, product
from math import comb
from typing import Any

import pytest

from allocator.checker import liftable
from allocator.inputs.problem import Problem, World
from tests import oracle
from tests.brute import naive
from tests.brute.parts import NotTinyError
from tests.generator import Question, question
from tests.handmade import line, problem
from tests.thorough import least, some


def _sets(*sets: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(one.split()) for one in sets)


@pytest.mark.parametrize(("k", "n"), [(1, 3), (2, 3), (2, 4), (3, 4), (4, 4)])
def test_k_of_n_nations_behind_one_vote_each(k: int, n: int) -> None:
    """k of n votes are needed, so any n - k + 1 of them together block."""
    nations = [f"N{i}" for i in range(n)]
    votes = [f"vote{i}" for i in range(n)]
    asked = problem(
        [{"task": "t", "lines": [line(k)]}],
        {(nation, "bn"): 1 for nation in nations},
        preconditions=votes,
        caveats=[{"nation": a, "requires": v} for a, v in zip(nations, votes, strict=True)],
    )
    today = asked.world()
    assert oracle.verdict(asked, today, "t") == "blocked"
    assert oracle.unlocking(asked, today, "t") == set(map(frozenset, combinations(votes, k)))
    blocking = oracle.blocking(asked, today, "t")
    assert len(blocking) == comb(n, n - k + 1)
    assert blocking == set(map(frozenset, combinations(votes, n - k + 1)))
    assert oracle.necessary(asked, today, "t") == (set(votes) if k == n else set())
    met = asked.meeting(today, votes)
    assert oracle.packages(asked, met, "t") == set(map(frozenset, combinations(nations, k)))


def test_a_matching_and_its_transversals() -> None:
    """One of each of two pairs: 2 × 2 unlocking sets, the two pairs block."""
    asked = problem(
        [{"task": "t", "requires": "(a or b) and (c or d)", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions="abcd",
    )
    today = asked.world()
    assert oracle.unlocking(asked, today, "t") == _sets("a c", "a d", "b c", "b d")
    assert oracle.blocking(asked, today, "t") == _sets("a b", "c d")


def test_the_dual_matching() -> None:
    asked = problem(
        [{"task": "t", "requires": "a and b or c and d", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions="abcd",
    )
    today = asked.world()
    assert oracle.unlocking(asked, today, "t") == _sets("a b", "c d")
    assert oracle.blocking(asked, today, "t") == _sets("a c", "a d", "b c", "b d")


def test_implied_preconditions_are_necessary_and_not_brought_about() -> None:
    """Every way holds the ceasefire: brought about, or implied by the peace."""
    asked = problem(
        [{"task": "t", "requires": "ceasefire", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions={"ceasefire": {}, "peace": {"implies": "ceasefire"}, "talks": {}},
    )
    today = asked.world()
    assert oracle.unlocking(asked, today, "t") == _sets("ceasefire", "peace")
    assert oracle.blocking(asked, today, "t") == _sets("ceasefire peace")
    assert oracle.necessary(asked, today, "t") == {"ceasefire"}


def test_a_world_that_holds_too_late_leaves_the_precondition_open() -> None:
    asked = problem(
        [{"task": "t", "requires": "vote", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions=["vote"],
        worlds=[{"world": "late", "precondition": "vote", "from_period": 2}],
        horizon=2,
    )
    assert oracle.unlocking(asked, asked.world("late"), "t") == _sets("vote")
    assert oracle.verdict(asked, asked.world("late", {"vote": 1}), "t") == "ready"


@pytest.mark.parametrize(
    ("units", "minimum", "horizon", "expected"),
    [
        (3, 1, 3, "ready"),  # one serves, two recover
        (3, 2, 1, "short"),  # no surge: 3 × 2 > 3 + 2
        (4, 2, 1, "ready"),  # 3 × 2 <= 4 + 2
        (4, 2, 2, "ready"),  # in period 2 all four serve or recover
        (4, 2, 3, "short"),  # in period 3 it would be six
        (6, 2, 3, "ready"),
        (5, 2, 3, "short"),
    ],
)
def test_rotation_in_threes(units: int, minimum: int, horizon: int, expected: str) -> None:
    asked = problem(
        [{"task": "t", "lines": [line(minimum)]}],
        {("FRA", "bn"): units},
        capabilities={"bn": {"rotation": 3}},
        horizon=horizon,
    )
    assert oracle.verdict(asked, asked.world(), "t") == expected


def test_a_rotating_commitment_stood_before_period_1_unreleased() -> None:
    """Five units, rotation 2, one rotating elsewhere. Released in both periods, it still has a unit
    recovering in period 1: four of five are free then; two in each period fit, three do not."""

    def asked(minimum: int, released: str) -> str:
        found = problem(
            [{"task": "t", "lines": [line(minimum)]}],
            {("FRA", "bn"): 5},
            capabilities={"bn": {"rotation": 2}},
            commitments=[
                {
                    "nation": "FRA",
                    "capability": "bn",
                    "quantity": 1,
                    "rotating": "yes",
                    "release_requires": released,
                }
            ],
            horizon=2,
        )
        return oracle.verdict(found, found.world(), "t")

    assert asked(2, "always") == "ready"
    assert asked(3, "always") == "short"
    # Unreleased, 3 are free for two periods together and 2 × 2 > 5 - 2 × 1 + 1 is not so:
    # the window stops the second period.
    assert asked(1, "never") == "ready"
    assert asked(2, "never") == "short"


def test_releases_first_make_up_what_is_overcommitted() -> None:
    """Two of two committed units where there is one: both go back before one is free."""
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        commitments=[
            {
                "nation": "FRA",
                "capability": "bn",
                "quantity": 2,
                "release_requires": "always",
                "release_risk": 5,
            }
        ],
    )
    assert oracle.joint_values(asked, asked.world())["protect_commitments"] == 10


def test_nations_that_wait_for_each_other_go_together() -> None:
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        caveats=[
            {"nation": "FRA", "requires": "joins(GBR)"},
            {"nation": "GBR", "requires": "joins(FRA)"},
        ],
    )
    assert oracle.packages(asked, asked.world(), "t") == _sets("FRA GBR")


def test_tasks_that_wait_for_each_other_go_together() -> None:
    tasks = [
        {"task": "t", "requires": "staffed(u)", "lines": [line(1)]},
        {"task": "u", "requires": "staffed(t)", "lines": [line(1)]},
    ]
    asked = problem(tasks, {("FRA", "bn"): 2})
    assert oracle.packages(asked, asked.world(), "t") == _sets("FRA")
    assert oracle.joint_values(asked, asked.world())["staff_tasks[1]"] == 2
    too_few = problem(tasks, {("FRA", "bn"): 1})
    assert oracle.verdict(too_few, too_few.world(), "t") == "short"


def test_the_gap_is_priced_by_the_line_that_it_fills() -> None:
    """Two of four units are there, and two more bring 20 people, who need a third medic of 15:
    2/4 + 1."""
    asked = problem(
        [
            {
                "task": "t",
                "lines": [
                    line(4),
                    {"line": "m", "any_of": {"med": 1}, "one_per": 15},
                ],
            }
        ],
        {("FRA", "bn"): 2, ("FRA", "med"): 2},
        capabilities={"med": {"personnel": 0}},
    )
    assert oracle.gap_value(asked, asked.world(), "t") == Fraction(2, 4) + 1
    assert oracle.gap_units(asked, asked.world(), "t") == {
        ("t", "l", "bn", 1): 2,
        ("t", "m", "med", 1): 1,
    }


@pytest.mark.parametrize(
    "composition",
    [
        {"min_nations": 2},
        {"min_nations": 1, "max_share": 0.5},
        {"lead": {"any_of": ["FRA"], "min_share": 0.5, "provides": "hq"}},
        {"requires": "never"},
    ],
)
def test_units_of_no_nation_do_not_help_against_composition(composition: dict) -> None:
    asked = problem(
        [{"task": "t", "lines": [line(1)]} | composition], {("FRA", "bn"): 1, ("FRA", "hq"): 1}
    )
    assert oracle.gap_value(asked, asked.world(), "t") is None


def test_lifts_are_minimal_and_only_of_what_nothing_else_lifts() -> None:
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        preconditions=["vote"],
        caveats=[
            {"nation": "FRA", "requires": "never"},
            {"nation": "FRA", "requires": "vote"},
            {"nation": "GBR", "requires": "never"},
        ],
        commitments=[{"nation": "GBR", "capability": "bn", "quantity": 1}],
    )
    assert oracle.verdict(asked, asked.world(), "t") == "short"
    assert oracle.lifts(asked, asked.world(), "t") == {
        (frozenset({"v0"}), frozenset()),
        (frozenset({"v2"}), frozenset({"c0"})),
    }


def test_a_case_that_is_not_tiny_is_refused() -> None:
    asked = problem([{"task": "t", "lines": [line(1)]}], {(f"N{i}", "bn"): 9 for i in range(9)})
    with pytest.raises(NotTinyError):
        oracle.verdict(asked, asked.world(), "t")


def test_listing_everything_gives_the_same() -> None:
    """What the enumeration leaves out does not matter."""
    compared = 0
    for seed in some(range(400)):
        asked = question(seed)
        if naive.number(asked.problem) <= naive.MOST:
            _compare(asked.problem, asked.world)
            compared += 1
    assert compared >= least(40)


def _compare(asked: Problem, world: World) -> None:
    assert naive.best_values(asked, world) == oracle.joint_values(asked, world)
    for task in asked.tasks:
        only = asked.companions(task.id)
        found = [a for a in naive.valid_allocations(asked, world, only) if task.id in a.staffed]
        sent = {allocation.nations_at(task.id) for allocation in found}
        smallest = {one for one in sent if not any(other < one for other in sent)}
        assert oracle.packages(asked, world, task.id) == smallest
        assert (oracle.verdict(asked, world, task.id) == "ready") == bool(found)


def test_listing_all_additions_and_lifts_gives_the_same() -> None:
    """The gap by trying up to two units more everywhere, the lifts by the checker's own arguments
    instead of smaller tables."""
    gaps = lifts = 0
    for seed in some(range(1000)):
        asked = question(seed)
        small = naive.number(asked.problem) <= 1500
        for task in asked.problem.tasks if small else ():
            if oracle.verdict(asked.problem, asked.world, task.id) == "short":
                with suppress(NotTinyError):
                    gaps += _compare_gap(asked, task.id)
                    lifts += _compare_lifts(asked, task.id)
    assert gaps >= least(12)
    assert lifts >= least(5)


def _compare_gap(asked: Question, task: str) -> bool:
    """Whether there is a gap that units fill."""
    problem = asked.problem
    found = oracle.gap_units(problem, asked.world, task)
    cells = [
        (task, line.id, capability, period)
        for line in problem.task(task).lines
        for capability in line.weights
        for period in problem.task(task).periods
    ]
    if len(cells) > 4 or max((found or {"": 0}).values(), default=0) > 2:
        return False
    prices = []
    for amounts in product(range(3), repeat=len(cells)):
        added = {cell: n for cell, n in zip(cells, amounts, strict=True) if n}
        price = sum(
            Fraction(n, max(1, problem.task(task).line(line).minimum))
            for (_, line, _, _), n in added.items()
        )
        prices.append((price, len(prices), added))
    filled = (price for price, _, added in sorted(prices) if _passes(asked, task, added=added))
    assert next(filled, None) == oracle.gap_value(problem, asked.world, task)
    return found is not None


def _compare_lifts(asked: Question, task: str) -> bool:
    """Whether lifting helps."""
    caveats, commitments = liftable(asked.problem, asked.world, task)
    rows = sorted(caveats | commitments)
    doing = []
    for lifted in (set(c) for k in range(len(rows) + 1) for c in combinations(rows, k)):
        rows_out = {
            "without_caveats": caveats & lifted,
            "without_commitments": commitments & lifted,
        }
        if not any(less <= lifted for less in doing) and _passes(asked, task, **rows_out):
            doing.append(lifted)
    expected = {(caveats & lifted, commitments & lifted) for lifted in doing}
    assert oracle.lifts(asked.problem, asked.world, task) == expected
    return bool(expected)


def _passes(asked: Question, task: str, **how: Any) -> bool:
    """Whether the task is ready alone with every open precondition met."""
    problem = asked.problem
    best = problem.meeting(asked.world, problem.open_preconditions(asked.world))
    only = problem.companions(task)
    found = naive.valid_allocations(problem, best, only, **how)
    return any(task in allocation.staffed for allocation in found)


def test_more_preconditions_never_turn_ready_into_not() -> None:
    for seed in some(range(100)):
        asked = question(seed)
        for task in asked.problem.tasks:
            _grows(asked, task.id)


def _grows(asked: Question, task: str) -> None:
    try:
        table = oracle.ready_table(asked.problem, asked.world, task)
    except NotTinyError:
        return
    for met, ready in table.items():
        assert not ready or all(table[more] for more in table if more > met)
