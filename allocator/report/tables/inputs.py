"""The inputs of a run as tables: the rows of its workspace, tasks and lines of its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from allocator.inputs.schema import TABLES, LineRow, Row, TaskRow
from allocator.report.tables.table import Figure, Table, Value, make_table

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

PREFIX = "input_"


def input_tables(run: RunRecord) -> tuple[Table, ...]:
    """Each table as it was read, `input_nations` and so on; nothing where that is not known."""
    workspace = run.workspace
    if workspace is None:
        return ()
    tables = [
        _table(name, kind, [(row, ()) for row in getattr(workspace, name)])
        for name, kind in TABLES.items()
    ]
    model = workspace.models.get(run.problem.model)
    if model is None:
        return tuple(tables)
    tasks = model.tasks
    lines = [(line, (task.task,)) for task in tasks for line in task.lines]
    below = _table("tasks", TaskRow, [(task, ()) for task in tasks], without=("lines",))
    return (*tables, below, _table("lines", LineRow, lines, before=("task",)))


def _table(
    name: str,
    kind: type[Row],
    rows: Sequence[tuple[Row, tuple[str, ...]]],
    before: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> Table:
    """The fields of the rows, behind the values of the columns `before`."""
    fields = [field for field in kind.model_fields if field not in without]
    cells = [(*head, *(_cell(getattr(row, field)) for field in fields)) for row, head in rows]
    said = {field: kind.model_fields[field].description or "" for field in fields}
    meanings = {**{name: f"id of the {name}" for name in before}, **said}
    columns = {
        field: _meaning(text, (row[n] for row in cells))
        for n, (field, text) in enumerate(meanings.items())
    }
    return make_table(f"{PREFIX}{name}", f"The table {name}, as it was read.", columns, cells)


def _meaning(text: str, values: Iterable[Value]) -> str | Figure:
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, float}:
        return Figure(text, "number" if float in kinds else "whole", "")
    return text


def _cell(value: Any) -> Value:
    """Figures as they are; a part with fields of its own as text."""
    from allocator.inputs.files.write import cell

    match value:
        case None | int() | float() if not isinstance(value, bool):
            return value
        case Row():
            parts = ((name, getattr(value, name)) for name in type(value).model_fields)
            return ", ".join(f"{name} {cell(part)}" for name, part in parts if part is not None)
        case Mapping():
            return "; ".join(f"{key}: {cell(part)}" for key, part in value.items())
    return cell(value) or None
