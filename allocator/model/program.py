"""An integer program as data: variables with bounds, linear rows, at most one objective."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import gcd

Term = tuple[int, int]
"""coefficient, variable"""

FREE = 1 << 62
"""No bound on this side of a row."""


Check = Callable[[], None]
"""Called again and again while a program is built; raises to give it up."""


def go_on() -> None:
    """A check that never gives up."""


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient * variable <= high"""

    terms: tuple[Term, ...]
    low: int
    high: int


class TooLargeError(ValueError):
    """Figures so large that sums of them leave 64-bit integers."""


class Program:
    """Variables are numbered from 0 in the order in which they are made. `check` is called with
    every row."""

    def __init__(self) -> None:
        self.check: Check = go_on
        self.low: list[int] = []
        self.high: list[int] = []
        self.rows: list[Row] = []

    def copy(self) -> Program:
        """As it is now, for a reader that must not see what is added later."""
        copied = Program()
        copied.low, copied.high, copied.rows = [*self.low], [*self.high], [*self.rows]
        return copied

    def variable(self, low: int, high: int) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def boolean(self) -> int:
        return self.variable(0, 1)

    def fix(self, variable: int, value: int) -> None:
        self.low[variable] = self.high[variable] = value

    def at_least(self, terms: Iterable[Term], low: int) -> None:
        self.between(terms, low, FREE)

    def at_most(self, terms: Iterable[Term], high: int) -> None:
        self.between(terms, -FREE, high)

    def between(self, terms: Iterable[Term], low: int, high: int) -> None:
        """Adds a row; a variable may stand in several terms, which add up. Left out is a row that
        the variables' bounds keep anyway."""
        self.check()
        row = _row(terms, low, high)
        self._refuse_overflow(row.terms)
        if self.least(row.terms) < row.low or self.most(row.terms) > row.high:
            self.rows.append(row)

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
