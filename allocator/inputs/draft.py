"""A workspace under inspection: what could be read, faults and all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from allocator.inputs.issues import Place
from allocator.inputs.places import Places
from allocator.inputs.schema import (
    AvailabilityRow,
    CapabilityRow,
    CaveatRow,
    CommitmentRow,
    LineRow,
    NationRow,
    OfferRow,
    OperationModel,
    PreconditionRow,
    Row,
    TaskRow,
    WorldRow,
)
from allocator.inputs.schema.calendar import Calendar, Month


@dataclass(frozen=True)
class Draft:
    """The rows of all tables and models, in the order in which they were written.

    While there are errors, a field whose value could not be read is None whatever its type, so
    that the rest of its row can still be checked. `unread` names the tables (and 'models') that
    could not be read: nothing can be said to be unknown to them. `files`: what messages call the
    file or the sheet of each table.
    """

    tables: Mapping[str, tuple[Row, ...]]
    models: tuple[OperationModel, ...]
    places: Places
    unread: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def nations(self) -> tuple[NationRow, ...]:
        return cast(tuple[NationRow, ...], self.tables["nations"])

    @property
    def capabilities(self) -> tuple[CapabilityRow, ...]:
        return cast(tuple[CapabilityRow, ...], self.tables["capabilities"])

    @property
    def availability(self) -> tuple[AvailabilityRow, ...]:
        return cast(tuple[AvailabilityRow, ...], self.tables["availability"])

    @property
    def commitments(self) -> tuple[CommitmentRow, ...]:
        return cast(tuple[CommitmentRow, ...], self.tables["commitments"])

    @property
    def preconditions(self) -> tuple[PreconditionRow, ...]:
        return cast(tuple[PreconditionRow, ...], self.tables["preconditions"])

    @property
    def caveats(self) -> tuple[CaveatRow, ...]:
        return cast(tuple[CaveatRow, ...], self.tables["caveats"])

    @property
    def worlds(self) -> tuple[WorldRow, ...]:
        return cast(tuple[WorldRow, ...], self.tables["worlds"])

    @property
    def offers(self) -> tuple[OfferRow, ...]:
        return cast(tuple[OfferRow, ...], self.tables["offers"])

    @property
    def tasks(self) -> Iterator[tuple[OperationModel, TaskRow]]:
        """Every task with its model."""
        return ((model, task) for model in self.models for task in model.tasks or ())

    @property
    def lines(self) -> Iterator[tuple[TaskRow, LineRow]]:
        """Every requirement line with its task."""
        return ((task, line) for _, task in self.tasks for line in task.lines or ())

    @property
    def longest_horizon(self) -> int:
        """The largest number of periods of a model; 0 without a model."""
        return max((model.horizon.periods for model in self.models), default=0)

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The longest for each start that a model has."""
        longest: dict[Month | None, Calendar] = {}
        for calendar in (model.horizon.calendar for model in self.models):
            known = longest.setdefault(calendar.starts, calendar)
            longest[calendar.starts] = max(known, calendar, key=lambda one: one.horizon)
        return tuple(longest.values())

    def place(self, row: Row, column: str = "") -> Place:
        return self.places.of(row, column)

    def known(self, what: str) -> frozenset[str] | None:
        """The ids of a table, or of all 'tasks'; None where they could not be read."""
        return self._known.get(what)

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        found = {
            name: frozenset(ids(rows))
            for name, rows in self.tables.items()
            if name not in self.unread
        }
        if "models" not in self.unread:
            found["tasks"] = frozenset(ids(task for _, task in self.tasks))
        return found


def ids(rows: Any) -> Iterator[str]:
    """The ids of rows that have one."""
    for row in rows:
        identity = identity_of(row)
        if identity:
            yield identity


def identity_of(row: Row) -> str | None:
    """The row's id, None where it has none or it could not be read."""
    if isinstance(row, LineRow):
        return row.id or None
    return getattr(row, row.id_field) if row.id_field else None


def row_with_holes(kind: type[Row], cells: Mapping[str, Any], failed: frozenset[str]) -> Row:
    """Return a row of which some fields could not be read: those are None.

    kind: of the row. cells: by column. failed: the fields that could not be read.
    """
    values: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        if name in failed or (name not in cells and info.is_required()):
            values[name] = None
        elif name in cells:
            values[name] = _field_value(kind, name, cells[name])
    return kind.with_holes(values)


def _field_value(kind: type[Row], name: str, cell: Any) -> Any:
    try:
        return _adapter(kind, name).validate_python(cell)
    except ValidationError:
        return None


def _adapter(kind: type[Row], name: str) -> TypeAdapter[Any]:
    key = kind, name
    if key not in _ADAPTERS:
        _ADAPTERS[key] = TypeAdapter(_annotated(kind, name))
    return _ADAPTERS[key]


def _annotated(kind: type[Row], name: str) -> Any:
    from typing import Annotated

    info = kind.model_fields[name]
    kept = [item for item in info.metadata if item is not None]
    return Annotated[(info.annotation, *kept)] if kept else info.annotation


_ADAPTERS: dict[tuple[type[Row], str], TypeAdapter[Any]] = {}
