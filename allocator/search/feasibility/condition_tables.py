"""Conditions over all worlds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.inputs import conditions as c
from allocator.inputs.problem import Problem, World
from allocator.results.blocking import Switch
from allocator.search.minimal_sets.algebra import Space, Worlds


@dataclass(frozen=True)
class ConditionTables:
    """The worlds are the sets of these switches, on top of what holds in `base`."""

    problem: Problem
    base: World
    worlds: Space
    elements: Sequence[Switch]

    def of(
        self,
        condition: c.Condition,
        period: int,
        joins: Callable[[str], Worlds],
        staffed: Callable[[str], bool],
        leads: Callable[[str], Worlds],
    ) -> Worlds:
        """Return where the condition holds in the period, given where nations are at the task,
        which tasks are staffed, and where nations lead the task.

        joins: where a nation is at the task. leads: where a nation leads it.
        """
        match condition:
            case c.Always():
                return self.worlds.everything()
            case c.Never():
                return self.worlds.nothing()
            case c.Precondition(id=name):
                return self._precondition(name, period)
            case c.Joins(nation=nation):
                return joins(nation)
            case c.LedBy(nation=nation):
                return leads(nation)
            case c.Staffed(task=task):
                return self.constant(staffed(task))
        parts = [self.of(part, period, joins, staffed, leads) for part in condition.parts]
        return self.worlds.at_least(c.needed(condition), [(1, part) for part in parts])

    def constant(self, holds: bool) -> Worlds:
        return self.worlds.everything() if holds else self.worlds.nothing()

    def switched_on(self, kind: str, name: str) -> Worlds:
        """The worlds that have the switch; none where it is no element."""
        if (kind, name) not in self.elements:
            return self.worlds.nothing()
        return self.worlds.element(self.elements.index((kind, name)))

    def _precondition(self, name: str, period: int) -> Worlds:
        if self.base.starts.get(name, period + 1) <= period:
            return self.worlds.everything()
        table = self.worlds.nothing()
        for number, (kind, element) in enumerate(self.elements):
            if kind == "precondition" and name in self.problem.implied_by(element):
                table = table | self.worlds.element(number)
        return table
