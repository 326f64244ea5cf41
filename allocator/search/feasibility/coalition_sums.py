"""Sums of one coalition at a time: which are too weak for certain, and which are strong enough.

As `world_sums`, for switches that are nations and too many for a table of all their sets. What a
nation brings depends on its company; the largest company in which every nation finds the partners
it asks for is found from above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from allocator.inputs.conditions import Condition, holds, leaders_in, nations_in
from allocator.inputs.problem import Caveat, Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.splits import Ways, components, ways
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.minimal_sets.families import Mask

Company = frozenset[str]
Row = tuple[int, ...]
"""What a nation brings, or what is needed, column by column."""

Demand = Sequence[Row]
"""Ways to meet it, each enough by itself."""


class CoalitionSums:
    """The sums of one scope whose switches are nations; a mask says which may contribute."""

    def __init__(self, problem: Problem, scope: Scope, elements: Sequence[Switch]) -> None:
        names = [name for _, name in elements]
        self._at_most = _Totals(_AtMost(problem, scope), problem, scope, names)
        self._for_sure = _Totals(_ForSure(problem, scope), problem, scope, names)

    def refute(self, on: Mask) -> bool:
        """True where all that these nations could bring is too little."""
        return not self._at_most.enough(on)

    def prove(self, on: Mask) -> bool:
        """True where what they bring for sure, in all periods alike, is enough."""
        return self._for_sure.enough(on)


class _Side(Protocol):
    """What counts: the most that could come, or what comes for sure."""

    @property
    def demands(self) -> Sequence[Demand]: ...

    def brings(self, nation: str, company: Company) -> Row: ...

    def condition(self, company: Company) -> bool:
        """Whether the task's own condition lets it be staffed in this company."""


class _AtMost:
    """The needs of `Reach`, each capability's units in each period, and in each period the sums
    that say whether lines can share them."""

    def __init__(self, problem: Problem, scope: Scope) -> None:
        self._problem = problem
        self._world = scope.world
        self._task = problem.task(scope.task or "")
        self._reach = SupplyBound(problem, self._task)
        self._capabilities = sorted(self._task.capabilities)
        self._ways = [found for lines in components(self._task) if (found := ways(lines))]

    @property
    def demands(self) -> Sequence[Demand]:
        needs = tuple(need.units for need in self._reach.needs)
        cells = len(self._capabilities) * len(self._task.periods)
        per_period = self._ways * len(self._task.periods)
        return [*_demands([[needs]]), *_demands(_of(per_period), len(needs) + cells)]

    def brings(self, nation: str, company: Company) -> Row:
        around = Assumptions(self._world, company=company)
        by_period = [self._units(nation, period, around) for period in self._task.periods]
        cells = (number for units in by_period for number in units.values())
        sums = (total for units in by_period for total in _sums(self._ways, units))
        return (*self._reach.supply(nation, around), *cells, *sums)

    def _units(self, nation: str, period: int, around: Assumptions) -> dict[str, int]:
        return {
            capability: self._reach.most(nation, capability, (period,), around)
            if (nation, capability) in self._problem.availability
            else 0
            for capability in self._capabilities
        }

    def condition(self, company: Company) -> bool:
        return self._reach.condition_holds(Assumptions(self._world, company=company))


class _ForSure:
    """Each capability's units that are kept up in all periods, nothing released."""

    def __init__(self, problem: Problem, scope: Scope) -> None:
        self._problem = problem
        self._world = scope.world
        self._task = problem.task(scope.task or "")
        self._reach = SupplyBound(problem, self._task)
        self._capabilities = sorted(self._task.capabilities)
        found = [ways(lines) for lines in components(self._task)]
        self._ways = [one for one in found if one]
        self._clear = self._reach.simple and len(self._ways) == len(found)

    @property
    def demands(self) -> Sequence[Demand]:
        """One that nothing meets where more than units is asked for."""
        return _demands(_of(self._ways), len(self._capabilities)) if self._clear else [[]]

    def brings(self, nation: str, company: Company) -> Row:
        around = Assumptions(self._world)
        units = {
            capability: self._reach.steady_free(nation, capability, around)
            if (nation, capability) in self._problem.availability
            and all(self._waived(c, company) for c in self._caveats(nation, capability))
            else 0
            for capability in self._capabilities
        }
        return (*units.values(), *_sums(self._ways, units))

    def _caveats(self, nation: str, capability: str) -> Iterator[Caveat]:
        caveats = self._problem.caveats_on(nation, self._task.id)
        return (caveat for caveat in caveats if capability in caveat.capabilities)

    def _waived(self, caveat: Caveat, company: Company) -> bool:
        """Whether the caveat binds in no period; a limit on people lets nothing come for sure."""
        periods = caveat.periods & set(self._task.periods)
        return all(
            holds(caveat.requires, self._world.holding(p), company, {self._task.id})
            for p in periods
        )

    def condition(self, company: Company) -> bool:
        return all(
            holds(self._task.requires, self._world.holding(p), company, {self._task.id})
            for p in self._task.periods
        )


