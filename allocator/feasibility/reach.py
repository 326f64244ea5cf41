"""Sums that prove a no: what everybody together could bring to a task's lines, at the most.

For a group of lines and some periods the minimums add up to a need. Each nation's supply is
bounded from above by rotation, commitments and caveats, with `joins` and `staffed` taken as
true. Where the supplies fall short of the need no plan staffs the task, whatever else is decided;
a planner can check the sum by hand.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from allocator.conditions import Condition, holds
from allocator.feasibility.splits import components
from allocator.model.room import in_window
from allocator.problem import Line, Problem, Task, World

MOST_GROUPED = 6
"""Of so many lines that share capabilities, every group is a sum of its own."""


@dataclass(frozen=True, slots=True)
class Need:
    """What lines that share capabilities need together over some periods, in weighted units."""

    lines: tuple[str, ...]
    periods: tuple[int, ...]
    units: int
    weights: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SumProof:
    """`need` weighted units over `periods`; `parts` are all that nations could bring."""

    lines: tuple[str, ...]
    periods: tuple[int, ...]
    need: int
    supply: int
    parts: tuple[tuple[str, str, int], ...]
    """nation, capability, weighted units"""


class _Anyone:
    """Every nation may be at the task."""

    def __contains__(self, nation: object) -> bool:
        return True


_ANYONE = _Anyone()


@dataclass(frozen=True)
class Circumstances:
    """What holds when a supply is asked for: the world, the rows taken as lifted, whether all that
    may be released is, and which nations may be at the task."""

    world: World
    caveats: frozenset[str] = frozenset()
    commitments: frozenset[str] = frozenset()
    released: bool = True
    company: Container[str] = _ANYONE


class Reach:
    """The sums of one task alone."""

    def __init__(self, problem: Problem, task: Task) -> None:
        self._problem = problem
        self._task = task
        self._companions = problem.companions(task.id)
        self.needs = tuple(_needs(problem, task))

    @property
    def simple(self) -> bool:
        """Whether minimums and caveats are all that the task asks for, so that enough units that
        serve in all periods alike staff it."""
        task = self._task
        composed = task.min_nations > 1 or task.max_nations is not None
        composed = composed or task.max_share is not None or task.lead is not None
        plain = all(not line.scaled and line.min_contribution <= 1 for line in task.lines)
        return plain and not composed and any(line.minimum for line in task.lines)

    def condition_holds(self, circumstances: Circumstances) -> bool:
        """Whether the task's own condition could hold in every period of its window."""
        return all(
            self._could_hold(self._task.requires, circumstances, period)
            for period in self._task.periods
        )

    def comes(self, nation: str, circumstances: Circumstances) -> bool:
        """Whether the nation could send anything that the task's lines take, in any period."""
        return any(
            self.most(nation, capability, (period,), circumstances) > 0
            for capability in self._task.capabilities
            if (nation, capability) in self._problem.availability
            for period in self._task.periods
        )

    def supply(self, nation: str, circumstances: Circumstances) -> tuple[int, ...]:
        """The most that the nation could bring to each of `needs`, in weighted units."""
        return tuple(
            sum(units for _, units in self._parts(nation, need, circumstances))
            for need in self.needs
        )

    def proofs(self, nations: Iterable[str], circumstances: Circumstances) -> list[SumProof]:
        """The needs that these nations together cannot meet, single lines first."""
        nations = tuple(nations)
        found = []
        for need in sorted(self.needs, key=lambda n: (len(n.lines), len(n.periods), n.periods)):
            parts = tuple(
                (nation, capability, units)
                for nation in nations
                for capability, units in self._parts(nation, need, circumstances)
                if units
            )
            supply = sum(units for _, _, units in parts)
            if supply < need.units:
                found.append(SumProof(need.lines, need.periods, need.units, supply, parts))
        return found

    def steady(self, nation: str, capability: str, circumstances: Circumstances) -> int:
        """The most units that the nation can keep at the task in all its periods alike, nothing
        released."""
        allowed = min(
            self._allowed(nation, capability, period, circumstances)
            for period in self._task.periods
        )
        return min(allowed, self.steady_free(nation, capability, circumstances))

    def steady_free(self, nation: str, capability: str, circumstances: Circumstances) -> int:
        """As `steady`, caveats apart."""
        return self.kept(nation, capability, replace(circumstances, released=False))

    def kept(self, nation: str, capability: str, around: Circumstances) -> int:
        """The most units that the nation can keep at the task in all its periods alike, caveats
        apart; with all released that may be, where the circumstances say so."""
        most = min(
            self._no_surge(nation, capability, period, around) for period in self._task.periods
        )
        rotation = self._problem.capabilities[capability].rotation
        for last in self._problem.periods:
            serving = sum(last - rotation < period <= last for period in self._task.periods)
            if serving and most:
                most = min(most, self._rest(nation, capability, last, around) // serving)
        return most

    def _parts(
        self, nation: str, need: Need, circumstances: Circumstances
    ) -> Iterator[tuple[str, int]]:
        for capability, weight in need.weights:
            if (nation, capability) in self._problem.availability:
                units = self.most(nation, capability, need.periods, circumstances)
                yield capability, weight * units

    def most(
        self, nation: str, capability: str, periods: tuple[int, ...], around: Circumstances
    ) -> int:
        """The most units sent over the periods: no surge in each, and no more than their window
        holds."""
        single = sum(
            min(
                self._no_surge(nation, capability, period, around),
                self._allowed(nation, capability, period, around),
            )
            for period in periods
        )
        return min(single, self._window(nation, capability, periods, around))

    def free(
        self, nation: str, capability: str, periods: tuple[int, ...], around: Circumstances
    ) -> int:
        """The most units that the nation could send over the periods, caveats apart."""
        single = sum(self._no_surge(nation, capability, period, around) for period in periods)
        return min(single, self._window(nation, capability, periods, around))

    def _allowed(self, nation: str, capability: str, period: int, around: Circumstances) -> int:
        personnel = self._problem.capabilities[capability].personnel
        allowed = 1 << 40
        for caveat in self._problem.caveats_on(nation, self._task.id):
            binds = (
                period in caveat.periods
                and capability in caveat.capabilities
                and caveat.id not in around.caveats
            )
            if binds and not self._could_hold(caveat.requires, around, period):
                if caveat.max_personnel is None:
                    return 0
                if personnel:
                    allowed = min(allowed, caveat.max_personnel // personnel)
        return allowed

    def _no_surge(self, nation: str, capability: str, period: int, around: Circumstances) -> int:
        rotation = self._problem.capabilities[capability].rotation
        rest = self._problem.available(nation, capability, period) + rotation - 1
        for commitment in self._problem.commitments_of(nation, capability):
            times = rotation if commitment.rotating else 1
            rest -= times * self._held(commitment.id, period, around)
        return max(0, rest) // rotation

    def _window(
        self, nation: str, capability: str, periods: tuple[int, ...], around: Circumstances
    ) -> int:
        """The window that ends with the last of the periods; it must hold all of them."""
        rotation = self._problem.capabilities[capability].rotation
        if periods[0] <= periods[-1] - rotation:
            return 1 << 40
        return self._rest(nation, capability, periods[-1], around)

    def _rest(self, nation: str, capability: str, last: int, around: Circumstances) -> int:
        """What the window that ends with `last` leaves to serve in it."""
        held = sum(
            times * self._held(commitment.id, period, around)
            for times, commitment, period in in_window(self._problem, nation, capability, last)
        )
        return max(0, self._problem.available(nation, capability, last) - held)

    def _held(self, commitment_id: str, period: int, around: Circumstances) -> int:
        """Units that stay committed where all that may be released is."""
        commitment = self._problem.commitment(commitment_id)
        if commitment_id in around.commitments:
            return 0
        releasable = (
            around.released
            and period >= 1
            and holds(commitment.release_requires, around.world.holding(period))
        )
        return 0 if releasable else commitment.quantity[max(period, 1) - 1]

    def _could_hold(self, condition: Condition, around: Circumstances, period: int) -> bool:
        return holds(condition, around.world.holding(period), around.company, self._companions)


def _needs(problem: Problem, task: Task) -> Iterator[Need]:
    for group in _groups(task):
        weights: dict[str, int] = {}
        for line in group:
            for capability, weight in line.weights.items():
                weights[capability] = max(weight, weights.get(capability, 0))
        longest = max(problem.capabilities[capability].rotation for capability in weights)
        for periods in _stretches(task.periods, longest):
            yield Need(
                tuple(line.id for line in group),
                periods,
                sum(line.minimum for line in group) * len(periods),
                tuple(sorted(weights.items())),
            )


def _groups(task: Task) -> Iterator[tuple[Line, ...]]:
    """Each line by itself, then the groups of lines that share capabilities: all of them where
    there are few, else the whole."""
    for component in components(task):
        yield from ((line,) for line in component)
        if len(component) > MOST_GROUPED:
            yield component
            continue
        for size in range(2, len(component) + 1):
            yield from combinations(component, size)


def _stretches(periods: tuple[int, ...], longest: int) -> Iterator[tuple[int, ...]]:
    """Each period, and each run of the window's periods that one rotation covers."""
    yield from ((period,) for period in periods)
    for last in periods:
        run = tuple(p for p in periods if last - longest < p <= last)
        if len(run) > 1:
            yield run
