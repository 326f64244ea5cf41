"""Months, and which months the periods of a model are."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allocator import words

_MONTH = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; `number` counts months from the year 0, and is no period."""

    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month that `text`, such as `2026-01`, names. Raises ValueError for other text."""
        match = _MONTH.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"'{text}' is no month such as 2026-01")
        return cls(int(match[1]) * 12 + int(match[2]) - 1)

    def __str__(self) -> str:
        return f"{self.number // 12:04}-{self.number % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The periods 1 to `horizon` of a model, and the months that they are where it says so."""

    horizon: int
    starts: Month | None = None
    months_per_period: int = 6

    def months(self, period: int) -> tuple[Month, Month]:
        """The first and the last month of a period. Raises ValueError without a start."""
        if self.starts is None:
            raise ValueError("the model does not say in which month it starts")
        first = self.starts.number + (period - 1) * self.months_per_period
        return Month(first), Month(first + self.months_per_period - 1)

    def first_from(self, start: int | Month) -> int:
        """The first period that begins in the month or later; a period's number is itself."""
        if not isinstance(start, Month):
            return start
        after = start.number - self.months(1)[0].number
        return max(1, -(-after // self.months_per_period) + 1)

    def read(self, text: str) -> int:
        """The period that `3`, or the month `2026-07`, begins with. Raises ValueError for else."""
        if text.isascii() and text.isdigit() and int(text) >= 1:
            return int(text)
        return self.first_from(Month.parse(text))

    def named(self, period: int) -> str:
        """`2`, or `2 (2026-07 to 2026-12)` where the months are known."""
        return f"{period}{self._beside(period, period)}"

    def phrase(self, periods: Iterable[int]) -> str:
        """`periods 1-2 and 4`, each run with its months where they are known."""
        return words.periods(periods, self._beside)

    def months_of(self, period: int) -> str:
        """`2026-07`, or `2026-07/2026-12` as tables take it; blank where it is not known."""
        return "/".join(map(str, dict.fromkeys(self.months(period)))) if self.starts else ""

    @property
    def whole(self) -> str:
        """`, 2026-01 to 2027-12`: all its months, to stand after its length; or blank."""
        return f", {self.span(1, self.horizon)}" if self.starts else ""

    def _beside(self, first: int, last: int) -> str:
        return f" ({self.span(first, last)})" if self.starts else ""

    def span(self, first: int, last: int) -> str:
        """`2026-01 to 2026-12`, the months of these periods; blank where they are not known."""
        if self.starts is None:
            return ""
        ends = dict.fromkeys((self.months(first)[0], self.months(last)[1]))
        return " to ".join(map(str, ends))


WITHOUT_MONTHS = Calendar(0)
"""Of a model that does not say in which month it starts."""


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
