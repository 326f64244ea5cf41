"""What of a long table of packages a sheet holds: nobody reads the units of a thousand of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import accumulate

from allocator.report.tables.table import Table
from allocator.words import count

MOST_UNITS = 5_000
"""Rows of the units of packages on a sheet. Of the reference case with a ceasefire they come to
45,000, and were nine tenths of what the workbook took to write."""

_OF_PACKAGES = ("packages", "packages_released")


def excerpt(table: Table) -> tuple[Table, str]:
    """Return the rows that the sheet holds, and which they are in words; the whole table and a
    blank where it holds all.

    table: of a run. Of units of packages those of the first packages of every task are taken, the
    same number of each task, at least one.
    """
    if table.name not in _OF_PACKAGES or len(table.rows) <= MOST_UNITS:
        return table, ""
    number = table.header.index("package")
    sizes = Counter(int(row[number] or 0) for row in table.rows)
    upto = [rows <= MOST_UNITS for rows in accumulate(sizes[one] for one in sorted(sizes))]
    most = sorted(sizes)[max(0, sum(upto) - 1)]
    rows = tuple(row for row in table.rows if int(row[number] or 0) <= most)
    first = f"those of the first {count(most, 'package')} of each task"
    return replace(table, rows=rows), first
