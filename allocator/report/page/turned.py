"""Tables with more columns than a page is wide, cut into several below each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.report.tables.table import Table

MOST = 6
"""Columns beside those that every part has."""


def in_parts(table: Table, fixed: int) -> Iterator[Table]:
    """Yield the parts, each with the first `fixed` columns and a few of the others.

    table: what is cut. fixed: columns that every part begins with.
    """
    for first in range(fixed, max(len(table.columns), fixed + 1), MOST):
        kept = [*range(fixed), *range(first, min(first + MOST, len(table.columns)))]
        columns = tuple(table.columns[n] for n in kept)
        rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
        yield replace(table, columns=columns, rows=rows)
