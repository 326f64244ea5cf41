"""The problem: data and look-ups, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from allocator.inputs.conditions import tasks_in
from allocator.inputs.firmness import COUNTS, INVENTORY
from allocator.inputs.problem.parts import (
    Capability,
    Caveat,
    Commitment,
    Offer,
    Precondition,
    World,
)
from allocator.inputs.problem.past import NO_PAST, Past
from allocator.inputs.problem.tasks import Task
from allocator.inputs.schema.calendar import Calendar, Month, a_month_after

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
    offers: tuple[Offer, ...] = field(default=(), kw_only=True)
    """Those that are valid on the run's date, by id."""
    stale: tuple[str, ...] = field(default=(), kw_only=True, compare=False)
    """Offers that are past their last day on the run's date."""
    taken: frozenset[tuple[str, str, int]] = field(default=frozenset(), kw_only=True)
    """Nation, capability, period: what is held there is by the word of offers alone."""
    uncovered: frozenset[tuple[str, str, int]] = field(default=frozenset(), kw_only=True)
    """Nation, capability, period: what is held is taken from offers, and none covers the period;
    the nation does not serve in it (R3)."""
    as_written: tuple[str, ...] = field(default=(), kw_only=True, compare=False)
    """The tasks in the order in which the model has them."""
    count: str = field(default=INVENTORY, kw_only=True)
    """The status from which offers bind what is sent (R11); the inventory: they do not."""
    on: date | None = field(default=None, kw_only=True, compare=False)
    """The day on which offers have to be valid; None where there are none."""
    ranges: tuple[Range, ...] = field(default=(), compare=False, kw_only=True)
    """The figures that may be anything but what is stated."""
    past: Past = field(default=NO_PAST, kw_only=True)
    """What lies behind, of a problem that begins in the middle of another's horizon."""

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
        """Return the units held ready. nation, capability: by id. period: counted from 1."""
        return self.availability.get((nation, capability), self._nothing)[period - 1]

    def may_serve(self, nation: str, capability: str, period: int) -> bool:
        """Tell whether what the nation has there is more than offers for other periods.

        capability: its id. period: counted from 1.
        """
        return (nation, capability, period) not in self.uncovered

    @property
    def counts_offers(self) -> bool:
        """Whether a nation sends no more than it offers (R11)."""
        return self.count != INVENTORY

    @property
    def running_out(self) -> tuple[str, ...]:
        """The offers that are valid on the day and no more a month later, by id."""
        if self.on is None:
            return ()
        until = a_month_after(self.on)
        ends = ((offer.id, offer.valid_until) for offer in self.offers)
        return tuple(name for name, end in ends if end is not None and end < until)

    def counted(self, nation: str, capability: str) -> tuple[Offer, ...]:
        """The nation's offers of the capability that are firm enough to be counted, by id."""
        return self._counted.get((nation, capability), ())

    def counted_for(self, task_id: str) -> tuple[Offer, ...]:
        """The offers that are counted and may serve the task: for it, of a capability that it
        takes, in one of its periods."""
        return self._counted_for.get(task_id, ())

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
        if not (gone := frozenset(nations)):
            return self
        left = {pool: units for pool, units in self.availability.items() if pool[0] not in gone}
        return replace(self, availability=left)

    def with_availability(self, availability: Mapping[tuple[str, str], tuple[int, ...]]) -> Problem:
        """The same with other units available: a commitment that takes the rest takes what is left
        of these. Nothing else moves it."""
        commitments = tuple(
            c if c.rest is None else replace(c, quantity=c.rest.of(availability.get(c.pool)))
            for c in self.commitments
        )
        return replace(self, availability=availability, commitments=commitments)

    def companions(self, task_id: str) -> frozenset[str]:
        """The task and those that may be staffed beside it when it is asked about alone: named by
        `staffed(…)` in its condition, in a caveat on it or in an offer that is counted for it, and
        so on from those."""
        if task_id not in self._companions:
            self._companions[task_id] = self._found_beside(task_id)
        return self._companions[task_id]

    @cached_property
    def _companions(self) -> dict[str, frozenset[str]]:
        """Those that were asked for."""
        return {}

    def _found_beside(self, task_id: str) -> frozenset[str]:
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
            for offer in self.counted_for(current):
                waiting += tasks_in(offer.requires)
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
        stated = (*starts.items(), *named.items(), *(with_ or {}).items())
        return self.holding(name, stated)

    def starts_of(self, texts: Iterable[str]) -> dict[str, int]:
        """The first period of each `NAME`, `NAME@3` or `NAME@2026-07`; of several the earliest.

        Raises ValueError for what is no period.
        """
        found: dict[str, int] = {}
        for text in texts:
            name, at, when = text.partition("@")
            start = self.calendar.read(when) if at else 1
            found[name] = min(start, found.get(name, start))
        return found

    def holding(self, name: str, stated: Iterable[tuple[str, int]]) -> World:
        """The world in which these hold from their periods on, and all that they imply."""
        earliest = _earliest(stated)
        return World(name, self._closed(earliest.items()), earliest)

    def meeting(self, world: World, preconditions: Iterable[str]) -> World:
        """The world in which these, and all that they imply, hold from period 1 as well."""
        met = tuple((name, 1) for name in preconditions)
        stated = None if world.stated is None else _earliest((*world.stated.items(), *met))
        return World(world.name, self._closed((*world.starts.items(), *met)), stated)

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
    def _counted(self) -> dict[tuple[str, str], tuple[Offer, ...]]:
        if not self.counts_offers:
            return {}
        firm = COUNTS[: COUNTS.index(self.count) + 1]
        return _grouped(((o.nation, o.capability), o) for o in self.offers if o.status in firm)

    @cached_property
    def _counted_for(self) -> dict[str, tuple[Offer, ...]]:
        return _grouped(
            (task.id, offer)
            for task in self.tasks
            for offers in self._counted.values()
            for offer in offers
            if task.id in offer.tasks
            and offer.capability in task.capabilities
            and not offer.periods.isdisjoint(task.periods)
        )

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


def _earliest(starts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, start in starts:
        found[name] = min(start, found.get(name, start))
    return found


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
