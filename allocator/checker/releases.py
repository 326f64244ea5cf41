"""Releases that go with a plan whose units are fixed: all that may be, and the fewest that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allocator.checker.case import Case
from allocator.inputs.conditions import holds
from allocator.inputs.problem import Commitment, Problem, World
from allocator.results.result import Allocation

Released = dict[tuple[str, int], int]
"""Units by commitment and period."""


def all_releases(problem: Problem, world: World, pools: frozenset[tuple[str, str]]) -> Released:
    """Return everything that may be released of these pools (nation, capability) in the world (R4).

    problem: the model that is asked about, with its tables.
    """
    return {
        (commitment.id, period): commitment.quantity[period - 1]
        for commitment in problem.commitments
        if (commitment.nation, commitment.capability) in pools
        for period in problem.periods
        if commitment.quantity[period - 1]
        and holds(commitment.release_requires, world.holding(period))
    }


def pools_of(allocation: Allocation) -> frozenset[tuple[str, str]]:
    """The pools that it draws on: nation and capability."""
    return frozenset((key[0], key[3]) for key in allocation.units)


def fewest_releases(problem: Problem, world: World, allocation: Allocation) -> Released:
    """Return the fewest units, summed over periods, whose release the units sent need; of what
    counts alike those of the lowest risk. Where even all that may be is too little, all that helps.

    A unit released in a period counts for the windows that hold it, one of a rotating commitment
    for all that follow as well: what is released as late as it helps helps longest.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. allocation: the units sent, and what is released for them.
    """
    case = Case(problem, world, allocation)
    found: Released = {}
    for nation, capability in sorted(case.serving):
        may = all_releases(problem, world, frozenset({(nation, capability)}))
        if may:
            found |= _Pool(case, nation, capability, may).released()
    return {key: units for key, units in sorted(found.items()) if units}


class _Pool:
    """One pool, its periods in turn."""

    def __init__(
        self, case: Case, nation: str, capability: str, may: Mapping[tuple[str, int], int]
    ) -> None:
        self._problem = case.problem
        self._nation, self._capability, self._may = nation, capability, may
        self._rotation = case.problem.capabilities[capability].rotation
        self._serving = case.serving[nation, capability]
        commitments = case.problem.commitments_of(nation, capability)
        ordered = sorted(commitments, key=lambda c: (c.release_risk, c.id))
        self._rotating = [c for c in ordered if c.rotating]
        self._standing = [c for c in ordered if not c.rotating]
        self._found: Released = {}

    def released(self) -> Released:
        for period in self._problem.periods:
            self._in_one_period(period)
            self._in_window(period)
        return self._found

    def _in_one_period(self, period: int) -> None:
        """No surge: a rotating unit counts with its relief."""
        sent = self._rotation * self._serving.get(period, 0)
        if not sent:
            return
        held = self._problem.available(self._nation, self._capability, period)
        short = sent - (held + self._rotation - 1)
        short += sum(self._left(c, period) for c in self._standing)
        short += self._rotation * sum(self._left(c, period) for c in self._rotating)
        short -= self._rotation * self._take(self._rotating, period, -(-short // self._rotation))
        self._take(self._standing, period, short)

    def _in_window(self, period: int) -> None:
        """Window: the latest release first, which counts for the windows to come as well."""
        first = period - self._rotation + 1
        within = range(max(1, first), period + 1)
        sent = sum(self._serving.get(q, 0) for q in within)
        if not sent:
            return
        short = sent - self._problem.available(self._nation, self._capability, period)
        short += sum(self._left(c, period) for c in self._standing)
        short += sum(self._left(c, q) for c in self._rotating for q in within)
        short += max(0, 1 - first) * sum(c.quantity[0] for c in self._rotating)
        short += self._problem.past.owing(self._nation, self._capability, period)
        for q in reversed(within):
            short -= self._take(self._rotating, q, short)
        self._take(self._standing, period, short)

    def _left(self, commitment: Commitment, period: int) -> int:
        return commitment.quantity[period - 1] - self._found.get((commitment.id, period), 0)

    def _take(self, commitments: list[Commitment], period: int, wanted: int) -> int:
        """Releases up to so many units of these in the period; how many it were."""
        taken = 0
        for commitment in commitments:
            key = commitment.id, period
            may = self._may.get(key, 0) - self._found.get(key, 0)
            units = max(0, min(may, wanted - taken))
            self._found[key] = self._found.get(key, 0) + units
            taken += units
        return taken


def breaking_pools(places: Iterator[Mapping[str, str | int]]) -> frozenset[tuple[str, str]]:
    """The pools that violations of R3 name."""
    return frozenset((str(place["nation"]), str(place["capability"])) for place in places)
