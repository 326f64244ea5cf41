"""Sums over all worlds at once: which are no for certain, and which are yes.

As `Reach`, with every nation's supply as units that come on where its caveats let it, and
`joins(N)` true only where N could come. What could come at the most refutes; what comes for sure
and steadily, enough for every group of lines, proves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from allocator.inputs.conditions import Condition, leaders_in, nations_in, preconditions_in
from allocator.inputs.problem import Caveat, Line, Problem
from allocator.model import Scope
from allocator.model.program import Check, go_on
from allocator.results.blocking import Switch
from allocator.search.feasibility.condition_tables import ConditionTables
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.splits import components, ways
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.minimal_sets.families import Mask, antichain
from allocator.search.minimal_sets.world_sets import Total, WorldSet, WorldSpace

MOST_RELEASES = 10
"""A pool that more switches than this can add to counts with its most, or with nothing more."""

Part = tuple[int, WorldSet]

# Periods are mostly alike: what a table hangs on is its key, and a table is made once a key.

_Bound = tuple[str, tuple[str, ...], frozenset[str]]
"""What lets a pool serve in a period: its nation, the caveats on it, what holds by then."""

_Allowed = tuple[str, frozenset[_Bound]]
"""The same over some periods; the nation again in front."""

_Steps = tuple[Mask, tuple[int, ...]]
"""Switches that units hang on, and the units with each set of them."""

_Coming = tuple[str, _Steps, _Allowed]
"""What a pool brings: its nation, its units, and where they may serve."""


class WorldSums:
    """The sums of one question over the sets of its switches.

    sure: what comes for certain is counted, not what could at the most. check: called again and
    again, since a table of all sets takes its time; it may raise to give the sums up.
    """

    def __init__(
        self,
        problem: Problem,
        scope: Scope,
        elements: tuple[Switch, ...],
        worlds: WorldSpace,
        *,
        sure: bool,
        check: Check = go_on,
    ) -> None:
        self._problem = problem
        self._scope = scope
        self._task = problem.task(scope.task or "")
        self._elements = elements
        self._worlds = worlds
        self._sure = sure
        self._check = check
        self._reach = SupplyBound(problem, self._task)
        self._conditions = ConditionTables(problem, scope.world, worlds, elements)
        self._pools = sorted(p for p in problem.availability if p[1] in self._task.capabilities)
        self._holding = {p: frozenset(scope.world.holding(p)) for p in problem.periods}
        self._waivers: dict[tuple[str, str, frozenset[str]], WorldSet] = {}
        self._allowed: dict[_Allowed, WorldSet] = {}
        self._comings: dict[_Coming, list[Part]] = {}
        self._steps: dict[_Steps, list[Part]] = {}
        self._frees: dict[tuple[tuple[str, str], tuple[int, ...]], _Steps] = {}
        self._tables: dict[int, list[WorldSet]] = {}
        self._met: dict[tuple[int, int], WorldSet] = {}
        self._present: dict[str, WorldSet] = {}

    def refuted(self) -> WorldSet:
        """The worlds in which everybody together has too little."""
        self._find_company()
        table = self._possible()
        seen = set()
        for need in self._reach.needs:
            brought = self._brought(dict(need.weights), need.periods)
            if (need.units, brought) not in seen:
                seen.add((need.units, brought))
                table &= self._worlds.at_least(need.units, self._parts(brought))
        for lines in components(self._task):
            for periods in self._told_apart(lines):
                if (shared := self._shared(lines, periods)) is not None:
                    table &= shared
        return self._worlds.invert(table)

    def proved(self) -> WorldSet:
        """The worlds in which steady contributions alone are sure to do."""
        if not self._reach.simple:
            return self._worlds.nothing()
        self._find_company()
        table = self._possible()
        for lines in components(self._task):
            shared = self._shared(lines, self._task.periods)
            table &= self._worlds.nothing() if shared is None else shared
        return table

    def _possible(self) -> WorldSet:
        """Where the task's own condition holds in all its periods."""
        table = self._worlds.everything()
        for period in self._task.periods:
            table &= self._holds(self._task.requires, period, "")
        return table

    def _told_apart(self, lines: Sequence[Line]) -> list[tuple[int, ...]]:
        """The task's periods, each by itself, without those in which the same comes as before."""
        capabilities = {capability: 1 for line in lines for capability in line.weights}
        alike = {
            self._brought(capabilities, (period,)): (period,)
            for period in reversed(self._task.periods)
        }
        return [*alike.values()]

    def _shared(self, lines: Sequence[Line], periods: tuple[int, ...]) -> WorldSet | None:
        """Where supplies can be shared out between lines so that all are met; None where there
        is no short way to say so. For sure, supplies are those kept up in all the periods."""
        found = ways(lines)
        if found is None:
            return None
        brought = (self._brought(weights, periods) for weights in found.sums)
        totals = [Total(self._worlds, self._parts(one)) for one in brought]
        reached: dict[tuple[int, int], WorldSet] = {}
        table = self._worlds.nothing()
        for needs in found.needs:
            met = self._worlds.everything()
            for step in enumerate(needs):
                if step not in reached:
                    reached[step] = totals[step[0]].at_least(step[1])
                met &= reached[step]
            table |= met
        return table

    # --- supply ---------------------------------------------------------------------------

    def _brought(
        self, weights: Mapping[str, int], periods: tuple[int, ...]
    ) -> tuple[tuple[int, _Coming], ...]:
        """What all pools bring over the periods, each with its capability's weight."""
        return tuple(
            (weight, self._coming(pool, periods))
            for pool in self._pools
            if (weight := weights.get(pool[1], 0))
        )

    def _parts(self, brought: Sequence[tuple[int, _Coming]]) -> list[Part]:
        """The same as units that come on in steps."""
        return [
            (weight * units, where)
            for weight, coming in brought
            for units, where in self._made(coming)
        ]

    def _made(self, coming: _Coming) -> list[Part]:
        if coming not in self._comings:
            nation, units, bounds = coming
            allowed = self._once(self._over(bounds) & self._asked(nation))
            self._comings[coming] = [
                (n, self._both(where, allowed)) for n, where in self._steps[units]
            ]
        return self._comings[coming]

    def _both(self, where: WorldSet, allowed: WorldSet) -> WorldSet:
        """Where the two tables, each one of those kept once, both have a world."""
        key = id(where), id(allowed)
        if key not in self._met:
            self._met[key] = self._once(where & allowed)
        return self._met[key]

    def _once(self, table: WorldSet) -> WorldSet:
        """The table, as the one object that stands for all that are equal to it: what many pools
        bring in the same worlds is then added up once."""
        known = self._tables.setdefault(int(table.sum()), [])
        for other in known:
            if (table == other).all():
                return other
        known.append(table)
        return table

    def _coming(self, pool: tuple[str, str], periods: tuple[int, ...]) -> _Coming:
        bounds = frozenset(self._bound(*pool, period) for period in periods)
        return pool[0], self._free(pool, periods), (pool[0], bounds)

    def _over(self, allowed: _Allowed) -> WorldSet:
        """Where a pool may serve in all the periods, or, at the most, in any of them."""
        if allowed not in self._allowed:
            tables = [self._within(bound) for bound in allowed[1]]
            table = tables[0]
            for other in tables[1:]:
                table = table & other if self._sure else table | other
            self._allowed[allowed] = table
        return self._allowed[allowed]

    def _asked(self, nation: str) -> WorldSet:
        if self._scope.nations is None:
            return self._worlds.everything()
        return self._conditions.switched_on("nation", nation)

    def _free(self, pool: tuple[str, str], periods: tuple[int, ...]) -> _Steps:
        """The pool's units, caveats apart, by what is released or lifted."""
        self._check()
        if (pool, periods) not in self._frees:
            self._frees[pool, periods] = self._make_free(pool, periods)
        return self._frees[pool, periods]

    def _make_free(self, pool: tuple[str, str], periods: tuple[int, ...]) -> _Steps:

        def units(on: Mask) -> int:
            around = self._circumstances(on)
            if self._sure:
                return self._reach.steady_free(*pool, around)
            return self._reach.free(*pool, periods, around)

        moving = self._moving(pool)
        if moving.bit_count() > MOST_RELEASES:
            found: _Steps = 0, (units(0 if self._sure else moving),)
        else:
            found = moving, tuple(units(on) for on in _submasks(moving))
        if found not in self._steps:
            values = dict(zip(_submasks(found[0]), found[1], strict=True))
            self._steps[found] = [
                (n, self._once(where))
                for n, where in steps(self._worlds, found[0], values.__getitem__)
            ]
        return found

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

    def _circumstances(self, on: Mask) -> Assumptions:
        chosen = [e for position, e in enumerate(self._elements) if on >> position & 1]
        met = [name for kind, name in chosen if kind == "precondition"]
        lifted = frozenset(name for kind, name in chosen if kind == "commitment")
        world = self._problem.meeting(self._scope.world, met)
        return Assumptions(world, frozenset(), lifted)

    # --- caveats and company --------------------------------------------------------------

    def _bound(self, nation: str, capability: str, period: int) -> _Bound:
        caveats = tuple(
            caveat.id
            for caveat in self._problem.caveats_on(nation, self._task.id)
            if period in caveat.periods and capability in caveat.capabilities
        )
        return nation, caveats, self._holding[period] if caveats else frozenset()

    def _within(self, bound: _Bound) -> WorldSet:
        """Where none of the caveats binds."""
        nation, caveats, holding = bound
        table = self._worlds.everything()
        for caveat in self._problem.caveats_on(nation, self._task.id):
            if caveat.id in caveats:
                table &= self._waiver(caveat, holding)
        return table

    def _waiver(self, caveat: Caveat, holding: frozenset[str]) -> WorldSet:
        """As `_waived`, which is the same for all its capabilities, and for all periods in which
        the same holds."""
        key = (caveat.nation, caveat.id, holding)
        if key not in self._waivers:
            period = next(p for p, held in self._holding.items() if held == holding)
            self._waivers[key] = self._waived(caveat, period)
        return self._waivers[key]

    def _waived(self, caveat: Caveat, period: int) -> WorldSet:
        """Where the caveat does not bind. A limit on people still lets some come, and lets
        nothing come for sure."""
        self._check()
        if caveat.max_personnel is not None and not self._sure:
            return self._worlds.everything()
        holds = self._holds(caveat.requires, period, caveat.nation)
        return holds | self._conditions.switched_on("caveat", caveat.id)

    def _holds(self, condition: Condition, period: int, own: str) -> WorldSet:
        beside = {self._task.id} if self._sure else self._scope.tasks

        def joins(nation: str) -> WorldSet:
            if nation == own:
                return self._worlds.everything()
            return self._present.get(nation, self._worlds.nothing())

        def leads(nation: str) -> WorldSet:
            """Whoever could come could lead; for sure nobody does: shares are nothing to sums."""
            return self._worlds.nothing() if self._sure else joins(nation)

        return self._conditions.of(condition, period, joins, beside.__contains__, leads)

    def _find_company(self) -> None:
        """Where each nation could come: the most nations that each find the company they ask
        for, found from above."""
        self._present = {nation: self._asked(nation) for nation, _ in self._pools}
        waiting = set(self._present)
        while waiting:
            found = {nation: self._comes(nation) for nation in waiting}
            moved = {n for n, table in found.items() if not (table == self._present[n]).all()}
            self._present |= found
            # Whoever names nobody that moved may come where he could.
            waiting = {n for n in self._present if moved & self._partners(n)}
            self._waivers = {k: t for k, t in self._waivers.items() if k[0] not in waiting}
            self._allowed = {k: t for k, t in self._allowed.items() if k[0] not in waiting}
            self._comings = {k: t for k, t in self._comings.items() if k[0] not in waiting}

    def _partners(self, nation: str) -> frozenset[str]:
        """The nations that its caveats on the task ask for."""
        asked = [caveat.requires for caveat in self._problem.caveats_on(nation, self._task.id)]
        return frozenset(n for one in asked for n in nations_in(one) | leaders_in(one))

    def _comes(self, nation: str) -> WorldSet:
        """Where the nation sends anything."""
        table = self._worlds.nothing()
        for pool in self._pools:
            if pool[0] == nation:
                table |= self._pool_comes(pool)
        return table

    def _pool_comes(self, pool: tuple[str, str]) -> WorldSet:
        """Where the pool sends anything: in all periods for sure, in any at the most."""
        periods = self._task.periods
        stretches = [periods] if self._sure else [(period,) for period in periods]
        table = self._worlds.nothing()
        for coming in {self._coming(pool, stretch) for stretch in stretches}:
            for units, where in self._made(coming):
                if units:
                    table |= where
        return table


def steps(worlds: WorldSpace, moving: Mask, value: Callable[[Mask], int]) -> Iterator[Part]:
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
