"""What a side states, one value a row or cell, in a form that two sides can be compared in.

Each value says in which direction another one in its place would pull, and what its cells hold.
Figures by period are over the longer of both horizons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, Self

from allocator.analysis.comparison.directions import (
    Direction,
    each_more_helps,
    larger_helps,
    more_helps,
    together,
    turned,
    weaker_helps,
)
from allocator.inputs.conditions import Condition, show
from allocator.inputs.firmness import COUNTS
from allocator.inputs.schema.calendar import Calendar
from allocator.words import listing

Question = Literal["now", "best"]
"""Whether the task can be staffed in the world as it is, or with all open preconditions met."""

NEVER = float("inf")

NUMBERS = Calendar(0)
"""Periods that are numbers alone."""


class Value(Protocol):
    """`added`: where it pulls when it comes into tables that had nothing in its place."""

    @property
    def added(self) -> Direction: ...

    def towards(self, after: Self, question: Question) -> Direction: ...

    def cells(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Standing:
    """How it stands with a precondition: from when it is brought about (None: not), its status,
    and what holds with it."""

    start: int | None
    status: str
    implies: frozenset[str]
    calendar: Calendar = field(default=NUMBERS, compare=False)
    added: ClassVar[Direction] = "helps"

    def towards(self, after: Standing, question: Question) -> Direction:
        begin = more_helps(-self._from(question), -after._from(question))
        return together((begin, larger_helps(self.implies, after.implies)))

    def _from(self, question: Question) -> float:
        if question == "best" and self.status == "open":
            return 1
        return NEVER if self.start is None else self.start

    @property
    def begins(self) -> str:
        """The period from which it holds, with its months where they are known."""
        return "" if self.start is None else f"period {self.calendar.named(self.start)}"

    def cells(self) -> Mapping[str, str]:
        start = f"holds from {self.begins}" if self.begins else "does not hold"
        return {"world": start, "status": self.status, "implies": listing(sorted(self.implies))}


ABSENT = Standing(None, "ruled_out", frozenset())
"""A precondition that the tables do not have: it does not hold and cannot be brought about."""


@dataclass(frozen=True)
class Held:
    """Units of a nation's capability, period by period; all its rows together. `named`: the
    periods of the rows, where offers stand in for what no row says; else None. taken_twice: where
    the sides have different commitments that take the rest of them, both take it in a mixture."""

    units: tuple[int, ...]
    calendar: Calendar = field(default=NUMBERS, compare=False)
    named: frozenset[int] | None = None
    taken_twice: bool = field(default=False, compare=False)

    @property
    def added(self) -> Direction:
        """A first row takes the place of what is taken from offers, which may have been more."""
        return "helps" if self.named is None and not self.taken_twice else "unclear"

    def towards(self, after: Held, question: Question) -> Direction:
        if self.named != after.named:
            return "unclear"
        found = each_more_helps(self.units, after.units)
        return "unclear" if self.taken_twice and found != "same" else found

    def cells(self) -> Mapping[str, str]:
        return {"quantity": by_period(self.units, self.calendar)}


@dataclass(frozen=True)
class Committed:
    """`rest` among the units: what is left in that period. beside_rest: a commitment of the pool
    takes the rest, on one side or the other, and so makes up for whatever another leaves."""

    nation: str
    capability: str
    units: tuple[int | str, ...]
    rotating: bool
    release_requires: Condition
    calendar: Calendar = field(default=NUMBERS, compare=False)
    beside_rest: bool = field(default=False, compare=False)

    @property
    def added(self) -> Direction:
        return "unclear" if self.beside_rest else "hinders"

    def towards(self, after: Committed, question: Question) -> Direction:
        if self == after:
            return "same"
        if self.beside_rest or after.beside_rest:
            return "unclear"
        if (self.nation, self.capability) != (after.nation, after.capability):
            return "unclear"
        # A rotating commitment takes a standing one's units and their relief.
        return together(
            (
                turned(each_more_helps(_figures(self.units), _figures(after.units))),
                turned(more_helps(self.rotating, after.rotating)),
                weaker_helps(self.release_requires, after.release_requires),
            )
        )

    def cells(self) -> Mapping[str, str]:
        return {
            "nation": self.nation,
            "capability": self.capability,
            "quantity": by_period(self.units, self.calendar),
            "rotating": "yes" if self.rotating else "no",
            "release_requires": show(self.release_requires),
        }


@dataclass(frozen=True)
class Limit:
    """A caveat: `scope` by column, an empty one matching all; `people` None is none at all."""

    nation: str
    scope: tuple[tuple[str, frozenset[str]], ...]
    periods: frozenset[int]
    requires: Condition
    people: int | None
    calendar: Calendar = field(default=NUMBERS, compare=False)
    added: ClassVar[Direction] = "hinders"

    def towards(self, after: Limit, question: Question) -> Direction:
        if self.nation != after.nation:
            return "unclear"
        scopes = zip(self.scope, after.scope, strict=True)
        return together(
            (
                *(_narrower_helps(before, then) for (_, before), (_, then) in scopes),
                turned(larger_helps(self.periods, after.periods)),
                weaker_helps(self.requires, after.requires),
                more_helps(_people(self.people), _people(after.people)),
            )
        )

    def cells(self) -> Mapping[str, str]:
        scope = {column: listing(sorted(names)) or "any" for column, names in self.scope}
        return {
            "nation": self.nation,
            **scope,
            "periods": self.calendar.phrase(self.periods),
            "requires": show(self.requires),
            "max_personnel": "none at all" if self.people is None else f"{self.people:,}",
        }


@dataclass(frozen=True)
class Offered:
    """An offer that is valid on the side's day: `units` by period, an empty `tasks` being any."""

    nation: str
    capability: str
    units: tuple[int, ...]
    periods: frozenset[int]
    tasks: frozenset[str]
    status: str
    requires: Condition
    added: ClassVar[Direction] = "helps"

    def towards(self, after: Offered, question: Question) -> Direction:
        if (self.nation, self.capability) != (after.nation, after.capability):
            return "unclear"
        return together(
            (
                each_more_helps(self.units, after.units),
                larger_helps(self.periods, after.periods),
                turned(_narrower_helps(self.tasks, after.tasks)),
                turned(more_helps(COUNTS.index(self.status), COUNTS.index(after.status))),
                weaker_helps(self.requires, after.requires),
            )
        )

    def cells(self) -> Mapping[str, str]:
        return {
            "nation": self.nation,
            "capability": self.capability,
            "quantity": by_period(self.units),
            "task": listing(sorted(self.tasks)) or "any",
            "status": self.status,
            "requires": show(self.requires),
        }


