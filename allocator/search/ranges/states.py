"""Pools with some units at their ends and the others as stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import Figure, at
from allocator.inputs.problem.ranges import Unit
from allocator.results.result import Allocation
from allocator.search.feasibility.pool import Assumptions, Pool
from allocator.search.feasibility.supply_bound import Need, SupplyBound
from allocator.search.ranges.supplies import Key, least_filled, sent_by_pool

Off = frozenset[int]
"""Positions of the units that stand at their ends."""


class Ends:
    """One task with units at their harmful ends, or at their helpful ones. Each pool is looked at
    once for every set of its own units."""

    def __init__(
        self, problem: Problem, world: World, task: str, units: tuple[Unit, ...], *, harmful: bool
    ) -> None:
        self._problem = problem
        self._task = problem.task(task)
        self._beside = problem.companions(task)
        self._around = Assumptions(world)
        self._moves = [unit.harmful() if harmful else unit.helpful() for unit in units]
        self._of_pool: dict[Key, Off] = {}
        for position, moves in enumerate(self._moves):
            for figure in moves:
                key = figure.nation, figure.capability
                self._of_pool[key] = self._of_pool.get(key, frozenset()) | {position}
        self._pools: dict[tuple[Key, Off], Pool] = {}
        self._small: dict[Key, Problem] = {}

    def problem(self, off: Iterable[int]) -> Problem:
        """The whole problem with these units at their ends."""
        return at(self._problem, self._values(off))

    def _values(self, off: Iterable[int]) -> dict[Figure, int]:
        return {f: v for position in sorted(off) for f, v in self._moves[position].items()}

    def moves(self, position: int) -> Mapping[Figure, int]:
        """The values of a unit's figures at its end."""
        return self._moves[position]

    def touches(self, position: int) -> frozenset[Key]:
        """The pools that the unit's figures belong to."""
        return frozenset((f.nation, f.capability) for f in self._moves[position])

    def of_pool(self, key: Key) -> Off:
        """The units with figures in the pool."""
        return self._of_pool.get(key, frozenset())

    def pool(self, key: Key, off: Off) -> Pool:
        own = off & self.of_pool(key)
        if (key, own) not in self._pools:
            small = self._of_one(key)
            values = {f: v for f, v in self._values(own).items() if (f.nation, f.capability) == key}
            here = at(small, values)
            pool = Pool(here, self._task, self._beside, key, self._around)
            self._pools[key, own] = pool
        return self._pools[key, own]

    def _of_one(self, key: Key) -> Problem:
        if key not in self._small:
            self._small[key] = replace(
                self._problem,
                availability={key: self._problem.availability[key]},
                commitments=self._problem.commitments_of(*key),
                caveats=self._problem.caveats_on(key[0], self._task.id),
            )
        return self._small[key]

    def needs(self) -> tuple[Need, ...]:
        """The sums of the task with every line that may ask for units."""
        whole = self.problem(range(len(self._moves)))
        return SupplyBound(whole, whole.task(self._task.id)).needs

    def missing(self, need: Need, off: Off) -> int:
        """By how much all that could come falls short of the need; below 0 what is to spare."""
        values = self._values(off)
        minimums = {f.row: v for f, v in values.items() if f.kind == "minimum"}
        asked = sum(
            minimums.get(f"{self._task.id}.{name}", self._task.line(name).minimum)
            for name in need.lines
        )
        return asked * len(need.periods) - sum(
            weight * self.pool(key, off).most(need.periods)
            for capability, weight in need.weights
            for key in self._problem.availability
            if key[1] == capability
        )


class Slack:
    """What one allocation leaves room for: which further units it survives at their ends."""

    def __init__(self, ends: Ends, problem: Problem, allocation: Allocation) -> None:
        self._ends = ends
        self._problem = problem
        self._sent = sent_by_pool(allocation)
        self._filled = {
            f"{task.id}.{line.id}": least_filled(problem, allocation, task.id, line.id)
            for task in problem.tasks
            if task.id in allocation.staffed
            for line in task.lines
        }

    def grown(self, off: Off, order: Iterable[int]) -> Off:
        """The units, and in turn each further one that the allocation survives as well."""
        for position in order:
            if position not in off and self._survives(position, off | {position}):
                off |= {position}
        return off

    def _survives(self, position: int, off: Off) -> bool:
        for figure, value in self._ends.moves(position).items():
            if figure.kind == "minimum" and value > self._filled.get(figure.row, value):
                return False
        return all(
            self._holds(key, off) for key in self._ends.touches(position) if key in self._sent
        )

    def _holds(self, key: Key, off: Off) -> bool:
        pool, sent = self._ends.pool(key, off), self._sent[key]
        rotation = self._problem.capabilities[key[1]].rotation
        for period in self._problem.periods:
            window = sum(sent.get(q, 0) for q in range(period - rotation + 1, period + 1))
            if sent.get(period, 0) > pool.at_once[period - 1]:
                return False
            if window and window > pool.rests[period - 1]:
                return False
        return True
