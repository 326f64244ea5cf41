"""Figures far beyond those that are planned with every day: people as units, rotations that no
horizon sees the end of. Lists grow with rows and periods, never with figures."""

from __future__ import annotations

import pytest

from allocator.checker import violations
from allocator.checker.case import Case
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Commitment, Problem
from allocator.model.room import in_window
from allocator.report.sentences.coming import coming
from allocator.report.sentences.supply import supplies
from allocator.results.result import Allocation
from allocator.search.blockers.verdict import judge
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound
from tests.handmade import line, problem

LONG = 9_000_000
HORIZON = 3


def _rotating(rotation: int, held: int, *, committed: int = 1, minimum: int = 1) -> Problem:
    """One nation, whose units serve elsewhere in periods 1 and 2 unless a mandate comes."""
    commitments = [
        {
            "nation": "FRA",
            "capability": "bn",
            "quantity": committed,
            "rotating": "yes",
            "release_requires": "mandate",
            "periods": "1-2",
        }
    ]
    return problem(
        [{"task": "t", "lines": [line(minimum)]}],
        {("FRA", "bn"): held},
        capabilities={"bn": {"rotation": rotation}},
        preconditions=["mandate"],
        commitments=commitments if committed else [],
        horizon=HORIZON,
    )


def _naive(commitment: Commitment, rotation: int, last: int, met: bool) -> int:
    """Held in the window, period by period; before period 1 as in period 1, unreleased."""
    window = range(last - rotation + 1, last + 1)
    return sum(commitment.quantity[max(q, 1) - 1] for q in window if q < 1 or not met)


@pytest.mark.parametrize("rotation", range(1, 8))
@pytest.mark.parametrize("met", [False, True])
def test_what_a_window_leaves_is_a_sum_over_its_periods(rotation: int, met: bool) -> None:
    """In the program, in the sums of single tasks, in the checker and in what is shown."""
    asked = _rotating(rotation, 50, committed=3)
    (commitment,) = asked.commitments
    world = asked.meeting(asked.world(), ["mandate"] if met else [])
    released = {(commitment.id, p): commitment.quantity[p - 1] for p in (1, 2)} if met else {}
    case = Case(asked, world, Allocation(released=released))
    reach, around = SupplyBound(asked, asked.task("t")), Assumptions(world)
    for last in asked.periods:
        left = max(0, 50 - _naive(commitment, rotation, last, met))
        held = sum(
            times * commitment.quantity[max(period, 1) - 1]
            for times, _, period in in_window(asked, "FRA", "bn", last)
            if period < 1 or not met
        )
        assert max(0, 50 - held) == left
        assert case.window_free("FRA", "bn", last) == left
        assert reach._pool("FRA", "bn", around).rests[last - 1] == left


def test_no_list_is_as_long_as_a_rotation() -> None:
    """Beyond period 1 there is one entry, however often it counts."""
    asked = _rotating(LONG, 5)
    assert [(times, p) for times, _, p in in_window(asked, "FRA", "bn", HORIZON)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (LONG - HORIZON, 0),
    ]


@pytest.mark.parametrize(
    ("held", "committed", "verdict"),
    [
        (9, 1, "short"),
        (HORIZON - 1, 0, "short"),
        (HORIZON, 0, "ready"),
        # Period 1 and all before it take LONG units; the mandate gives back two of them.
        (LONG - 1, 1, "short"),
        (LONG, 1, "blocked"),
        (LONG + 1, 1, "blocked"),
        (LONG + 2, 1, "ready"),
    ],
)
def test_a_rotation_of_millions(held: int, committed: int, verdict: str) -> None:
    """Sums, engines, checker and explanations look at no period before the first one by one."""
    asked = _rotating(LONG, held, committed=committed)
    standing = judge(asked, asked.world(), "t", Settings(), Deadline(60))
    assert standing.verdict == verdict
    assert not standing.questions.faults
    units = {("FRA", "t", "l", "bn", p): 1 for p in asked.periods}
    plan = Allocation(frozenset({"t"}), units)
    assert bool(violations(asked, asked.world(), plan)) == (verdict != "ready")
    assert list(supplies(asked, {}, {}))
    assert coming(asked, asked.world(), "t") is not None


@pytest.mark.parametrize("rotation", [1, 2, 3, 5])
@pytest.mark.parametrize("back", [0, 1, 2])
def test_what_is_shown_of_a_pool_is_rule_r3(rotation: int, back: int) -> None:
    """Period by period, as the checker sums it up, with and without what serves already."""
    asked = _rotating(rotation, 14, committed=2)
    (commitment,) = asked.commitments
    released = {(commitment.id, 1): back} if back else {}
    used = {("FRA", "bn", 1): 1, ("FRA", "bn", 3): 2}
    case = Case(asked, asked.world(), Allocation(released=released))
    for shown in supplies(asked, used, released):
        lasts = [q for q in asked.periods if shown.period <= q < shown.period + rotation]
        free = [case.window_free("FRA", "bn", last) for last in lasts]
        serving = [
            sum(units for (_, _, q), units in used.items() if last - rotation < q <= last)
            for last in lasts
        ]
        surge = case.surge_free("FRA", "bn", shown.period) // rotation
        assert shown.net == min(surge, *free)
        left = [a - b for a, b in zip(free, serving, strict=True)]
        assert shown.left == max(0, min(surge - shown.used, *left))
