"""What a nation can send of a capability in a period: rule R3 as plain arithmetic.

For reports; the checker has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from allocator.inputs.problem import Problem

Used = Mapping[tuple[str, str, int], int]
"""Units that serve, by nation, capability and period."""

Released = Mapping[tuple[str, int], int]
"""Units released, by commitment and period."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Units of a nation's capability in one period.

    `standing` and `rotating` are the commitments before release, `released` what the plan frees of
    them. `net`: the most that could serve in this period if nothing of it served in any other;
    `left`: how many more could serve in it beside what the plan uses.
    """

    nation: str
    capability: str
    period: int
    available: int
    standing: int
    rotating: int
    released: int
    net: int
    used: int
    left: int


def supplies(problem: Problem, used: Used, released: Released) -> Iterator[Supply]:
    """Yield a row for every nation, capability and period with anything available, sorted.

    problem: the model that is asked about, with its tables. used: units that serve. released: units
    let go.
    """
    for nation, capability in sorted(problem.availability):
        if any(problem.availability[nation, capability]):
            pool = _Pool(problem, nation, capability, released, used)
            yield from map(pool.row, problem.periods)


class Net:
    """The most that each nation can send of a capability in a period, nothing released. Whoever
    asks about many tasks asks one of these: a pool is worked out once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._by_period: dict[tuple[str, str], list[int]] = {}

    def most(self, nation: str, capability: str, periods: Iterable[int]) -> int:
        """Return the units of the period in which it can send most.

        nation: its code. capability: its id.

        periods: those that are looked at.
        """
        key = (nation, capability)
        if not any(self._problem.availability.get(key, ())):
            return 0
        if key not in self._by_period:
            pool = _Pool(self._problem, nation, capability, {}, {})
            self._by_period[key] = [pool.net(period) for period in self._problem.periods]
        return max(self._by_period[key][period - 1] for period in periods)


class _Pool:
    """One nation's units of one capability."""

    def __init__(
        self, problem: Problem, nation: str, capability: str, released: Released, used: Used
    ) -> None:
        self._problem = problem
        self._key = (nation, capability)
        self._rotation = problem.capabilities[capability].rotation
        self._commitments = problem.commitments_of(nation, capability)
        self._released = released
        self._used = [used.get((*self._key, period), 0) for period in problem.periods]
        rotating = [self._locked(period, rotating=True) for period in problem.periods]
        away, served = self._in_windows(rotating), self._in_windows(self._used)
        # Before period 1 commitments stood as in period 1, unreleased.
        before = self._locked(0, rotating=True)
        self._windows = [
            max(0, self._free(p) - away[p - 1] - before * max(0, self._rotation - p))
            for p in problem.periods
        ]
        self._unserved = [a - b for a, b in zip(self._windows, served, strict=True)]

    def row(self, period: int) -> Supply:
        return Supply(
            *self._key,
            period,
            self._problem.available(*self._key, period),
            self._committed(period, rotating=False),
            self._committed(period, rotating=True),
            sum(self._released.get((c.id, period), 0) for c in self._commitments),
            self.net(period),
            self._used[period - 1],
            self.left(period),
        )

    def net(self, period: int) -> int:
        """How many can serve in the period if nothing serves in any other."""
        return max(0, min(self._no_surge(period), *self._ahead(self._windows, period)))

    def left(self, period: int) -> int:
        """How many more can serve in the period beside what does."""
        surge = self._no_surge(period) - self._used[period - 1]
        return max(0, min(surge, *self._ahead(self._unserved, period)))

    def _ahead(self, by_period: list[int], period: int) -> list[int]:
        """Of the windows that the period is in, each named by its last period."""
        return by_period[period - 1 : period - 1 + self._rotation]

    def _in_windows(self, by_period: list[int]) -> list[int]:
        """Sums over the window that ends with each period, from period 1 on."""
        total = list(accumulate(by_period, initial=0))
        return [total[p] - total[max(0, p - self._rotation)] for p in self._problem.periods]

    def _no_surge(self, period: int) -> int:
        r = self._rotation
        if not self._problem.may_serve(*self._key, period):
            return 0
        return max(0, self._free(period) - r * self._locked(period, rotating=True) + r - 1) // r

    def _free(self, period: int) -> int:
        available = self._problem.available(*self._key, period)
        return available - self._locked(period, rotating=False)

    def _locked(self, period: int, *, rotating: bool) -> int:
        """Committed less what is released of it; before period 1 as in period 1, unreleased."""
        back = sum(
            self._released.get((c.id, period), 0)
            for c in self._commitments
            if c.rotating is rotating
        )
        return self._committed(max(1, period), rotating=rotating) - back

    def _committed(self, period: int, *, rotating: bool) -> int:
        return sum(c.quantity[period - 1] for c in self._commitments if c.rotating is rotating)
