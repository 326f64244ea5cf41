"""The most that one nation can send a task of one capability, period by period (R3, R5, R11).

Bounds from above: all that may be released is, unless the circumstances say otherwise, and
`joins`, `led_by` and `staffed` are taken as true where they could be. Sums over periods and windows
are differences of running totals, so that a long horizon costs no more than its length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from allocator.inputs.conditions import Condition, holds
from allocator.inputs.problem import Commitment, Problem, Task, World

NO_LIMIT = 1 << 40


class _Anyone:
    """Every nation may be at the task."""

    def __contains__(self, nation: object) -> bool:
        return True


_ANYONE = _Anyone()


@dataclass(frozen=True)
class Assumptions:
    """What holds when a supply is asked for: the world, the rows taken as lifted, whether all that
    may be released is, and which nations may be at the task."""

    world: World
    caveats: frozenset[str] = frozenset()
    commitments: frozenset[str] = frozenset()
    released: bool = True
    company: Container[str] = _ANYONE

    def could_hold(self, condition: Condition, period: int, tasks: Container[str]) -> bool:
        """Whether the condition could hold in the period, with these tasks beside. Whoever may be
        at the task may lead it."""
        return holds(condition, self.world.holding(period), self.company, tasks, self.company)


class Pool:
    """One nation's units of one capability, for one task in given circumstances."""

    def __init__(
        self,
        problem: Problem,
        task: Task,
        companions: Container[str],
        key: tuple[str, str],
        around: Assumptions,
    ) -> None:
        self._problem = problem
        self._task = task
        self._companions = companions
        self._key = key
        self._nation, self._capability = key
        self.around = around
        self._rotation = problem.capabilities[self._capability].rotation
        self._commitments = problem.commitments_of(*key)

    def most(self, periods: tuple[int, ...]) -> int:
        """The most units sent over the periods: no surge in each, and no more than their window
        holds."""
        return min(_over(self._sent, periods), self._window(periods))

    def free(self, periods: tuple[int, ...]) -> int:
        """As `most`, caveats apart."""
        return min(_over(self._unsurged, periods), self._window(periods))

    def allowed(self) -> int:
        """The most that caveats let through in every period of the task."""
        return min(self._allowed(period) for period in self._task.periods)

    def kept(self) -> int:
        """The most units that can serve in all periods of the task alike, caveats apart."""
        most = min(self.at_once[period - 1] for period in self._task.periods)
        for last, rest in enumerate(self.rests, 1):
            serving = bisect_right(self._task.periods, last)
            serving -= bisect_right(self._task.periods, last - self._rotation)
            if serving:
                most = min(most, rest // serving)
        return most

    @cached_property
    def rests(self) -> list[int]:
        """What the window that ends with each period leaves to serve in it."""
        held = [0] * self._problem.horizon
        for commitment in self._commitments:
            by_period = self._held(commitment)
            if commitment.rotating:
                by_period = self._in_windows(commitment, by_period)
            held = [a + b for a, b in zip(held, by_period, strict=True)]
        owing = self._problem.past.owing
        return [
            max(0, self._available(p) - held[p - 1] - owing(*self._key, p))
            for p in self._problem.periods
        ]

    def _in_windows(self, commitment: Commitment, by_period: list[int]) -> list[int]:
        """Before period 1 it stood as in period 1, unreleased; what is lifted never stood."""
        total = _running(by_period)
        before = 0 if commitment.id in self.around.commitments else commitment.quantity[0]
        return [
            total[last]
            - total[max(0, last - self._rotation)]
            + before * max(0, self._rotation - last)
            for last in self._problem.periods
        ]

    @cached_property
    def at_once(self) -> list[int]:
        """By period, what may serve in it for the pool not to be spent at once."""
        rotation = self._rotation
        rest = [self._available(period) + rotation - 1 for period in self._problem.periods]
        for commitment in self._commitments:
            times = rotation if commitment.rotating else 1
            held = self._held(commitment)
            rest = [left - times * units for left, units in zip(rest, held, strict=True)]
        found = [
            max(0, left) // rotation if self._problem.may_serve(*self._key, period) else 0
            for period, left in enumerate(rest, 1)
        ]
        if self._problem.counts_offers:
            found = [min(units, self._offered(p)) for p, units in enumerate(found, 1)]
        return found

    def _offered(self, period: int) -> int:
        """The most that offers could cover at the task (R11), whatever their conditions."""
        return sum(
            offer.quantity
            for offer in self._problem.counted(*self._key)
            if self._task.id in offer.tasks and period in offer.periods
        )

    @cached_property
    def _unsurged(self) -> list[int]:
        return _running(self.at_once)

    @cached_property
    def _sent(self) -> list[int]:
        return _running(
            min(units, self._allowed(period)) if units else 0
            for period, units in enumerate(self.at_once, 1)
        )

    def _window(self, periods: tuple[int, ...]) -> int:
        """The window that ends with the last of the periods; it must hold all of them."""
        if periods[0] <= periods[-1] - self._rotation:
            return NO_LIMIT
        return self.rests[periods[-1] - 1]

    def _held(self, commitment: Commitment) -> list[int]:
        """By period, the units that stay committed."""
        if commitment.id in self.around.commitments:
            return [0] * self._problem.horizon
        return [
            0 if units and self._releasable(commitment, period) else units
            for period, units in enumerate(commitment.quantity, 1)
        ]

    def _releasable(self, commitment: Commitment, period: int) -> bool:
        holding = self.around.world.holding(period)
        return self.around.released and holds(commitment.release_requires, holding)

    def _available(self, period: int) -> int:
        return self._problem.available(self._nation, self._capability, period)

    def _allowed(self, period: int) -> int:
        personnel = self._problem.capabilities[self._capability].personnel
        allowed = NO_LIMIT
        for caveat in self._problem.caveats_on(self._nation, self._task.id):
            binds = (
                period in caveat.periods
                and self._capability in caveat.capabilities
                and caveat.id not in self.around.caveats
            )
            if binds and not self.around.could_hold(caveat.requires, period, self._companions):
                if caveat.max_personnel is None:
                    return 0
                if personnel:
                    allowed = min(allowed, caveat.max_personnel // personnel)
        return allowed


def _running(units: Iterable[int]) -> list[int]:
    """Running totals, the first before any."""
    return list(accumulate(units, initial=0))


def _over(total: list[int], periods: tuple[int, ...]) -> int:
    """The sum over the periods, ascending, by running totals."""
    first, last = periods[0], periods[-1]
    if last - first + 1 == len(periods):
        return total[last] - total[first - 1]
    return sum(total[period] - total[period - 1] for period in periods)
