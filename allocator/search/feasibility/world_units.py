"""The units of every pool, caveats apart, over all sets of a question's switches at once.

What a pool has free hangs on few switches, those that release or lift what holds its units: its
units are what comes on as they do, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from allocator.inputs.conditions import preconditions_in
from allocator.inputs.problem import Problem, Task
from allocator.model import Scope
from allocator.model.program import Check, go_on
from allocator.results.blocking import Switch
from allocator.search.feasibility.pool import Assumptions, Pool
from allocator.search.minimal_sets.algebra import Space, Worlds
from allocator.search.minimal_sets.families import Mask, antichain

MOST_RELEASES = 10
"""A pool that more switches than this can add to counts with its most, or with nothing more."""

Part = tuple[int, Worlds]

Steps = tuple[Mask, tuple[int, ...]]
"""Switches that units hang on, and the units with each set of them."""


class Tables:
    """Tables kept once: what many pools bring in the same worlds is then added up once."""

    def __init__(self, worlds: Space) -> None:
        self._worlds = worlds
        self._known: dict[object, list[Worlds]] = {}
        self._met: dict[tuple[int, int], Worlds] = {}

    def once(self, table: Worlds) -> Worlds:
        """The table, as the one object that stands for all that are equal to it."""
        known = self._known.setdefault(self._worlds.mark(table), [])
        for other in known:
            if self._worlds.same(table, other):
                return other
        known.append(table)
        return table

    def both(self, one: Worlds, other: Worlds) -> Worlds:
        """Where both tables, each one of those kept, have a world."""
        key = id(one), id(other)
        if key not in self._met:
            self._met[key] = self.once(one & other)
        return self._met[key]


@dataclass(frozen=True)
class WorldQuestion:
    """What sums over all sets are made of.

    scope: what is asked. elements: its switches in the order of a mask's bits. worlds: their sets.
    sure: what comes for certain is counted, not what could at the most. check: called again and
    again, since a table of all sets takes its time; it may raise to give the sums up.
    """

    problem: Problem
    scope: Scope
    elements: tuple[Switch, ...]
    worlds: Space
    sure: bool
    check: Check = go_on


class WorldUnits:
    """What the pools of one question have free: for sure what is kept up in all periods of the
    first of the tasks asked about, nothing released that no switch releases."""

    def __init__(self, asked: WorldQuestion, tables: Tables) -> None:
        self._problem = asked.problem
        self._world = asked.scope.world
        self._elements = asked.elements
        self._worlds = asked.worlds
        self._tables = tables
        self._sure = asked.sure
        self._check = asked.check
        self._pools: dict[tuple[tuple[str, str], Mask, str], Pool] = {}
        self._free: dict[tuple[tuple[str, str], tuple[int, ...], tuple[str, ...]], Steps] = {}
        self._parts: dict[Steps, list[Part]] = {}

    def free(self, pool: tuple[str, str], periods: tuple[int, ...], tasks: Sequence[Task]) -> Steps:
        """The pool's units for the tasks together over the periods, by what frees them."""
        self._check()
        key = pool, periods, tuple(task.id for task in tasks)
        if key not in self._free:
            self._free[key] = self._made(*key)
        return self._free[key]

    def parts(self, steps: Steps) -> list[Part]:
        """The same as units that come on in steps."""
        if steps not in self._parts:
            values = dict(zip(_submasks(steps[0]), steps[1], strict=True))
            self._parts[steps] = [
                (units, self._tables.once(where))
                for units, where in stepwise(self._worlds, steps[0], values.__getitem__)
            ]
        return self._parts[steps]

    def _made(
        self, pool: tuple[str, str], periods: tuple[int, ...], tasks: tuple[str, ...]
    ) -> Steps:

        def units(on: Mask) -> int:
            pools = [self._pool(pool, on, task) for task in tasks]
            if self._sure:
                return pools[0].kept()
            free = [one.free(periods) for one in pools]
            # Tasks share what there is; only offers, where they are counted, are each task's own.
            return sum(free) if self._problem.counts_offers else free[0]

        moving = self._moving(pool)
        if moving.bit_count() > MOST_RELEASES:
            return 0, (units(0 if self._sure else moving),)
        return moving, tuple(units(on) for on in _submasks(moving))

    def _moving(self, pool: tuple[str, str]) -> Mask:
        """The switches that can free units of the pool."""
        held = self._problem.commitments_of(*pool)
        named = {name for k in held for name in preconditions_in(k.release_requires)}
        lifted = {("commitment", k.id) for k in held}
        return sum(
            1 << position
            for position, (kind, name) in enumerate(self._elements)
            if (kind, name) in lifted
            or (kind == "precondition" and named & self._problem.implied_by(name))
        )

    def _pool(self, pool: tuple[str, str], on: Mask, task: str) -> Pool:
        """The pool with these of the switches that free its units on."""
        key = pool, on, task
        if key not in self._pools:
            chosen = [e for position, e in enumerate(self._elements) if on >> position & 1]
            met = [name for kind, name in chosen if kind == "precondition"]
            lifted = frozenset(name for kind, name in chosen if kind == "commitment")
            world = self._problem.meeting(self._world, met)
            around = Assumptions(world, frozenset(), lifted, released=not self._sure)
            beside = self._problem.companions(task)
            self._pools[key] = Pool(self._problem, self._problem.task(task), beside, pool, around)
        return self._pools[key]


def stepwise(worlds: Space, moving: Mask, value: Callable[[Mask], int]) -> Iterator[Part]:
    """Yield a monotone number as what comes on where: the first step's units, then each step's
    more.

    worlds: that the number is of. moving: the switches that it can depend on. value: the number in
    a world.
    """
    values = {on: value(on) for on in _submasks(moving)}
    before = 0
    for reached in sorted(set(values.values()) - {0}):
        where = worlds.nothing()
        for on in antichain(on for on, units in values.items() if units >= reached):
            where |= worlds.containing(on)
        yield reached - before, where
        before = reached


def _submasks(mask: Mask) -> Iterator[Mask]:
    sub = mask
    while True:
        yield sub
        if not sub:
            return
        sub = (sub - 1) & mask
