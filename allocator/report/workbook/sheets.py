"""One table of a run as a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from allocator.inputs.spreadsheet import Book, Cell, Formula, Region, SheetColumn, write_table
from allocator.inputs.spreadsheet.cells import LONGEST_TEXT, units
from allocator.inputs.spreadsheet.columns import Kind
from allocator.report.tables.inputs import PREFIX
from allocator.report.tables.table import PERCENT, SHARE, Column, Table, Value
from allocator.report.workbook import looks

MOST_ROWS = 100_000
"""Rows that a sheet gets: it would hold ten times as many, but few computers would bear that."""

MOST_COLUMNS = 16_000
"""A sheet holds 16,384."""

LONG_TEXT = 60
CUT = " … (cut off: the CSV file has it whole)"

FOR_PROGRAMS = frozenset(
    {
        "allocation", "filled", "shortfalls", "packages", "packages_released", "unlocking",
        "blocking", "necessary", "waiting", "coalitions", "front_units", "net_availability",
        "levels", "departures",
        "dictionary", "provenance",
    }
)  # fmt: skip
"""Sheets that are hidden, and so not printed, beside the copies of the inputs: what people read of
them stands in others. Formulas and whoever shows them find them whole."""

Formulas = Mapping[str, Callable[[int, Value], Formula]]
"""By column: the formula for a cell, from its row on the sheet, counted from 1, and its value."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of a table. `region` is None where it has no sheet, having no rows or too many
    columns; `shown` of its `rows` stand on the sheet, and `cut` texts in them are cut off. `file`:
    where all of it stands. `excerpt`: which rows are shown, where they are not the first."""

    name: str
    about: str
    rows: int
    columns: tuple[Column, ...] = ()
    region: Region | None = None
    shown: int = 0
    cut: int = 0
    file: str = ""
    excerpt: str = ""

    @property
    def hidden(self) -> bool:
        """Whether it is for programs."""
        return self.name in FOR_PROGRAMS or self.name.startswith(PREFIX)

    @property
    def whole(self) -> bool:
        return self.region is not None and self.shown == self.rows and not self.cut


def lay_out(
    book: Book,
    table: Table,
    file: str = "",
    *,
    frozen: int = 1,
    widths: Sequence[float] = (),
    formulas: Formulas | None = None,
) -> Laid:
    """Return the table on the sheet of its name; nothing where it has no rows.

    book: the workbook that is written. file: the CSV file with all of it. frozen: how many columns
    stay in sight. widths: of the columns, in characters. formulas: for cells that follow others, by
    column.
    """
    laid = Laid(table.name, table.description, len(table.rows), table.columns, file=file)
    if not fits(table):
        return laid
    rows = table.rows[:MOST_ROWS]
    columns = [_sheet_column(c, [row[n] for row in rows]) for n, c in enumerate(table.columns)]
    if widths:
        columns = [replace(c, width=w) for c, w in zip(columns, widths, strict=True)]
    cells = _with_formulas(table.header, rows, formulas) if formulas else rows
    region = write_table(book, table.name, columns, cells, frozen_columns=frozen, cut=CUT)
    looks.colour(book, region, table.columns)
    return replace(laid, region=region, shown=len(rows), cut=sum(map(_cut_texts, rows)))


def fits(table: Table) -> bool:
    """Whether the table gets a sheet."""
    return bool(table.rows) and len(table.columns) <= MOST_COLUMNS


def unlike(taken: Iterable[str], headers: Sequence[str]) -> list[str]:
    """The headers, with a number behind those that are taken: a spreadsheet's table wants them all
    to differ, in more than case."""
    used = {header.casefold() for header in taken}
    found = []
    for header in headers:
        name, number = header, 2
        while name.casefold() in used:
            name, number = f"{header} ({number})", number + 1
        used.add(name.casefold())
        found.append(name)
    return found


def _sheet_column(column: Column, values: list[Value]) -> SheetColumn:
    unit = f" ({column.unit})" if column.unit else ""
    return SheetColumn(column.name, f"{column.meaning}{unit}", _kind(column, values))


def _kind(column: Column, values: list[Value]) -> Kind:
    if column.kind == "text":
        if any(isinstance(value, (int, float)) for value in values):
            return "mixed"
        longest = max((len(v) for v in values if isinstance(v, str)), default=0)
        return "long_text" if longest > LONG_TEXT else "text"
    if column.kind == "whole":
        return "whole"
    return "share" if column.unit in (PERCENT, SHARE) else "number"


def _with_formulas(
    header: tuple[str, ...], rows: tuple[tuple[Value, ...], ...], formulas: Formulas
) -> list[tuple[Cell, ...]]:
    at = {header.index(name): formula for name, formula in formulas.items()}
    return [
        tuple(at[n](line, v) if n in at else v for n, v in enumerate(row))
        for line, row in enumerate(rows, 2)
    ]


def _cut_texts(row: tuple[Value, ...]) -> int:
    long = (v for v in row if isinstance(v, str) and len(v) > LONGEST_TEXT // 2)
    return sum(units(text) > LONGEST_TEXT for text in long)
