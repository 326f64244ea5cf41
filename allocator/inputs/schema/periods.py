"""Which periods a row is about: `1-4`, `3-`, `-2`, `2`, `1;3`; blank is all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allocator.errors import AllocatorError

_SPAN = re.compile(r"(?P<only>[0-9]{1,9})|(?P<first>[0-9]{1,9})?\s*-\s*(?P<last>[0-9]{1,9})?")


class PeriodsError(AllocatorError, ValueError):
    """An entry that names no periods. `entry` is its text, `expected` what fits."""

    def __init__(self, entry: str, expected: str) -> None:
        super().__init__(f"'{entry}' names no periods; expected {expected}")
        self.entry = entry
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Periods:
    """Spans of periods, counted from 1; `last` None is an open end. `text` is as it was written."""

    spans: tuple[tuple[int, int | None], ...] = ((1, None),)
    text: str = ""

    @classmethod
    def parse(cls, text: str) -> Periods:
        """The periods that `text` names. Raises PeriodsError for the first entry that is wrong."""
        text = text.strip()
        return cls(tuple(map(_span, text.split(";"))), text) if text else cls()

    def within(self, horizon: int) -> list[int]:
        """The periods from 1 to `horizon` that are named, ascending, each once."""
        named: set[int] = set()
        for first, last in self.spans:
            named.update(range(first, min(horizon if last is None else last, horizon) + 1))
        return sorted(named)

    def beyond(self, horizon: int) -> bool:
        """Whether a period after `horizon` is named; an open end that starts within is not."""
        return any(max(first, last or 0) > horizon for first, last in self.spans)

    def __str__(self) -> str:
        return self.text


ALL_PERIODS = Periods()


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