def _of(found: Sequence[Ways]) -> Sequence[Sequence[Row]]:
    return [one.needs for one in found]


def _sums(found: Sequence[Ways], units: Mapping[str, int]) -> Iterator[int]:
    for one in found:
        for weights in one.sums:
            yield sum(weight * units[capability] for capability, weight in weights.items())


def _demands(blocks: Sequence[Sequence[Row]], before: int = 0) -> list[Demand]:
    """Blocks of columns side by side after so many others: in each of them one of its rows is to
    be met. Columns that a row does not reach to need nothing."""
    found: list[Demand] = []
    for rows in blocks:
        found.append([(*(0,) * before, *row) for row in rows])
        before += len(rows[0])
    return found


def _company(condition: Condition) -> frozenset[str]:
    """The nations that the condition may turn on: who joins could also lead."""
    return nations_in(condition) | leaders_in(condition)


class _Totals:
    """What coalitions bring, added up. What a nation brings in which company is remembered.

    A row is one integer with a field for each column, so that rows add up, and are compared with
    a need, in one step; the highest bit of a field says whether it reaches what it is compared
    with.
    """

    def __init__(self, side: _Side, problem: Problem, scope: Scope, names: Sequence[str]) -> None:
        self._side = side
        self._names = names
        self._members = [(number, 1 << number) for number in range(len(names))]
        task = scope.task or ""
        self._named = [
            self._mask(name for c in problem.caveats_on(n, task) for name in _company(c.requires))
            for n in names
        ]
        self._choosy = [member for member in self._members if self._named[member[0]]]
        self._named_by_task = self._mask(_company(problem.task(task).requires))
        brought = [side.brings(name, frozenset(names)) for name in names]
        rows = [row for demand in side.demands for row in demand]
        most = max(map(sum, zip(*brought, strict=True)), default=0)
        self._width = 1 + max([most, *(units for row in rows for units in row)]).bit_length()
        columns = range(max(map(len, (*brought, *rows)), default=0))
        self._reached = self._packed(1 << (self._width - 1) for _ in columns)
        self._demands = [[self._packed(way) for way in demand] for demand in side.demands]
        self._rows: dict[tuple[int, Mask], int] = {}
        self._holding: dict[Mask, bool] = {}
        self._useful = sum(bit for number, bit in self._members if any(brought[number]))

    def enough(self, on: Mask) -> bool:
        present = self._company(on)
        if not self._condition(present):
            return False
        total = reached = self._reached
        for number, bit in self._members:
            if present & bit:
                total += self._row(number, present)
        return all(
            any((total - way) & reached == reached for way in demand) for demand in self._demands
        )

    def _company(self, on: Mask) -> Mask:
        """The most nations of the coalition that bring something, each in the company of all."""
        present = on & self._useful
        while True:
            lonely = sum(
                bit
                for number, bit in self._choosy
                if present & bit and not self._row(number, present)
            )
            if not lonely:
                return present
            present &= ~lonely

    def _row(self, number: int, present: Mask) -> int:
        key = (number, present & self._named[number])
        if key not in self._rows:
            name = self._names[number]
            self._rows[key] = self._packed(self._side.brings(name, self._company_of(key[1], name)))
        return self._rows[key]

    def _condition(self, present: Mask) -> bool:
        key = present & self._named_by_task
        if key not in self._holding:
            self._holding[key] = self._side.condition(self._company_of(key))
        return self._holding[key]

    def _packed(self, row: Iterable[int]) -> int:
        return sum(units << (column * self._width) for column, units in enumerate(row))

    def _company_of(self, mask: Mask, *more: str) -> Company:
        return frozenset([*(self._names[n] for n, bit in self._members if mask & bit), *more])

    def _mask(self, names: Iterable[str]) -> Mask:
        return sum(1 << self._names.index(name) for name in set(names) if name in self._names)
