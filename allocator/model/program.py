"""An integer program as data: variables with bounds, linear rows, at most one objective."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import gcd

from allocator.errors import CommandWrongError
from allocator.model.rows import FREE as FREE
from allocator.model.rows import Row as Row
from allocator.model.rows import RowSums, RowTable
from allocator.model.rows import Term as Term

Check = Callable[[], None]
"""Called again and again while a program is built; raises to give it up."""


def go_on() -> None:
    """A check that never gives up."""


class TooLargeError(CommandWrongError, ValueError):
    """Figures so large that sums of them leave 64-bit integers. `about`: kind and name of the task
    or model whose they are, once somebody knows it."""

    def __init__(self, text: str, about: tuple[str, str] = ("", "")) -> None:
        super().__init__(text)
        self.about = about


class Program:
    """Variables are numbered from 0 in the order in which they are made.

    Variables and rows are only ever added; a bound changes by `set_bounds` alone, which keeps the
    variable in `changes`. So whoever holds a copy of a program (an engine, a table of its rows)
    knows by three counts what it has not seen, and cannot miss a change. `check` is called with
    every row.
    """

    def __init__(self) -> None:
        self.check: Check = go_on
        self._low: list[int] = []
        self._high: list[int] = []
        self._rows: list[Row] = []
        self._changes: list[int] = []
        self._sums = RowSums()

    @property
    def low(self) -> Sequence[int]:
        """The least value of each variable."""
        return self._low

    @property
    def high(self) -> Sequence[int]:
        """The greatest value of each variable."""
        return self._high

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def changes(self) -> Sequence[int]:
        """The variables whose bounds were changed after they were made, in that order."""
        return self._changes

    @classmethod
    def of(cls, bounds: Iterable[tuple[int, int]], rows: Iterable[Row]) -> Program:
        """A program of variables with these bounds, and rows that were checked before."""
        program = cls()
        for low, high in bounds:
            program.variable(low, high)
        program._rows.extend(rows)
        return program

    def copy(self) -> Program:
        """As it is now, for a reader that must not see what is added later."""
        return self.with_rows(self._rows)

    def with_rows(self, rows: Iterable[Row]) -> Program:
        """The same variables as they are now, with these rows, which were checked before."""
        return Program.of(zip(self._low, self._high, strict=True), rows)

    def variable(self, low: int, high: int) -> int:
        self._low.append(low)
        self._high.append(high)
        return len(self._low) - 1

    def boolean(self) -> int:
        return self.variable(0, 1)

    def fix(self, variable: int, value: int) -> None:
        self.set_bounds(variable, value, value)

    def set_bounds(self, variable: int, low: int, high: int) -> None:
        """Change the bounds of a variable. Raises ValueError where they leave it no value.

        low: the least that it may be. high: the most that it may be.
        """
        if low > high:
            raise ValueError(f"no value of variable {variable} is between {low} and {high}")
        if (low, high) != (self._low[variable], self._high[variable]):
            self._low[variable], self._high[variable] = low, high
            self._changes.append(variable)

    def at_least(self, terms: Iterable[Term], low: int) -> None:
        self.between(terms, low, FREE)

    def at_most(self, terms: Iterable[Term], high: int) -> None:
        self.between(terms, -FREE, high)

    def between(self, terms: Iterable[Term], low: int, high: int) -> None:
        """Add a row; a variable may stand in several terms, which add up. Left out is a row that
        the variables' bounds keep anyway.

        low: the least that the row may come to. high: the most.
        """
        self.check()
        row = _row(terms, low, high)
        self._refuse_overflow(row.terms)
        if self.least(row.terms) < row.low or self.most(row.terms) > row.high:
            self._rows.append(row)

    def keep(self, terms: Iterable[Term], low: int, high: int) -> None:
        """Add a row, whatever the bounds say of it.

        terms: variables with their factors. low: the least that the row may come to. high: the
        most.
        """
        row = _row(terms, low, high)
        self._refuse_overflow(row.terms)
        self._rows.append(row)

    def within_bounds(self, values: Sequence[int], fixed: Mapping[int, int] | None = None) -> bool:
        """Whether there is a value for each variable, within its bounds and as fixed."""
        if len(values) != len(self._low):
            return False
        inside = all(
            low <= value <= high
            for low, value, high in zip(self._low, values, self._high, strict=True)
        )
        return inside and all(values[v] == value for v, value in (fixed or {}).items())

    def holds(self, values: Sequence[int], fixed: Mapping[int, int] | None = None) -> bool:
        """Whether the values keep all bounds and rows, exactly, and those that are fixed."""
        return self.within_bounds(values, fixed) and self._sums.keep(self._rows, values)

    def table(self) -> RowTable:
        """The rows as columns of whole numbers, as they are now."""
        return self._sums.table(self._rows)

    def most(self, terms: Iterable[Term]) -> int:
        """What the sum can come to within the variables' bounds."""
        return sum(c * (self.high[v] if c > 0 else self.low[v]) for c, v in terms)

    def least(self, terms: Iterable[Term]) -> int:
        return sum(c * (self.low[v] if c > 0 else self.high[v]) for c, v in terms)

    def _refuse_overflow(self, terms: Sequence[Term]) -> None:
        if sum(abs(c) * max(abs(self.low[v]), abs(self.high[v])) for c, v in terms) >= FREE:
            raise TooLargeError("the figures of a rule add up to more than 64-bit integers hold")


def _row(terms: Iterable[Term], low: int, high: int) -> Row:
    """Equal variables gathered, zero terms left out, divided by the greatest common divisor."""
    gathered: dict[int, int] = {}
    for coefficient, variable in terms:
        gathered[variable] = gathered.get(variable, 0) + coefficient
    kept = {v: c for v, c in gathered.items() if c}
    divisor = gcd(*kept.values()) if kept else 1
    return Row(
        tuple((c // divisor, v) for v, c in kept.items()),
        low if low == -FREE else -(-low // divisor),
        high if high == FREE else high // divisor,
    )
