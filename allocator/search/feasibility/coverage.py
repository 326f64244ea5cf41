"""In which worlds one allocation stands: the conditions that it needs, as a table.

The checker names what the allocation breaks where no open precondition is met; it stands exactly
where the conditions of those rows hold, since no other rule depends on the world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from allocator.checker import Violation, violations
from allocator.checker.case import Case
from allocator.inputs import conditions as c
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.results.result import Allocation
from allocator.search.feasibility.condition_tables import ConditionTables
from allocator.search.minimal_sets.world_sets import WorldSet, WorldSpace


class Coverage:
    """The tables of one scope whose switches are preconditions, in the order of the elements."""

    def __init__(
        self, problem: Problem, scope: Scope, worlds: WorldSpace, elements: Sequence[Switch]
    ) -> None:
        self._problem = problem
        self._scope = scope
        self.worlds = worlds
        self._tables = ConditionTables(problem, scope.world, worlds, elements)
        self._known: dict[object, WorldSet] = {}

    def of(self, allocation: Allocation) -> list[WorldSet] | None:
        """The allocation passes the checker in the worlds that all these tables have; None where
        it never does."""
        broken = violations(self._problem, self._scope.world, allocation, only=self._scope.tasks)
        tables: dict[int, WorldSet] = {}
        for violation in broken:
            needed = self._needed(violation, allocation)
            if needed is None:
                return None
            tables[id(needed)] = needed
        return list(tables.values())

    def _needed(self, violation: Violation, allocation: Allocation) -> WorldSet | None:
        """Where the condition holds whose failing broke the rule."""
        places: Mapping[str, str | int] = violation.places
        period, task = int(places.get("period", 0)), str(places.get("task", ""))
        match violation.rule:
            case "R4":
                return self._released(str(places["commitment"]), period, allocation)
            case "R5":
                caveat = self._problem.caveat(str(places["caveat"]))
                present = _present(allocation, task, period) | {caveat.nation}
                return self._table(caveat.requires, task, period, present, allocation)
            case "R10":
                present = _present(allocation, task, period)
                requires = self._problem.task(task).requires
                return self._table(requires, task, period, present, allocation)
        return None

    def _released(self, name: str, period: int, allocation: Allocation) -> WorldSet | None:
        """Where so much of the commitment may be released; None where it has no more."""
        known = next((c for c in self._problem.commitments if c.id == name), None)
        if known is None or period not in self._problem.periods:
            return None
        if not 0 <= allocation.released[name, period] <= known.quantity[period - 1]:
            return None
        return self._table(known.release_requires, "", period, frozenset(), allocation)

    def _table(
        self,
        condition: c.Condition,
        task: str,
        period: int,
        present: frozenset[str],
        allocation: Allocation,
    ) -> WorldSet:
        joining = present & c.nations_in(condition)
        leading = self._leading(condition, task, allocation)
        key = (condition, period, joining, leading, allocation.staffed)
        if key not in self._known:
            self._known[key] = self._tables.of(
                condition,
                period,
                lambda nation: self._tables.constant(nation in joining),
                allocation.staffed.__contains__,
                lambda nation: self._tables.constant(nation in leading),
            )
        return self._known[key]

    def _leading(self, condition: c.Condition, task: str, allocation: Allocation) -> frozenset[str]:
        """Of the nations that the condition asks for as leading the task, those that do."""
        named = c.leaders_in(condition)
        case = Case(self._problem, self._scope.world, allocation)
        return frozenset(nation for nation in named if case.leads(task, nation))


def _present(allocation: Allocation, task: str, period: int) -> frozenset[str]:
    return frozenset(key[0] for key in allocation.units if key[1] == task and key[4] == period)
