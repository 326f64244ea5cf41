"""How long tasks can be kept up equals what walking through all that may follow what shows."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from allocator.checker.keeping_up import repeating_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.inputs.problem.prolonged import prolonged
from allocator.results.endurance import HowLong
from allocator.results.result import allocation_of
from allocator.search.enduring.how_long import how_long
from tests.handmade import line, problem
from tests.thorough import least, some

Sent = tuple[int, ...]
SEEDS = 150


def case(seed: int) -> Problem:
    """One task and one capability, of which some is committed, and not in all periods alike."""
    rng = Random(f"how long {seed}")
    nations = ("FRA", "GBR", "POL")[: rng.choice((1, 2, 2, 3))]
    task: dict[str, Any] = {"task": "t", "lines": [line(rng.choice((1, 2, 2, 3)))]}
    if rng.random() < 0.3:
        task["max_share"] = 0.7
    rows = [
        {
            "nation": rng.choice(nations),
            "capability": "bn",
            "quantity": str(rng.choice((1, 1, 2))),
            "rotating": rng.choice(("yes", "no")),
            "periods": rng.choice(("", "1", "2-")),
            "release_requires": rng.choice(("never", "never", "always")),
        }
        for _ in range(rng.choice((0, 0, 1, 2)))
    ]
    return problem(
        [task],
        {(nation, "bn"): rng.randint(1, 5) for nation in nations},
        capabilities={"bn": {"rotation": rng.choice((1, 2, 2, 3, 3))}},
        commitments=rows,
        horizon=rng.choice((1, 2, 3)),
    )


class Walk:
    """All ways to go on, period by period, by sums of its own."""

    def __init__(self, asked: Problem) -> None:
        self.asked = asked
        self.nations = asked.nations
        self.rotation = asked.capabilities["bn"].rotation
        self.task = asked.task("t")

    def committed(self, nation: str, period: int, *, rotating: bool) -> int:
        mine = [k for k in self.asked.commitments if k.nation == nation and k.rotating == rotating]
        at = min(max(period, 1), self.asked.horizon) - 1
        free = [k for k in mine if type(k.release_requires).__name__ == "Always" and period >= 1]
        return sum(k.quantity[at] for k in mine if k not in free)

    def may(self, nation: str, period: int, before: Sent, now: int) -> bool:
        """R3 of one nation: what it sent in the rotation before, the latest last."""
        held = self.asked.availability[nation, "bn"][min(period, self.asked.horizon) - 1]
        standing = self.committed(nation, period, rotating=False)
        window = range(period - self.rotation + 1, period + 1)
        rotating = sum(self.committed(nation, q, rotating=True) for q in window)
        if sum(before) + now > max(0, held - standing - rotating):
            return False
        once = self.rotation * self.committed(nation, period, rotating=True)
        return self.rotation * now <= max(0, held - standing - once + self.rotation - 1)

    def enough(self, sent: Sent) -> bool:
        least = self.task.lines[0].minimum
        share = self.task.max_share
        return sum(sent) >= least and (
            share is None or all(1000 * one <= share * sum(sent) for one in sent)
        )

    def after(self, period: int, memory: tuple[Sent, ...]) -> list[tuple[Sent, ...]]:
        """What may be remembered after the period: of each nation what it sent, the latest last."""
        most = max(units[0] for units in self.asked.availability.values())
        found = []
        for sent in product(range(most + 1), repeat=len(self.nations)):
            each = zip(self.nations, memory, sent, strict=True)
            if self.enough(sent) and all(self.may(n, period, m, x) for n, m, x in each):
                both = zip(memory, sent, strict=True)
                found.append(tuple((*m, x)[1:] if self.rotation > 1 else () for m, x in both))
        return found

    def lasts(self) -> int | None:
        """The most periods; None where there is no end to it."""
        start = tuple((0,) * (self.rotation - 1) for _ in self.nations)
        states, period = {start}, 0
        steady: list[frozenset[tuple[Sent, ...]]] = []
        while states:
            period += 1
            states = {new for old in states for new in self.after(period, old)}
            if period > self.asked.horizon + self.rotation:
                # From here on all is alike: what comes twice comes for ever.
                if frozenset(states) in steady:
                    return None
                steady.append(frozenset(states))
        return period - 1


@cache
def answers() -> list[tuple[int, Problem, int | None, HowLong]]:
    found = []
    for seed in some(range(SEEDS)):
        asked = case(seed)
        lasts = Walk(asked).lasts()
        if lasts is None or lasts >= asked.horizon:
            got = how_long(asked, asked.world(), ["t"], Settings(), Deadline(60))
            found.append((seed, asked, lasts, got))
    return found


def test_numbers_and_for_ever_equal_brute_force() -> None:
    met: Counter[str] = Counter()
    for seed, asked, lasts, got in answers():
        if lasts is None:
            assert got.impossible is None, seed
            met["for ever"] += got.for_ever
            met["not seen to be for ever"] += not got.for_ever
            continue
        assert not got.for_ever, seed
        assert (got.periods, got.impossible, got.proved_by) == (lasts, lasts + 1, "two engines")
        met["as long as the horizon"] += lasts == asked.horizon
        met["longer"] += lasts > asked.horizon
    assert met["for ever"] > least(40)
    assert met["not seen to be for ever"] <= 2, met
    assert met["as long as the horizon"]
    assert met["longer"]


def test_what_repeats_is_checked_and_a_spoiled_one_is_refused() -> None:
    refused = 0
    for _, asked, _, got in answers():
        if got.repeats is None or got.plan is None:
            continue
        plan = allocation_of(got.plan.staffed, got.plan.allocation, got.plan.released)
        assert list(repeating_faults(asked, asked.world(), plan, *got.repeats)) == []
        key = max(plan.units)
        fewer = {k: n - (k == key) for k, n in plan.units.items() if n - (k == key)}
        spoiled = allocation_of(plan.staffed, (), ())
        spoiled = type(plan)(plan.staffed, fewer, plan.released)
        refused += bool(list(repeating_faults(asked, asked.world(), spoiled, *got.repeats)))
    assert refused > 20


def test_a_task_that_ends_has_nothing_to_be_kept_up() -> None:
    asked = problem(
        [{"task": "t", "lines": [line(1)], "periods": "1"}], {("FRA", "bn"): 1}, horizon=2
    )
    got = how_long(asked, asked.world(), ["t"], Settings(), Deadline(10))
    assert got.ended
    assert got.decided


@pytest.mark.parametrize("more", [0, 1, 5])
def test_later_periods_are_as_the_last(more: int) -> None:
    asked = problem(
        [{"task": "t", "lines": [line(1)]}, {"task": "u", "lines": [line(1)], "periods": "1"}],
        {("FRA", "bn"): 2},
        commitments=[{"nation": "FRA", "capability": "bn", "quantity": "1", "periods": "2"}],
        caveats=[{"nation": "FRA", "requires": "never", "periods": "2"}],
        horizon=2,
    )
    longer = prolonged(asked, 2 + more)
    assert longer.commitments[0].quantity == (0, *[1] * (1 + more))
    assert longer.task("t").periods == tuple(range(1, 3 + more))
    assert longer.task("u").periods == (1,)
    assert longer.caveats[0].periods == frozenset(range(2, 3 + more))
