"""Months beside the periods of a table, where the model says in which month it starts."""

from __future__ import annotations

from dataclasses import replace

from allocator.inputs.schema.calendar import Calendar
from allocator.report.tables.table import Column, Table, Value

MONTHS = Column("months", "first and last month of the period, as `periods` of a table takes them")


def dated(table: Table, calendar: Calendar) -> Table:
    """The table with a column `months` behind `period` or `periods`; as it is where it has
    neither, or the model has no start."""
    at = next((n for n, name in enumerate(table.header) if name in ("period", "periods")), None)
    if at is None or calendar.starts is None:
        return table
    columns = (*table.columns[: at + 1], MONTHS, *table.columns[at + 1 :])
    rows = ((*row[: at + 1], _months(row[at], calendar), *row[at + 1 :]) for row in table.rows)
    return replace(table, columns=columns, rows=tuple(rows))


def _months(cell: Value, calendar: Calendar) -> Value:
    """Of one period, or of several with ';' between."""
    if cell in (None, ""):
        return None
    return "; ".join(calendar.months_of(int(period)) for period in str(cell).split(";"))
