"""Write a workspace as a workbook that can be filled in without a manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.inputs.files.raw import Raw, RawTable
from allocator.inputs.schema import TABLES
from allocator.inputs.schema.base import is_own
from allocator.inputs.spreadsheet import Cell, SheetColumn, new_book, write_table
from allocator.inputs.spreadsheet.columns import Kind, ListedIn
from allocator.inputs.workbook.about import write_about
from allocator.inputs.workbook.layout import LAYOUTS, LINES, MODELS, TASKS, Field, Layout
from allocator.inputs.workbook.values import as_cell, look_up
from allocator.inputs.workbook.wording import explained

_FROZEN = {"availability": 2, "commitments": 2, "caveats": 2, "offers": 2, "tasks": 2, "lines": 3}
"""Columns that stay in sight, where it is not the first alone."""

_LONG = frozenset({"note", "source"})


def write_workbook(raw: Raw, path: Path) -> None:
    """Writes what was read without errors. Columns of tables keep their order.

    Raises UnfitError for what no cell can hold, with its place; OSError. The file is written whole
    or not at all.
    """
    with new_book(path, "Workspace of allocator") as book:
        write_about(book, {name: len(rows) for name, _, rows in _sheets(raw)})
        for name, fields, rows in _sheets(raw):
            columns = [_column(field, LAYOUTS[name]) for field in fields]
            write_table(book, name, columns, rows, frozen_columns=_FROZEN.get(name, 1))


def _sheets(raw: Raw) -> Iterator[tuple[str, Sequence[Field], list[tuple[Cell, ...]]]]:
    for name in TABLES:
        table = raw.tables[name]
        fields = [LAYOUTS[name].field(column) for column in table.columns or ()]
        yield name, fields, list(_table_rows(table, fields))
    models = [_Part(model.data) for model in raw.models]
    tasks = [
        _Part(task, (model.data["name"],)) for model in models for task in model.below("tasks")
    ]
    lines = [
        _Part(line, (*task.owners, task.data["task"]))
        for task in tasks
        for line in task.below("lines")
    ]
    for layout, parts in ((MODELS, models), (TASKS, tasks), (LINES, lines)):
        whole = layout.with_own(dict.fromkeys(key for p in parts for key in p.data if is_own(key)))
        yield layout.name, whole.fields, [_row(whole, part) for part in parts]


@dataclass(frozen=True)
class _Part:
    """A part of a model, after the names of what it belongs to."""

    data: Mapping[str, Any]
    owners: tuple[str, ...] = ()

    def below(self, key: str) -> Iterator[Mapping[str, Any]]:
        return iter(self.data.get(key) or ())


def _table_rows(table: RawTable, fields: Sequence[Field]) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        yield tuple(as_cell(one.column, row.cells.get(one.header)) for one in fields)


def _row(layout: Layout, part: _Part) -> tuple[Cell, ...]:
    own = [field for field in layout.fields if field.path]
    values = (as_cell(field.column, look_up(part.data, field.path)) for field in own)
    return (*(str(owner).strip() for owner in part.owners), *values)


def _column(field: Field, layout: Layout) -> SheetColumn:
    column = field.column
    kind: Kind = "long_text" if field.header in _LONG else "text"
    if is_own(field.header):
        kind = "mixed"
    if column.kind in ("whole", "start", "quantity", "share"):
        kind = "share" if column.kind == "share" else "whole"
    choices: tuple[str, ...] | ListedIn = column.choices
    if column.kind == "yes_no":
        choices = ("yes", "no")
    elif column.refers_to:
        table = LAYOUTS[column.refers_to]
        choices = ListedIn(table.name, "model" if table is MODELS else _id_header(column.refers_to))
    meaning = explained(field, layout)
    return SheetColumn(field.header, meaning, kind, choices, column.several, column.open)


def _id_header(table: str) -> str:
    """The column of a sheet that holds its ids."""
    return "task" if table == "tasks" else str(TABLES[table].id_field)
