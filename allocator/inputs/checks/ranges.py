"""That what is stated lies within its range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import Row


def stated_outside_its_range(draft: Draft) -> Iterator[Issue]:
    """low <= stated <= high; a blank one is the stated value."""
    for row, column in ranged_rows(draft):
        bounds: Any = row
        stated = getattr(row, column)
        # A line that scales with people has no minimum but what these ask: nothing of its own.
        stated = 0 if column == "minimum" and stated is None else stated
        if not isinstance(stated, int):
            continue
        if bounds.low is not None and bounds.low > stated:
            place, expected = draft.place(row, "low"), f"at most the {column}, {stated}"
            yield issue("W230", place, str(bounds.low), expected, what="low")
        if bounds.high is not None and bounds.high < stated:
            place, expected = draft.place(row, "high"), f"at least the {column}, {stated}"
            yield issue("W230", place, str(bounds.high), expected, what="high")


def ranged_rows(draft: Draft) -> Iterator[tuple[Row, str]]:
    """Every row whose figure may have a range, with the column that states it."""
    yield from ((row, "quantity") for row in draft.availability)
    yield from ((row, "quantity") for row in draft.commitments)
    yield from ((row, "quantity") for row in draft.offers)
    yield from ((line, "minimum") for _, line in draft.lines if not _unread(line))


def _unread(line: Any) -> bool:
    """A line with holes whose minimum may be one of them."""
    return line.minimum is None and line.one_per is None
