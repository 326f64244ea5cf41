"""Objectives of a comparison in the units in which people read them; JSON and CSV keep them as they
are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from allocator.inputs.schema.objectives import BY_ID
from allocator.report.sentences import situation as say
from allocator.report.tables.table import Column, Table, Value

FIRST: Mapping[str, str] = {"criteria": "criterion", "levels": "objective"}
"""By table: the column that holds an objective's id."""

Figures = Callable[[str, Sequence[int]], Sequence[Value]]
"""What is read of an objective's values, from its id and what is counted."""


def as_texts(name: str, values: Sequence[int]) -> Sequence[Value]:
    """With thousands apart, and as many digits as tell them apart."""
    return say.figures(name, *values)


def as_numbers(name: str, values: Sequence[int]) -> Sequence[Value]:
    """As numbers that a spreadsheet can go on counting with."""
    kind = BY_ID.get(name.partition("[")[0])
    return values if kind is None or kind.per == 1 else [value / kind.per for value in values]


def as_read(table: Table, figures: Figures) -> Table:
    """Return the table with objectives in the units of people; a table without objectives as it is.

    table: of criteria or levels, a row a run or with runs in columns. figures: what becomes of the
    figures of a row.
    """
    first = FIRST.get(table.name.removesuffix("_wide"))
    if first is None:
        return table
    at = table.header.index(first)
    rows = tuple(_row(table, row, str(row[at]), figures) for row in table.rows)
    return replace(table, columns=tuple(map(_mixed, table.columns)), rows=rows)


def _row(table: Table, row: Sequence[Value], name: str, figures: Figures) -> tuple[Value, ...]:
    counted = [n for n, column in enumerate(table.columns) if column.kind == "whole"]
    known = [(n, value) for n in counted if isinstance(value := row[n], int)]
    told = figures(name, [value for _, value in known])
    found = dict(zip((n for n, _ in known), told, strict=True))
    meaning = table.header.index("meaning")
    found[meaning] = in_words(name, str(row[meaning]))
    return tuple(found.get(n, value) for n, value in enumerate(row))


def in_words(name: str, otherwise: str) -> str:
    """Return what is measured, in words that fit its figures.

    name: id of an objective, or of a criterion that is none. otherwise: what the latter means.
    """
    return say.shown_objective(name) if name.partition("[")[0] in BY_ID else otherwise


def _mixed(column: Column) -> Column:
    """Some figures have digits, others are whole."""
    unit = column.unit.replace("as the objective counts", "as the meaning says")
    return replace(column, kind="number", unit=unit) if column.kind == "whole" else column
