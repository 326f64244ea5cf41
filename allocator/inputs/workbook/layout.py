"""The sheets of a workbook that is a workspace, and where each column's value belongs.

Tables have their own columns. What is nested in a model file is flat here: `horizon.periods` of a
model stands in column `periods`, `lead.any_of` of a task in `lead_any_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from allocator.inputs.schema import TABLES, Horizon, LeadRow, LineRow, OperationModel, Row, TaskRow
from allocator.inputs.schema.base import is_own
from allocator.inputs.schema.columns import Column, columns_of

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet. `path` leads from the data of a row to its value; it is empty where the
    value says what the row belongs to."""

    header: str
    path: Path
    column: Column


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet. `about` says what a row of it is."""

    name: str
    about: str
    fields: tuple[Field, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(field.header for field in self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """The headers that have to be there."""
        return tuple(field.header for field in self.fields if field.column.required)

    def field(self, header: str) -> Field:
        """The column under a header; one of a planner's own. Raises KeyError."""
        if is_own(header):
            return own_field(header)
        return {field.header: field for field in self.fields}[header]

    def with_own(self, headers: Iterable[str]) -> Layout:
        """The same with a planner's own columns after its own."""
        return replace(self, fields=(*self.fields, *map(own_field, headers)))


def own_field(header: str) -> Field:
    """A planner's own column, whose cells are text that nobody reads."""
    return Field(header, (header,), Column(header, "Your own column; never read.", "text"))


def _fields(kind: type[Row], prefix: str = "", path: Path = ()) -> Iterator[Field]:
    for column in columns_of(kind):
        if column.kind != "part":
            yield Field(prefix + column.name, (*path, column.name), column)
        elif column.name == "horizon":
            yield from _fields(Horizon, path=("horizon",))
        elif column.name == "lead":
            yield from _fields(LeadRow, "lead_", ("lead",))


def _about(kind: type[Row]) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _belongs(name: str, meaning: str, table: str) -> Field:
    return Field(name, (), Column(name, meaning, "id", refers_to=table, required=True))


def layout_of(name: str, kind: type[Row]) -> Layout:
    """The sheet of a table with rows of this kind."""
    return Layout(name, _about(kind), tuple(_fields(kind)))


# `starts` came later than the rest and stands last: columns stay where people have them.
_NAME, *_REST = sorted(_fields(OperationModel), key=lambda field: field.header == "starts")
_MODEL = Field("model", _NAME.path, replace(_NAME.column, name="model"))

MODELS = Layout("models", _about(OperationModel), (_MODEL, *_REST))
TASKS = Layout(
    "tasks",
    _about(TaskRow),
    (_belongs("model", "The model that it is part of.", "models"), *_fields(TaskRow)),
)
LINES = Layout(
    "lines",
    _about(LineRow),
    (
        _belongs("model", "The model of its task.", "models"),
        _belongs("task", "The task that it is part of.", "tasks"),
        *_fields(LineRow),
    ),
)
LAYOUTS = {
    **{name: layout_of(name, kind) for name, kind in TABLES.items()},
    **{layout.name: layout for layout in (MODELS, TASKS, LINES)},
}
"""By sheet, in the order in which sheets stand."""

ABOUT, PROBLEMS = "about", "problems"
"""Sheets that we write and never read."""
