"""A comparison as a workbook: what changed first, runs in columns, then every table row by row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.inputs.spreadsheet import Cell, Link, SheetColumn, new_book, write_table
from allocator.inputs.spreadsheet.columns import Kind
from allocator.report.comparing.as_read import FIRST, as_numbers, as_read
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.wide import WIDE, wide
from allocator.report.tables.table import Column, Columns, Table, make_table, whole

CUT = " … (the rest stands in the CSV table)"
"""The end of a text that no cell can hold whole."""

_LONG = ("because", "what", "reason")
_OBJECTIVES = [f"{name}{end}" for name in FIRST for end in ("", "_wide")]


def write_workbook(comparison: ComparisonRecord, path: Path) -> Path:
    """Writes the workbook and returns its path. Raises UnfitError for more rows than a sheet
    holds, and OSError; the file is written whole or not at all."""
    tables = _in_order(comparison)
    with new_book(path, "Comparison of allocator's runs") as book:
        for table in (_contents(tables), *tables, _dictionary(tables)):
            write_table(book, table.name, _columns(table), _rows(table), cut=CUT)
    return path


def _in_order(comparison: ComparisonRecord) -> list[Table]:
    """What a reader asks for first."""
    tidy = {name: make(comparison) for name, make in MAKERS.items()}
    first = [tidy.pop(name) for name in ("runs", "changes", "reasons")]
    side_by_side = [wide(comparison, name) for name in WIDE]
    return [as_read(table, as_numbers) for table in (*first, *side_by_side, *tidy.values())]


def _contents(tables: Sequence[Table]) -> Table:
    columns: Columns = {
        "sheet": "its name",
        "rows": whole("rows below the header"),
        "holds": "what",
    }
    rows = ((table.name, len(table.rows), table.description) for table in tables)
    return make_table("contents", "One row a sheet.", columns, rows)


def _dictionary(tables: Sequence[Table]) -> Table:
    columns: Columns = {
        "sheet": "where the column stands",
        "column": "its header",
        "meaning": "what stands in it",
        "kind": "text, whole or number",
        "unit": "what its figures count",
    }
    rows = ((t.name, c.name, c.meaning, c.kind, c.unit) for t in tables for c in t.columns)
    return make_table("dictionary", "One row a column.", columns, rows)


def _columns(table: Table) -> list[SheetColumn]:
    return [
        SheetColumn(
            column.name,
            column.meaning + (f" ({column.unit})" if column.unit else ""),
            _kind(table, column),
        )
        for column in table.columns
    ]


def _kind(table: Table, column: Column) -> Kind:
    """Of objectives some figures have digits and others none, which one format cannot show."""
    if column.name in _LONG:
        return "long_text"
    return "mixed" if column.kind == "number" and table.name in _OBJECTIVES else column.kind


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    if table.name == "contents":
        return [(Link(str(name), str(name)), *rest) for name, *rest in table.rows]
    return list(table.rows)
