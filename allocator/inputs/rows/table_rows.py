"""The rows of a table as they were read, checked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from allocator.inputs.draft import row_with_holes
from allocator.inputs.files.raw import RawRow, RawTable
from allocator.inputs.issues import Issue, Place
from allocator.inputs.messages import issue
from allocator.inputs.places import Spot
from allocator.inputs.rows.misfits import failed_fields, misfit_issues, without
from allocator.inputs.schema import NEEDED_TABLES, TABLES, Row
from allocator.inputs.schema.base import is_blank


def parse_table(table: RawTable, kind: type[Row] | None = None) -> tuple[list[Spot], list[Issue]]:
    """The table's rows with their places, and what is wrong with them. kind: of its rows, where
    the table is none of a workspace."""
    spots, issues = [], []
    kind = kind or TABLES[table.name]
    absent = [name for name in kind.required() if name not in (table.columns or ())]
    for raw in table.rows:
        row, faults = _parse_row(kind, table, raw)
        spots.append(Spot(row, place_in(table, raw.line), letters=table.letters))
        issues += without(faults, absent)
    if table.name in NEEDED_TABLES and table.columns is not None and not table.rows:
        issues.append(issue("W120", Place(table.file)))
    return spots, issues


def place_in(table: RawTable, line: int | None, column: str = "") -> Place:
    """Return the place of a row of the table, or of one of its cells.

    line: of the file, None where there is none. column: blank for the whole row.
    """
    first = table.letters.get("", "")
    return Place(table.file, line, column, table.letters.get(column, first))


def _parse_row(kind: type[Row], table: RawTable, raw: RawRow) -> tuple[Row, Sequence[Issue]]:
    try:
        return kind.model_validate(raw.cells), ()
    except ValidationError as error:
        cells = {name: cell for name, cell in raw.cells.items() if not is_blank(cell)}

        def at(path: tuple[Any, ...]) -> Place:
            return place_in(table, raw.line, str(path[0]) if path else "")

        row = row_with_holes(kind, cells, failed_fields(error))
        return row, list(misfit_issues(error, kind, at))