@dataclass(frozen=True)
class Counted:
    """The status from which offers are counted, or the inventory."""

    count: str
    added: ClassVar[Direction] = "unclear"

    def towards(self, after: Counted, question: Question) -> Direction:
        return more_helps(COUNTS.index(self.count), COUNTS.index(after.count))

    def cells(self) -> Mapping[str, str]:
        return {"count": self.count}


@dataclass(frozen=True)
class Unit:
    """What counts of a capability. `offered`: a pool of it may be taken from offers, and then
    grows with the rotation."""

    personnel: int
    rotation: int
    domain: str
    offered: bool = False
    added: ClassVar[Direction] = "same"

    def towards(self, after: Unit, question: Question) -> Direction:
        same = (self.personnel, self.domain) == (after.personnel, after.domain)
        rotation = turned(more_helps(self.rotation, after.rotation))
        if self.offered and rotation != "same":
            rotation = "unclear"
        return together((rotation, "same" if same else "unclear"))

    def cells(self) -> Mapping[str, str]:
        return {
            "personnel": f"{self.personnel:,}",
            "rotation": str(self.rotation),
            "domain": self.domain,
        }


@dataclass(frozen=True)
class Cell:
    """One cell of a model."""

    column: str
    value: Any
    text: str
    compare: Callable[[Any, Any], Direction] = field(compare=False)
    added: ClassVar[Direction] = "unclear"

    def towards(self, after: Cell, question: Question) -> Direction:
        return self.compare(self.value, after.value)

    def cells(self) -> Mapping[str, str]:
        return {self.column: self.text}


@dataclass(frozen=True)
class Whole:
    """A task or line that one of the models does not have; one that both have is compared cell by
    cell."""

    kind: Literal["task", "line"]
    text: str = field(compare=False)
    reinforced: bool = field(default=False, compare=False)
    """Whether a task on either side is its reserve, and would come under caveats on it."""

    @property
    def added(self) -> Direction:
        """A further task is a chance for those that name it. A further line is a need, and a way
        for nations to take part, which rules of composition and `joins` may ask for."""
        return "helps" if self.kind == "task" and not self.reinforced else "unclear"

    def towards(self, after: Whole, question: Question) -> Direction:
        return "same"

    def cells(self) -> Mapping[str, str]:
        return {self.kind: self.text}


def by_period(units: tuple[int | str, ...], calendar: Calendar = NUMBERS) -> str:
    """`4`, or `4 in periods 1-2, 6 in period 3`."""
    if len(set(units)) == 1:
        return _figure(units[0])
    when: dict[int | str, list[int]] = {}
    for period, quantity in enumerate(units, 1):
        when.setdefault(quantity, []).append(period)
    phrase = calendar.phrase
    return ", ".join(f"{_figure(units)} in {phrase(found)}" for units, found in when.items())


def _figures(units: tuple[int | str, ...]) -> tuple[int, ...]:
    """Of a pool of which nothing takes the rest."""
    return tuple(quantity for quantity in units if isinstance(quantity, int))


def _figure(units: int | str) -> str:
    return units if isinstance(units, str) else f"{units:,}"


def _narrower_helps(before: frozenset[str], after: frozenset[str]) -> Direction:
    """Of scopes; blank matches all."""
    if bool(before) != bool(after):
        return "hinders" if before else "helps"
    return turned(larger_helps(before, after))


def _people(most: int | None) -> int:
    return -1 if most is None else most
