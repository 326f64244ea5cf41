"""The kinds of values that options take: how one is read, and held against a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from allocator.errors import UsageError
from allocator.inputs.options import values
from allocator.near import or_all

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem

KNOWN: Mapping[str, Callable[[Problem], Iterable[str]]] = {
    "task": lambda problem: [task.id for task in problem.tasks],
    "nation": lambda problem: problem.nations,
    "holder": lambda problem: sorted(
        {h for p in problem.preconditions.values() for h in p.holders}
    ),
    "nation or precondition": lambda problem: [*problem.nations, *problem.preconditions],
    "kind of rows to relax": lambda problem: ("caveats", "commitments", "preconditions"),
}
"""What names may be of, and which of them the tables have."""


class About(NamedTuple):
    """Of what a value is: the option's name, for messages, and the problem that is asked about,
    which only names in its tables need."""

    option: str
    problem: Problem | None = None


class Kind(Protocol):
    """A kind of value."""

    def read(self, given: Any, about: About) -> Any:
        """Return the value as it counts. Raises TypeError for one of another kind, UsageError for
        one out of range, or that the problem does not know."""


class Name(NamedTuple):
    """One name. `of`: what it is the name of, where the tables have to know it."""

    of: str = ""

    def read(self, given: Any, about: About) -> str:
        if self.of and about.problem is not None:
            values.known_name(self.of, given, KNOWN[self.of](about.problem))
        return values.one_name(about.option, given)


class Names(NamedTuple):
    """Several names, or one. `of`: what they are names of, where the tables have to know them.
    `once`: whether one that stands twice counts once."""

    of: str = ""
    once: bool = False

    def read(self, given: Any, about: About) -> tuple[str, ...]:
        found = values.names(about.option, given)
        if self.of and about.problem is not None:
            known = list(KNOWN[self.of](about.problem))
            for name in found:
                values.known_name(self.of, name, known)
        return tuple(dict.fromkeys(found)) if self.once else found


class OneOf(NamedTuple):
    """One of a few words. `of`: what they are words for."""

    words: tuple[str, ...]
    of: str = ""

    def read(self, given: Any, about: About) -> str:
        values.known_name(self.of, given, self.words)
        return next(word for word in self.words if word == given)


class Count:
    """What is counted: a status of offers, or all that is held."""

    def read(self, given: Any, about: About) -> str:
        return values.counted(about.option, given)


class Day:
    """A day; today where none is given."""

    def read(self, given: Any, about: About) -> date:
        return values.day(about.option, given)


class YesNo:
    """Yes or no."""

    def read(self, given: Any, about: About) -> bool:
        return values.yes_or_no(about.option, given)


class Whole(NamedTuple):
    """A whole number from `least` to `most`. `optional`: or None, where nothing is said."""

    least: int
    most: int | None = None
    optional: bool = False

    def read(self, given: Any, about: About) -> int | None:
        if given is None and self.optional:
            return None
        return values.whole_number(about.option, given, self.least, self.most)


class Seconds:
    """A number of seconds."""

    def read(self, given: Any, about: About) -> float:
        return values.seconds(about.option, given)


class Objectives:
    """Two or three objectives of a front, or none."""

    def read(self, given: Any, about: About) -> tuple[str, ...]:
        from allocator.inputs.schema.objectives import MOST_IN_A_FRONT, OF_FRONTS

        found = values.names(about.option, given)
        for name in found:
            values.known_name("objective of a front", name, OF_FRONTS)
        if found and not 1 < len(set(found)) == len(found) <= MOST_IN_A_FRONT:
            there = ", ".join(OF_FRONTS)
            raise UsageError(f"a front has two or three different objectives: {there}")
        return found


class Spread:
    """Per cent either way by basis, each above 0."""

    def read(self, given: Any, about: About) -> dict[str, float]:
        return {basis: self._percent(basis, percent) for basis, percent in (given or {}).items()}

    def _percent(self, basis: str, percent: Any) -> float:
        from typing import get_args

        from allocator.inputs.schema.provenance import BasisWord

        if basis not in (known := get_args(BasisWord)):
            raise UsageError(f"no basis '{basis}' to spread{or_all(basis, known)}")
        if isinstance(percent, bool) or not isinstance(percent, int | float):
            raise TypeError(f"the spread of {basis} is {percent!r}; a number of per cent is asked")
        if not 0 < percent < float("inf"):
            raise UsageError(f"the spread of {basis} is {percent} %; write more than 0, such as 30")
        return percent


class Periods:
    """Several periods, or one, each by number or month; as they are written."""

    def read(self, given: Any, about: About) -> tuple[int | str, ...]:
        if isinstance(given, (int, str)):
            given = (given,)
        if not isinstance(given, Iterable):
            raise TypeError(f"{about.option} is {given!r}; a period is expected")
        found = tuple(given)
        for one in found:
            _period(one, about)
        return found


def _period(given: int | str, about: About) -> None:
    """Refuses what is no period of the model's."""
    option, problem = about.option, about.problem
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise TypeError(f"{option} is {given!r}; a period is expected")
    if problem is None:
        return
    name = option.rstrip("_")
    try:
        found = problem.calendar.read(str(given))
    except ValueError as error:
        raise UsageError(f"{name} '{given}': {error}") from None
    if found not in problem.periods:
        raise UsageError(f"{name} period {given}: the model has 1 to {problem.horizon}")


class Table:
    """A table of somebody's own: a file, a sheet, a run's folder, rows; read by who needs it."""

    def read(self, given: Any, about: About) -> Any:
        return given
