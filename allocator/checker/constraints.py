"""Rows of whole numbers over what is sent, and who does what: `sum of coefficient * variable >=
least`."""

from __future__ import annotations

from typing import NamedTuple

from allocator.inputs.conditions import Condition, leaders_in, nations_in, tasks_in


class Variable(NamedTuple):
    """What a row counts.

    kind: `units` sent of a capability to a line in a period, or one of 0 and 1: whether the task
    is `staffed`, whether the nation `contributes` to it at all, `leads` it, or `sends` the line
    anything in the period.
    """

    kind: str
    task: str
    nation: str = ""
    line: str = ""
    capability: str = ""
    period: int = 0


class Place(NamedTuple):
    """Which row it is: the rule, and what it is about, as far as the rule tells apart. `what`
    tells rows of one rule apart; a caveat by its id, what a condition cannot hold without by its
    own."""

    rule: str
    what: str
    task: str = ""
    nation: str = ""
    line: str = ""
    capability: str = ""
    period: int = 0


class Unless(NamedTuple):
    """A condition that lifts a row where it could hold: at a task, in a period, with no other
    nations there than these, and no other tasks staffed."""

    condition: Condition
    task: str
    period: int
    nations: frozenset[str]
    tasks: frozenset[str]

    @classmethod
    def of(cls, condition: Condition, task: str, period: int) -> Unless:
        """The condition, with all nations and tasks that it names."""
        nations = nations_in(condition) | leaders_in(condition)
        return cls(condition, task, period, nations, tasks_in(condition))

    def without_nation(self, nation: str) -> Unless:
        """The same where this nation is not at the task."""
        return self._replace(nations=self.nations - {nation})

    def without_task(self, task: str) -> Unless:
        """The same where this task is not staffed."""
        return self._replace(tasks=self.tasks - {task})


class Row(NamedTuple):
    """`sum of coefficient * variable >= least`, unless a condition could hold."""

    place: Place
    terms: tuple[tuple[Variable, int], ...]
    least: int
    unless: Unless | None = None


Terms = list[tuple[Variable, int]]
Bounds = dict[Variable, tuple[int, int]]


def make_row(place: Place, terms: Terms, least: int, unless: Unless | None = None) -> Row:
    """A row, each variable named once."""
    return Row(place, tuple((v, c) for v, c in added_up(terms).items() if c), least, unless)


def added_up(terms: Terms) -> dict[Variable, int]:
    """Coefficients by variable, of one that is named several times together."""
    found: dict[Variable, int] = {}
    for variable, coefficient in terms:
        found[variable] = found.get(variable, 0) + coefficient
    return found
