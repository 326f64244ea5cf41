"""Which periods a row is about: `1-4`, `3-`, `-2`, `2`, `1;3`; blank is all of them.

Months may stand instead: `2026-01`, `2026-01/2026-06`, `2026-01/`, `/2026-06`, both ends included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from allocator.errors import AllocatorError
from allocator.inputs.schema.calendar import Calendar, Month

_SPAN = re.compile(r"(?P<only>[0-9]{1,9})|(?P<first>[0-9]{1,9})?\s*-\s*(?P<last>[0-9]{1,9})?")


_LIKE_MONTHS = re.compile(r".*/.*|[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?", re.DOTALL)
_FOREVER = 10**6
MonthSpan = tuple[int, int]
"""The first and the last month of a span, by number."""


class PeriodsError(AllocatorError, ValueError):
    """An entry that names no periods. `entry` is its text, `expected` what fits."""

    def __init__(self, entry: str, expected: str) -> None:
        super().__init__(f"'{entry}' names no periods; expected {expected}")
        self.entry = entry
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Periods:
    """Spans of periods, counted from 1; `last` None is an open end. `text` is as it was written.

    `months` are spans of months, which together are one set; a period is named by them where one
    of its months is in the set or, if `entire`, where all of them are.
    """

    spans: tuple[tuple[int, int | None], ...] = ((1, None),)
    text: str = ""
    months: tuple[MonthSpan, ...] = ()
    entire: bool = False

    @classmethod
    def parse(cls, text: str) -> Periods:
        """The periods that `text` names. Raises PeriodsError for the first entry that is wrong."""
        text = text.strip()
        if not text:
            return cls()
        entries = [entry.strip() for entry in text.split(";")]
        months = joined(_months(entry) for entry in entries if _LIKE_MONTHS.fullmatch(entry))
        spans = tuple(_span(entry) for entry in entries if not _LIKE_MONTHS.fullmatch(entry))
        return cls(spans, text, months)

    def within(self, calendar: Calendar | int) -> list[int]:
        """The periods of the calendar that are named, ascending, each once.

        A number is a horizon without months. Raises ValueError for months without a start.
        """
        calendar = calendar if isinstance(calendar, Calendar) else Calendar(calendar)
        horizon = calendar.horizon
        named: set[int] = set()
        for first, last in self.spans:
            named.update(range(first, min(horizon if last is None else last, horizon) + 1))
        if self.months:
            named.update(p for p in range(1, horizon + 1) if self._in_months(calendar, p))
        return sorted(named)

    def _in_months(self, calendar: Calendar, period: int) -> bool:
        first, last = (month.number for month in calendar.months(period))
        if self.entire:
            return any(start <= first and last <= end for start, end in self.months)
        return any(start <= last and first <= end for start, end in self.months)

    def beyond(self, calendar: Calendar | int) -> bool:
        """Whether a period, or a month, after the last is named; an open end that starts within
        is not."""
        calendar = calendar if isinstance(calendar, Calendar) else Calendar(calendar)
        if any(max(first, last or 0) > calendar.horizon for first, last in self.spans):
            return True
        if not self.months:
            return False
        end = calendar.months(calendar.horizon)[1].number
        return any(max(a, 0 if b == _FOREVER else b) > end for a, b in self.months)

    def __str__(self) -> str:
        return self.text


ALL_PERIODS = Periods()


def joined(spans: Iterable[MonthSpan]) -> tuple[MonthSpan, ...]:
    """The same months in as few spans as there can be, ascending."""
    found: list[MonthSpan] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return tuple(found)


def _months(entry: str) -> MonthSpan:
    first, slash, last = (part.strip() for part in entry.partition("/"))
    try:
        start = Month.parse(first).number if first else 0
        end = Month.parse(last).number if last else (_FOREVER if slash else start)
    except ValueError:
        start, end = 1, 0
    if end < start or not (first or last):
        expected = (
            "months such as 2026-01, 2026-01/2026-06, 2026-01/ or /2026-06, the earlier first"
        )
        raise PeriodsError(entry, expected)
    return start, end


def _span(entry: str) -> tuple[int, int | None]:
    entry = entry.strip()
    match = _SPAN.fullmatch(entry)
    if not match or entry == "-":
        raise PeriodsError(entry, "one period (2), or a span (1-4, 3- or -2), with ';' between")
    first = int(match["only"] or match["first"] or 1)
    last = match["only"] or match["last"]
    if first < 1 or (last and int(last) < first):
        raise PeriodsError(entry, "periods counted from 1, the earlier one first")
    return first, int(last) if last else None
