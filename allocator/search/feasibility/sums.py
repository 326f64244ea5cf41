"""Sums over many worlds: which answers need no search.

`Reach` bounds what each nation could bring; here the bounds are added up for a set of switches and
remembered. `world_sums` does the same for all sets at once.
"""

from __future__ import annotations

from collections.abc import Callable

from allocator.inputs.conditions import preconditions_in
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.results.certificate import Proof
from allocator.results.result import Allocation
from allocator.search.feasibility.greedy import fill
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.minimal_sets.families import Mask, bits


class Sums:
    """Whether a sum proves a no; supplies are remembered by what they depend on."""

    def __init__(self, problem: Problem, scope: Scope, elements: tuple[Switch, ...]) -> None:
        task = problem.task(scope.task or "")
        self._problem = problem
        self._scope = scope
        self._elements = elements
        self._task = task
        self._reach = SupplyBound(problem, task)
        self._needs = [need.units for need in self._reach.needs]
        capabilities = task.capabilities
        self._nations = sorted(
            {nation for nation, capability in problem.availability if capability in capabilities}
        )
        self._not_nations = sum(
            1 << position for position, (kind, _) in enumerate(elements) if kind != "nation"
        )
        self._nation_bit = {
            name: 1 << position
            for position, (kind, name) in enumerate(elements)
            if kind == "nation"
        }
        self._relevant = {
            nation: _relevant(problem, task.id, nation, elements) for nation in self._nations
        }
        self._asked_for = _naming(problem, preconditions_in(task.requires), elements)
        self._supplies: dict[tuple[str, Mask], tuple[int, ...]] = {}
        self._conditions: dict[Mask, bool] = {}
        self._steady: dict[tuple[str, str, Mask], int] = {}

    def refute(self, on: Mask) -> bool:
        """True where a sum, or the task's own condition, shows that the answer is no."""
        around = on & self._not_nations
        return not self._condition(around) or any(units > 0 for units in self._missing(on))

    def proof(self, on: Mask) -> Proof | None:
        """What shows that the answer is no; of several sums that of the fewest lines and
        periods. None where nothing here does."""
        if not self._condition(on & self._not_nations):
            return Proof(by="condition")
        short = [
            (need, units)
            for need, units in zip(self._reach.needs, self._missing(on), strict=True)
            if units > 0
        ]
        if not short:
            return None
        need, units = min(short, key=lambda s: (len(s[0].lines), len(s[0].periods), s[0].periods))
        return Proof(
            by="sum",
            lines=need.lines,
            periods=need.periods,
            need=need.units,
            supply=need.units - units,
        )

    def _missing(self, on: Mask) -> list[int]:
        """By how much each need exceeds what could come, in weighted units."""
        missing = list(self._needs)
        for nation in self._asked(on):
            for index, units in enumerate(self._supply(nation, on & self._not_nations)):
                missing[index] -= units
        return missing

    def _asked(self, on: Mask) -> list[str]:
        """The nations that may come."""
        if self._scope.nations is None:
            return self._nations
        return [nation for nation in self._nations if on & self._nation_bit.get(nation, 0)]

    def guess(self, on: Mask) -> Allocation | None:
        """An allocation for these switches without a search, for the checker to judge."""
        around = on & self._not_nations

        def steady(nation: str, capability: str) -> int:
            key = (nation, capability, around & self._relevant[nation])
            if key not in self._steady:
                known = self._circumstances(key[2])
                self._steady[key] = self._reach.steady(nation, capability, known)
            return self._steady[key]

        return fill(self._problem, self._task, self._asked(on), steady)

    def _condition(self, around: Mask) -> bool:
        key = around & self._asked_for
        if key not in self._conditions:
            self._conditions[key] = self._reach.condition_holds(self._circumstances(key))
        return self._conditions[key]

    def _supply(self, nation: str, around: Mask) -> tuple[int, ...]:
        key = (nation, around & self._relevant[nation])
        if key not in self._supplies:
            self._supplies[key] = self._reach.supply(nation, self._circumstances(key[1]))
        return self._supplies[key]

    def _circumstances(self, on: Mask) -> Assumptions:
        chosen = chosen_names(self._elements, on)
        return Assumptions(
            self._problem.meeting(self._scope.world, chosen("precondition")),
            frozenset(chosen("caveat")),
            frozenset(chosen("commitment")),
        )


def chosen_names(elements: tuple[Switch, ...], on: Mask) -> Callable[[str], list[str]]:
    """The names of the switches that are on, by kind."""
    chosen = [elements[element.bit_length() - 1] for element in bits(on)]
    return lambda kind: [name for of, name in chosen if of == kind]


def _relevant(problem: Problem, task: str, nation: str, elements: tuple[Switch, ...]) -> Mask:
    """The switches that can change what the nation could bring to the task."""
    conditions = [caveat.requires for caveat in problem.caveats_on(nation, task)]
    own = {("caveat", caveat.id) for caveat in problem.caveats_on(nation, task)}
    for commitment in problem.commitments:
        if commitment.nation == nation:
            conditions.append(commitment.release_requires)
            own.add(("commitment", commitment.id))
    named = frozenset(name for condition in conditions for name in preconditions_in(condition))
    rows = sum(1 << position for position, element in enumerate(elements) if element in own)
    return rows | _naming(problem, named, elements)


def _naming(problem: Problem, named: frozenset[str], elements: tuple[Switch, ...]) -> Mask:
    """The precondition switches that bring one of these about."""
    return sum(
        1 << position
        for position, (kind, name) in enumerate(elements)
        if kind == "precondition" and named & problem.implied_by(name)
    )
