"""Columns of a table, in a file or on a sheet, that are unknown, there twice, or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.schema.base import is_own
from allocator.inputs.show import printable, quoted
from allocator.near import near

_LOOKED_AT = 20


def refuse_title(
    known: Collection[str],
    header: Sequence[str],
    later: Iterable[tuple[int, Sequence[str]]],
    place: Place,
) -> None:
    """Refuse a first row that names no column of the table, where a later one names several.

    known: the columns that the table may have. later: the rows that follow, by their line. place:
    of the first row. Raises RefusedError.
    """
    if _named(known, header):
        return
    for line, cells in islice(later, _LOOKED_AT):
        if len(_named(known, cells)) > 1:
            shown = quoted(next(cell for cell in header if cell.strip()))
            raise RefusedError(issue("W128", place, shown, header=line))


def _named(known: Collection[str], cells: Iterable[str]) -> set[str]:
    return {*known} & {cell.strip() for cell in cells}


def twice(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that are there more than once: which of their cells is meant, nobody knows."""
    return tuple(column for column, count in Counter(columns).items() if count > 1 and column)


def check_columns(
    table: str,
    known: Collection[str],
    required: Sequence[str],
    columns: Sequence[str],
    at: Callable[[str], Place],
) -> Iterator[Issue]:
    """Yield what is wrong with the columns, given those that the table may and must have.

    `at` gives the place of a column of the header.

    known: the columns that the table may have. required: those that it must have.
    """
    for column in twice(columns):
        yield issue("W116", at(printable(column)), quoted(column))
    for column in dict.fromkeys(columns):
        place = at(printable(column))
        if column and column not in known and not is_own(column):
            absent = [name for name in known if name not in columns]
            meant = near(column, absent)
            yield issue("W117", place, quoted(column), ", ".join(known), meant, table=table)
    for column in required:
        if column not in columns:
            found = ", ".join(printable(column) for column in columns if column) or "none"
            yield issue("W118", at(column), found, column)
