"""What every pool brings, over all sets of a question's switches at once.

Every nation's supply is units that come on where its caveats let it, and `joins(N)` is true only
where N could come in that period. Either what could come at the most is counted, or what comes for
sure and steadily. Tasks that draw on the same pools may be counted together: a unit then comes
where it may serve any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from allocator.inputs.conditions import Condition, leaders_in, nations_in
from allocator.inputs.problem import Caveat, Line, Task
from allocator.search.feasibility.condition_tables import ConditionTables
from allocator.search.feasibility.supply_bound import Need
from allocator.search.feasibility.world_units import (
    Part,
    Steps,
    Tables,
    WorldQuestion,
    WorldUnits,
)
from allocator.search.minimal_sets.algebra import Worlds

# Periods are mostly alike: what a table hangs on is its key, and a table is made once a key.


class _Bound(NamedTuple):
    """What lets a pool serve a task in a period.

    caveats: those on it. holding: what holds by then, where there are any. day: the first period
    with the same company, where a caveat asks for company. least: of every line that takes the
    capability the least contribution, and what the nation could bring to the line, of which it
    must reach one; none where a line takes any units.
    """

    nation: str
    task: str
    caveats: tuple[str, ...]
    holding: frozenset[str]
    day: int
    least: tuple[tuple[int, tuple[Coming, ...]], ...] = ()


class Coming(NamedTuple):
    """What a pool brings: its nation, its units, and where they may serve, over some tasks and
    periods."""

    nation: str
    units: Steps
    bounds: frozenset[_Bound]


class WorldSupply:
    """The supplies of one question for some tasks over the sets of its switches."""

    def __init__(self, asked: WorldQuestion, tasks: Sequence[Task]) -> None:
        problem, scope = asked.problem, asked.scope
        self._problem = problem
        self._scope = scope
        self._worlds = asked.worlds
        self._sure = asked.sure
        self._check = asked.check
        self._tables = Tables(asked.worlds)
        self._units = WorldUnits(asked, self._tables)
        self._conditions = ConditionTables(problem, scope.world, asked.worlds, asked.elements)
        self._holding = {p: frozenset(scope.world.holding(p)) for p in problem.periods}
        self._waivers: dict[tuple[str, str, str, frozenset[str], int], Worlds] = {}
        self._allowed: dict[tuple[str, frozenset[_Bound]], Worlds] = {}
        self._comings: dict[Coming, list[Part]] = {}
        self._bounds: dict[tuple[str, str, int, str], _Bound | None] = {}
        self._days: dict[tuple[str, int], int] = {}
        self._present: dict[tuple[str, str, int], Worlds] = {}
        for task in tasks:
            self._find_company(task)

    # --- what is brought ------------------------------------------------------------------

    def brought(
        self, weights: Mapping[str, int], periods: tuple[int, ...], tasks: Sequence[Task]
    ) -> tuple[tuple[int, Coming], ...]:
        """What all pools bring to the tasks over the periods, each with its capability's weight."""
        pools = sorted(pool for pool in self._problem.availability if weights.get(pool[1], 0))
        return tuple((weights[pool[1]], self._coming(pool, periods, tasks)) for pool in pools)

    def binds(self, need: Need, tasks: Sequence[Task]) -> bool:
        """Whether some pool sends less over the need's periods, whatever is released, than in each
        of them by itself."""
        capabilities = dict(need.weights)
        pools = [pool for pool in self._problem.availability if pool[1] in capabilities]
        return any(self._binds(pool, need.periods, tasks) for pool in pools)

    def _binds(
        self, pool: tuple[str, str], periods: tuple[int, ...], tasks: Sequence[Task]
    ) -> bool:
        _, together = self._units.free(pool, periods, tasks)
        each = (self._units.free(pool, (period,), tasks)[1] for period in periods)
        return together != tuple(map(sum, zip(*each, strict=True)))

    def parts(self, brought: Sequence[tuple[int, Coming]]) -> list[Part]:
        """The same as units that come on in steps."""
        return [
            (weight * units, where)
            for weight, coming in brought
            for units, where in self._made(coming)
        ]

    def present(self, nation: str, capability: str, period: int, task: Task) -> Worlds:
        """Where the nation sends the task units of the capability: in the period at the most, for
        sure in all of its periods."""
        table = self._worlds.nothing()
        if (nation, capability) in self._problem.availability:
            periods = task.periods if self._sure else (period,)
            for units, where in self._made(self._coming((nation, capability), periods, (task,))):
                if units:
                    table |= where
        return table

    def _made(self, coming: Coming) -> list[Part]:
        if coming not in self._comings:
            allowed = self._over(coming.nation, coming.bounds)
            self._comings[coming] = [
                (units, self._tables.both(where, allowed))
                for units, where in self._units.parts(coming.units)
            ]
        return self._comings[coming]

    def _coming(
        self, pool: tuple[str, str], periods: tuple[int, ...], tasks: Sequence[Task]
    ) -> Coming:
        found = (self._whole_bound(pool, period, task) for task, period in product(tasks, periods))
        bounds = frozenset(bound for bound in found if bound is not None)
        return Coming(pool[0], self._units.free(pool, periods, tasks), bounds)

    def _whole_bound(self, pool: tuple[str, str], period: int, task: Task) -> _Bound | None:
        """What lets the pool serve the task in the period; None where the task has no use for it,
        or not then. The same pools are asked about again and again."""
        key = *pool, period, task.id
        if key not in self._bounds:
            serves = period in task.periods and pool[1] in task.capabilities
            self._bounds[key] = (
                self._bound(*pool, period, task)._replace(least=self._least(*pool, period, task))
                if serves
                else None
            )
        return self._bounds[key]

    def _over(self, nation: str, bounds: frozenset[_Bound]) -> Worlds:
        """Where a pool may serve in all the periods, or, at the most, in any of them."""
        key = nation, bounds
        if key not in self._allowed:
            table = self._worlds.everything() if self._sure else self._worlds.nothing()
            for bound in bounds:
                table = table & self._within(bound) if self._sure else table | self._within(bound)
            self._allowed[key] = self._tables.once(table)
        return self._allowed[key]

    # --- caveats and least contributions --------------------------------------------------

    def _bound(self, nation: str, capability: str, period: int, task: Task) -> _Bound:
        """Without least contributions."""
        caveats = self._caveats(nation, capability, period, task)
        day = self._day(task, period) if any(_company(c.requires) for c in caveats) else 0
        holding = self._holding[period] if caveats else frozenset()
        return _Bound(nation, task.id, tuple(caveat.id for caveat in caveats), holding, day)

    def _least(
        self, nation: str, capability: str, period: int, task: Task
    ) -> tuple[tuple[int, tuple[Coming, ...]], ...]:
        lines = [line for line in task.lines if capability in line.weights]
        if self._sure or any(line.min_contribution <= 1 for line in lines):
            return ()
        return tuple(
            (line.min_contribution, self._to_line(nation, line, period, task)) for line in lines
        )

    def _to_line(self, nation: str, line: Line, period: int, task: Task) -> tuple[Coming, ...]:
        """What the nation could bring to the line in the period, however little."""
        return tuple(
            Coming(
                nation,
                self._units.free((nation, capability), (period,), (task,)),
                frozenset({self._bound(nation, capability, period, task)}),
            )
            for capability in sorted(line.weights)
            if (nation, capability) in self._problem.availability
        )

    def _caveats(self, nation: str, capability: str, period: int, task: Task) -> tuple[Caveat, ...]:
        return tuple(
            caveat
            for caveat in self._problem.caveats_on(nation, task.id)
            if period in caveat.periods and capability in caveat.capabilities
        )

    def _within(self, bound: _Bound) -> Worlds:
        """Where the nation may send, none of the caveats binds, and what it could send is enough
        for a line to take it."""
        table = self._asked(bound.nation, bound.task)
        for caveat in self._problem.caveats_on(bound.nation, bound.task):
            if caveat.id in bound.caveats:
                table = table & self._waiver(caveat, bound)
        if not bound.least:
            return table
        reached = self._worlds.nothing()
        for units, brought in bound.least:
            parts = self.parts([(1, coming) for coming in brought])
            reached |= self._worlds.at_least(units, parts)
        return table & reached

    def _asked(self, nation: str, task: str) -> Worlds:
        """Where the nation may send: switches that are nations are about one task."""
        if self._scope.nations is None or task != self._scope.task:
            return self._worlds.everything()
        return self._conditions.switched_on("nation", nation)

    def _waiver(self, caveat: Caveat, bound: _Bound) -> Worlds:
        """As `_waived`, which is the same for all its capabilities, and for all periods in which
        the same holds and the same nations may be there."""
        key = (caveat.nation, caveat.id, bound.task, bound.holding, bound.day)
        if key not in self._waivers:
            alike = next(p for p, held in self._holding.items() if held == bound.holding)
            task = self._problem.task(bound.task)
            self._waivers[key] = self._waived(caveat, task, bound.day or alike)
        return self._waivers[key]

    def _waived(self, caveat: Caveat, task: Task, period: int) -> Worlds:
        """Where the caveat does not bind. A limit on people still lets some come, and lets
        nothing come for sure."""
        self._check()
        if caveat.max_personnel is not None and not self._sure:
            return self._worlds.everything()
        holds = self.holds(caveat.requires, period, task, caveat.nation)
        return holds | self._conditions.switched_on("caveat", caveat.id)

    # --- company --------------------------------------------------------------------------

    def holds(self, condition: Condition, period: int, task: Task, own: str = "") -> Worlds:
        """Return where the condition, asked for at the task, holds in the period.

        own: the nation whose caveat it is, which is there itself.
        """
        beside = {task.id} if self._sure else self._scope.tasks

        def joins(nation: str) -> Worlds:
            if nation == own:
                return self._worlds.everything()
            return self._could_be_there(nation, self._day(task, period), task)

        def leads(nation: str) -> Worlds:
            """Whoever could come in every period could lead; for sure nobody does: shares are
            nothing to sums."""
            if self._sure:
                return self._worlds.nothing()
            table = self._worlds.everything()
            for day in self._different_days(task) if nation != own else ():
                table = table & self._could_be_there(nation, day, task)
            return table

        return self._conditions.of(condition, period, joins, beside.__contains__, leads)

    def _could_be_there(self, nation: str, day: int, task: Task) -> Worlds:
        return self._present.get((task.id, nation, day), self._worlds.nothing())

    def _day(self, task: Task, period: int) -> int:
        """The first period that is like this one in all that tells who may be at the task."""
        return self._days.get((task.id, period), period)

    def _different_days(self, task: Task) -> list[int]:
        return sorted({self._day(task, period) for period in task.periods})

    def _find_company(self, task: Task) -> None:
        """Where each nation that somebody asks for could come: the most nations that each find
        the company they ask for themselves, found from above."""
        asking = [c.requires for c in self._problem.caveats if task.id in c.tasks]
        named = frozenset[str]().union(*map(_company, [task.requires, *asking]))
        if not named:
            return
        self._find_days(task)
        waiting = {(n, day) for n in named for day in self._different_days(task)}
        self._present |= {(task.id, n, day): self._asked(n, task.id) for n, day in waiting}
        while waiting:
            found = {(task.id, n, day): self._comes(n, day, task) for n, day in waiting}
            same, before = self._worlds.same, self._present
            moved = {key[1] for key, now in found.items() if not same(now, before[key])}
            self._present |= found
            # Whoever names nobody that moved may come where he could.
            again = {nation for nation in named if moved & self._partners(nation, task)}
            waiting = {(n, day) for n in again for day in self._different_days(task)}
            self._waivers = {k: t for k, t in self._waivers.items() if k[0] not in again}
            self._allowed = {k: t for k, t in self._allowed.items() if k[0] not in again}
            self._comings = {k: t for k, t in self._comings.items() if k.nation not in again}

    def _find_days(self, task: Task) -> None:
        pools = sorted(p for p in self._problem.availability if p[1] in task.capabilities)
        first: dict[object, int] = {}
        for period in task.periods:
            alike = (
                self._holding[period],
                tuple(self._caveats(*pool, period, task) for pool in pools),
                tuple(self._units.free(pool, (period,), (task,)) for pool in pools),
            )
            self._days[task.id, period] = first.setdefault(alike, period)

    def _partners(self, nation: str, task: Task) -> frozenset[str]:
        """The nations that its caveats on the task ask for."""
        asked = [_company(c.requires) for c in self._problem.caveats_on(nation, task.id)]
        return frozenset[str]().union(*asked)

    def _comes(self, nation: str, period: int, task: Task) -> Worlds:
        """Where the nation sends the task anything."""
        table = self._worlds.nothing()
        for capability in sorted(task.capabilities):
            table |= self.present(nation, capability, period, task)
        return table


def _company(condition: Condition) -> frozenset[str]:
    return nations_in(condition) | leaders_in(condition)
