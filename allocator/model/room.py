"""The most units that a nation could send to a task, read off one pool and its caveats alone.

What no plan of the scope could use is never built. Whatever the scope leaves open counts as given:
its preconditions as met, its caveats and commitments as lifted, every nation as joining and as
leading, and every task of the scope as staffed.
"""

from __future__ import annotations

from functools import cache

from allocator.inputs.conditions import Condition, holds
from allocator.inputs.problem import Commitment, Problem
from allocator.model.scope import Scope

Held = tuple[int, Commitment, int]
"""times, commitment, period: what a row of R3 takes off a pool's availability"""

_NO_LIMIT = 1 << 40


def in_window(problem: Problem, nation: str, capability: str, last: int) -> list[Held]:
    """Return what commitments hold of the pool in the window that ends with the period `last`. All
    that lies before period 1 is alike, so it stands there once, as period 0, however long that is.

    problem: the model that is asked about, with its tables. nation: its code. capability: its id.
    """
    first = last - problem.capabilities[capability].rotation + 1
    window = [(1, period) for period in range(max(1, first), last + 1)]
    if first < 1:
        window.append((1 - first, 0))
    return [
        (times, commitment, period)
        for commitment in problem.commitments_of(nation, capability)
        for times, period in (window if commitment.rotating else [(1, last)])
    ]


def at_once(problem: Problem, nation: str, capability: str, period: int) -> list[Held]:
    """Return what commitments hold of the pool in one period, their recovery counted.

    problem: the model that is asked about, with its tables. nation: its code. capability: its id.
    """
    rotation = problem.capabilities[capability].rotation
    return [
        (rotation if commitment.rotating else 1, commitment, period)
        for commitment in problem.commitments_of(nation, capability)
    ]


class Room:
    """Upper bounds of what is sent, before any variable is made."""

    def __init__(self, problem: Problem, scope: Scope) -> None:
        self._problem = problem
        self._scope = scope
        self._best = problem.meeting(scope.world, scope.preconditions)
        self._holding = [self._best.holding(period) for period in range(problem.horizon + 1)]
        self.of_pool = cache(self._of_pool)
        self._of_window = cache(self._left_in)
        self._could_hold = cache(self._evaluate)

    def units(self, nation: str, task: str, capability: str, period: int) -> int:
        """The most units of the capability that the nation could send the task in the period."""
        most = self.of_pool(nation, capability, period)
        most = min(most, self._by_caveats(nation, task, capability, period)) if most else 0
        if most and self._problem.counts_offers:
            most = min(most, self._offered(nation, task, capability, period))
        return most

    def _offered(self, nation: str, task: str, capability: str, period: int) -> int:
        """By R11 alone, as if no other task drew on the same offers."""
        return sum(
            offer.quantity
            for offer in self._problem.counted(nation, capability)
            if task in offer.tasks
            and period in offer.periods
            and self._could_hold(offer.requires, period)
        )

    def _of_pool(self, nation: str, capability: str, period: int) -> int:
        """By R3 alone: no surge, and each window that holds the period."""
        problem = self._problem
        available = problem.available(nation, capability, period)
        if not available or not problem.may_serve(nation, capability, period):
            return 0
        rotation = problem.capabilities[capability].rotation
        held = self._kept(at_once(problem, nation, capability, period))
        most = max(0, available + rotation - 1 - held) // rotation
        for last in range(period, min(period + rotation - 1, problem.horizon) + 1):
            most = min(most, self._of_window(nation, capability, last))
        return most

    def _left_in(self, nation: str, capability: str, last: int) -> int:
        """What R3 leaves of the pool in the window that ends there. Each window holds many periods
        and is asked about for each of them: its sum is made once."""
        held = self._kept(in_window(self._problem, nation, capability, last))
        held += self._problem.past.owing(nation, capability, last)
        return max(0, self._problem.available(nation, capability, last) - held)

    def _kept(self, held: list[Held]) -> int:
        """Units that stay committed when all is released that may be."""
        return sum(
            times * commitment.quantity[max(period, 1) - 1]
            for times, commitment, period in held
            if not self._releasable(commitment, period)
        )

    def _releasable(self, commitment: Commitment, period: int) -> bool:
        """Before period 1 nothing is released; what is lifted never stood."""
        if commitment.id in self._scope.commitments:
            return True
        return period >= 1 and self._could_hold(commitment.release_requires, period)

    def _by_caveats(self, nation: str, task: str, capability: str, period: int) -> int:
        personnel = self._problem.capabilities[capability].personnel
        most = _NO_LIMIT
        for caveat in self._problem.caveats_on(nation, task):
            if (
                period not in caveat.periods
                or capability not in caveat.capabilities
                or caveat.id in self._scope.caveats
                or self._could_hold(caveat.requires, period)
            ):
                continue
            if caveat.max_personnel is None:
                return 0
            if personnel:
                most = min(most, caveat.max_personnel // personnel)
        return most

    def _evaluate(self, condition: Condition, period: int) -> bool:
        return holds(condition, self._holding[period], _ANYONE, self._scope.tasks, _ANYONE)


class _Anyone:
    """Every nation may be at the task, and lead it."""

    def __contains__(self, nation: object) -> bool:
        return True


_ANYONE = _Anyone()
