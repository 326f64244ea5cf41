"""Sums that prove a no: what everybody together could bring to a task's lines, at the most.

For a group of lines and some periods the minimums add up to a need. Each nation's supply is
bounded from above by rotation, commitments and caveats, with `joins` and `staffed` taken as
true. Where the supplies fall short of the need no plan staffs the task, whatever else is decided;
a planner can check the sum by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from allocator.inputs.problem import Line, Problem, Task
from allocator.model import RULES
from allocator.results.blocking import SumProof
from allocator.search.feasibility.pool import Assumptions, Pool
from allocator.search.feasibility.splits import components

MOST_GROUPED = 6
"""Of so many lines that share capabilities, every group is a sum of its own."""


@dataclass(frozen=True, slots=True)
class Need:
    """What lines that share capabilities need together over some periods, in weighted units."""

    lines: tuple[str, ...]
    periods: tuple[int, ...]
    units: int
    weights: tuple[tuple[str, int], ...]


class SupplyBound:
    """The sums of one task alone."""

    def __init__(self, problem: Problem, task: Task) -> None:
        self._problem = problem
        self._task = task
        self._companions = problem.companions(task.id)
        self._pools: dict[tuple[str, str], Pool] = {}
        self.needs = tuple(_needs(problem, task))

    @property
    def simple(self) -> bool:
        """Whether every rule is kept by enough units that serve in all periods alike."""
        enough = all(rule.sums_suffice(self._problem, self._task) for rule in RULES.values())
        return enough and any(line.minimum for line in self._task.lines)

    def condition_holds(self, circumstances: Assumptions) -> bool:
        """Whether the task's own condition could hold in every period of its window."""
        return all(
            circumstances.could_hold(self._task.requires, period, self._companions)
            for period in self._task.periods
        )

    def comes(self, nation: str, circumstances: Assumptions) -> bool:
        """Whether the nation could send anything that the task's lines take, in any period."""
        return any(
            self.most(nation, capability, (period,), circumstances) > 0
            for capability in self._task.capabilities
            if (nation, capability) in self._problem.availability
            for period in self._task.periods
        )

    def supply(self, nation: str, circumstances: Assumptions) -> tuple[int, ...]:
        """The most that the nation could bring to each of `needs`, in weighted units."""
        return tuple(
            sum(units for _, units in self._parts(nation, need, circumstances))
            for need in self.needs
        )

    def proofs(self, nations: Iterable[str], circumstances: Assumptions) -> list[SumProof]:
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

    def steady(self, nation: str, capability: str, circumstances: Assumptions) -> int:
        """Return the most units that the nation can keep at the task in all its periods alike,
        nothing released.

        capability: its id. circumstances: whether caveats and releases count, and how.
        """
        allowed = self._pool(nation, capability, circumstances).allowed()
        return min(allowed, self.steady_free(nation, capability, circumstances))

    def steady_free(self, nation: str, capability: str, circumstances: Assumptions) -> int:
        """Return the same as `steady`, caveats apart.

        nation: its code. capability: its id. circumstances: whether caveats and releases count, and
        how.
        """
        return self.kept(nation, capability, replace(circumstances, released=False))

    def kept(self, nation: str, capability: str, around: Assumptions) -> int:
        """Return the most units that the nation can keep at the task in all its periods alike,
        caveats apart; with all released that may be, where the circumstances say so.

        capability: its id. around: whether caveats and releases count, and how.
        """
        return self._pool(nation, capability, around).kept()

    def most(
        self, nation: str, capability: str, periods: tuple[int, ...], around: Assumptions
    ) -> int:
        """Return the most units sent over the periods: no surge in each, and no more than their
        window holds.

        nation: its code. capability: its id. around: whether caveats and releases count, and how.
        """
        return self._pool(nation, capability, around).most(periods)

    def free(
        self, nation: str, capability: str, periods: tuple[int, ...], around: Assumptions
    ) -> int:
        """Return the most units that the nation could send over the periods, caveats apart.

        capability: its id. around: whether caveats and releases count, and how.
        """
        return self._pool(nation, capability, around).free(periods)

    def _parts(
        self, nation: str, need: Need, circumstances: Assumptions
    ) -> Iterator[tuple[str, int]]:
        for capability, weight in need.weights:
            if (nation, capability) in self._problem.availability:
                units = self.most(nation, capability, need.periods, circumstances)
                yield capability, weight * units

    def _pool(self, nation: str, capability: str, around: Assumptions) -> Pool:
        """Kept until the same is asked about in other circumstances."""
        key = (nation, capability)
        known = self._pools.get(key)
        if known is None or known.around is not around:
            known = Pool(self._problem, self._task, self._companions, key, around)
            self._pools[key] = known
        return known


def needs_of(problem: Problem, lines: Sequence[tuple[Line, Task]]) -> Iterator[Need]:
    """Yield what these lines need together, over each stretch of their tasks' periods.

    lines: each with its task.
    """
    weights: dict[str, int] = {}
    for line, _ in lines:
        for capability, weight in line.weights.items():
            weights[capability] = max(weight, weights.get(capability, 0))
    longest = max(problem.capabilities[capability].rotation for capability in weights)
    for periods in _stretches(sorted({p for _, task in lines for p in task.periods}), longest):
        yield Need(
            tuple(line.id for line, _ in lines),
            periods,
            sum(line.minimum * len({*periods} & {*task.periods}) for line, task in lines),
            tuple(sorted(weights.items())),
        )


def _needs(problem: Problem, task: Task) -> Iterator[Need]:
    for group in _groups(task):
        yield from needs_of(problem, [(line, task) for line in group])


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


def _stretches(periods: Sequence[int], longest: int) -> Iterator[tuple[int, ...]]:
    """Each period, and each run of the task's periods that one rotation covers: the shorter runs
    as well, since a period with plenty would make up for the want in those after it."""
    yield from ((period,) for period in periods)
    for place, last in enumerate(periods):
        for first in range(place):
            if periods[first] > last - longest:
                yield tuple(periods[first : place + 1])
