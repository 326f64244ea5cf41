"""The problem: data and look-ups, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from allocator.inputs.conditions import tasks_in
from allocator.inputs.problem.parts import Capability, Caveat, Commitment, Precondition, Task, World
from allocator.inputs.schema.calendar import Calendar, Month

if TYPE_CHECKING:
    from allocator.inputs.problem.ranges import Range


@dataclass(frozen=True)
class Problem:
    """One operation model with the tables it uses. Periods are 1…`horizon`."""

    model: str
    title: str
    horizon: int
    months_per_period: int
    objectives: tuple[str, ...]
    nations: tuple[str, ...]
    names: Mapping[str, str]
    active_personnel: Mapping[str, int]
    capabilities: Mapping[str, Capability]
    availability: Mapping[tuple[str, str], tuple[int, ...]]
    commitments: tuple[Commitment, ...]
    caveats: tuple[Caveat, ...]
    tasks: tuple[Task, ...]
    preconditions: Mapping[str, Precondition]
    worlds: Mapping[str, Mapping[str, int]]
    basis: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False)
    """By nation and capability: how far the rows that its availability adds up from can be
    trusted."""
    starts: Month | None = field(default=None, kw_only=True)
    """The first month of period 1, where the model says so."""
    ranges: tuple[Range, ...] = field(default=(), compare=False, kw_only=True)
    """The figures that may be anything but what is stated."""

    @property
    def calendar(self) -> Calendar:
        """Its periods with their months, where they are known."""
        return Calendar(self.horizon, self.starts, self.months_per_period)

    @property
    def periods(self) -> range:
        return range(1, self.horizon + 1)

    def task(self, task_id: str) -> Task:
        return self._task_by_id[task_id]

    def has_task(self, task_id: str) -> bool:
        return task_id in self._task_by_id

    def available(self, nation: str, capability: str, period: int) -> int:
        return self.availability.get((nation, capability), self._nothing)[period - 1]

    def commitment(self, commitment_id: str) -> Commitment:
        return self._commitment_by_id[commitment_id]

    def caveat(self, caveat_id: str) -> Caveat:
        return self._caveat_by_id[caveat_id]

    def commitments_of(self, nation: str, capability: str) -> tuple[Commitment, ...]:
        return self._commitments_of.get((nation, capability), ())

    def caveats_on(self, nation: str, task: str) -> tuple[Caveat, ...]:
        """The caveats of the nation that have the task in their scope, by id."""
        return self._caveats_on.get((nation, task), ())

    def without(self, nations: Iterable[str]) -> Problem:
        """The same where these nations send nothing anywhere."""
        gone = frozenset(nations)
        left = {pool: units for pool, units in self.availability.items() if pool[0] not in gone}
        return replace(self, availability=left)

    def companions(self, task_id: str) -> frozenset[str]:
        """The task and those that may be staffed beside it when it is asked about alone: named by
        `staffed(…)` in its condition or in a caveat on it, and so on from those."""
        found: set[str] = set()
        waiting = [task_id]
        while waiting:
            current = waiting.pop()
            if current in found or not self.has_task(current):
                continue
            found.add(current)
            waiting += tasks_in(self.task(current).requires)
            for caveat in self.caveats:
                if current in caveat.tasks:
                    waiting += tasks_in(caveat.requires)
        return frozenset(found)

    def implied_by(self, precondition: str) -> frozenset[str]:
        """The precondition itself and all that it implies, directly or not."""
        return self._closure[precondition]

    def world(self, name: str = "today", with_: Mapping[str, int] | None = None) -> World:
        """The named world, with further preconditions from the given periods on.

        Raises KeyError for a world or a precondition that the workspace does not have.
        """
        starts = {p.id: 1 for p in self.preconditions.values() if p.status == "met"}
        named = self.worlds[name] if name != "today" or name in self.worlds else {}
        return World(name, self._closed((*starts.items(), *named.items(), *(with_ or {}).items())))

    def meeting(self, world: World, preconditions: Iterable[str]) -> World:
        """The world in which these, and all that they imply, hold from period 1 as well."""
        met = ((name, 1) for name in preconditions)
        return World(world.name, self._closed((*world.starts.items(), *met)))

    def open_preconditions(self, world: World) -> tuple[str, ...]:
        """Those that may be brought about and do not hold from period 1 in the world, by id."""
        return tuple(
            name
            for name, precondition in self.preconditions.items()
            if precondition.status == "open" and world.starts.get(name) != 1
        )

    def _closed(self, starts: Iterable[tuple[str, int]]) -> dict[str, int]:
        closed: dict[str, int] = {}
        for name, start in starts:
            if start > self.horizon:
                continue
            for implied in self.implied_by(name):
                closed[implied] = min(start, closed.get(implied, start))
        return dict(sorted(closed.items()))

    @cached_property
    def _nothing(self) -> tuple[int, ...]:
        return (0,) * self.horizon

    @cached_property
    def _task_by_id(self) -> dict[str, Task]:
        return {task.id: task for task in self.tasks}

    @cached_property
    def _commitment_by_id(self) -> dict[str, Commitment]:
        return {commitment.id: commitment for commitment in self.commitments}

    @cached_property
    def _caveat_by_id(self) -> dict[str, Caveat]:
        return {caveat.id: caveat for caveat in self.caveats}

    @cached_property
    def _commitments_of(self) -> dict[tuple[str, str], tuple[Commitment, ...]]:
        return _grouped(((c.nation, c.capability), c) for c in self.commitments)

    @cached_property
    def _caveats_on(self) -> dict[tuple[str, str], tuple[Caveat, ...]]:
        return _grouped(((c.nation, task), c) for c in self.caveats for task in c.tasks)

    @cached_property
    def _closure(self) -> dict[str, frozenset[str]]:
        return {name: self._reachable(name) for name in self.preconditions}

    def _reachable(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += self.preconditions[current].implies
        return frozenset(found)


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
