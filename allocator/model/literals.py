"""Conditions as 0/1 variables.

Conditions are monotone and only ever ask for something to be allowed, so one direction is
enough: a literal at 1 means that the condition holds; nothing forces it to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from allocator.inputs import conditions as c
from allocator.model.leading import leads

if TYPE_CHECKING:
    from allocator.model.variables import Variables

Literal = int
"""A variable of the program, or one of the two constants."""
TRUE: Literal = -1
FALSE: Literal = -2


class Literals:
    """The literals of one program, each made once."""

    def __init__(self, variables: Variables) -> None:
        self._v = variables
        self._made: dict[object, Literal] = {}

    def of(
        self, condition: c.Condition, task: str, period: int, nation: str | None = None
    ) -> Literal:
        """The condition asked for a task and period; `nation`: in whose caveat it stands."""
        match condition:
            case c.Always():
                return TRUE
            case c.Never():
                return FALSE
            case c.Precondition(id=name):
                return self._precondition(name, period)
            case c.Joins(nation=joining):
                return TRUE if joining == nation else self._joins(joining, task, period)
            case c.LedBy(nation=leading):
                return self._led_by(leading, task)
            case c.Staffed(task=other):
                return self._v.staffed.get(other, FALSE)
        parts = [self.of(part, task, period, nation) for part in condition.parts]
        return self.at_least(c.needed(condition), parts)

    def at_least(self, count: int, literals: Iterable[Literal]) -> Literal:
        """1 only where at least `count` of the literals are; a repeated one counts each time."""
        open_ = []
        for literal in literals:
            count -= literal == TRUE
            if literal >= 0:
                open_.append(literal)
        if count <= 0:
            return TRUE
        if count > len(open_):
            return FALSE
        if len(open_) == 1:
            return open_[0]
        return self._once((count, tuple(sorted(open_))), lambda b: self._count(count, open_, b))

    def switch(self, kind: str, name: str) -> Literal:
        """The scope's switch of that kind and name; FALSE where the scope has none."""
        return self._v.switches.get((kind, name), FALSE)

    def _precondition(self, name: str, period: int) -> Literal:
        starts = self._v.scope.world.starts
        if starts.get(name, period + 1) <= period:
            return TRUE
        implying = [
            self.switch("precondition", other)
            for other in self._v.scope.preconditions
            if name in self._v.problem.implied_by(other)
        ]
        return self.at_least(1, implying)

    def _joins(self, nation: str, task: str, period: int) -> Literal:
        units = [(1, s.variable) for s in self._v.at(task, period) if s.nation == nation]
        if not units:
            return FALSE
        program = self._v.program
        return self._once(
            ("joins", nation, task, period), lambda b: program.at_least([*units, (-1, b)], 0)
        )

    def _led_by(self, nation: str, task_id: str) -> Literal:
        task = self._v.problem.task(task_id)
        if task.lead is None or not task.may_be_led_by(nation):
            return FALSE
        return leads(self._v, task, task.lead, nation)

    def _count(self, count: int, literals: list[Literal], variable: int) -> None:
        terms = [(1, literal) for literal in literals]
        self._v.program.at_least([*terms, (-count, variable)], 0)

    def _once(self, key: object, define: Callable[[int], None]) -> Literal:
        if key not in self._made:
            variable = self._made[key] = self._v.program.boolean()
            with self._v.defining(variable):
                define(variable)
        return self._made[key]
