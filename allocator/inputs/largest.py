"""The largest figure behind a task or a model: what takes its sums beyond 64 bits."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.inputs.issues import Place
from allocator.inputs.schema import Row, TaskRow
from allocator.inputs.workspace import Workspace

OF_LINES = ("minimum", "target", "one_per", "min_contribution")
OF_UNITS = {
    "capabilities": ("personnel", "rotation"),
    "availability": ("quantity",),
    "commitments": ("quantity",),
    "offers": ("quantity",),
}
"""By table of rows about a capability, the columns that rules multiply and add up."""


def largest_figure(workspace: Workspace, kind: str, name: str) -> tuple[int, Place] | None:
    """Return the largest figure that the sums of a "task" or a "model" take in, and its place; the
    first of several. None where the workspace has no such task or model, or knows no place.

    kind: whether a task or a model takes it in. name: of the task or model.
    """
    tasks = [
        task
        for model in workspace.models.values()
        for task in model.tasks
        if name == (task.task if kind == "task" else model.name)
    ]
    if not tasks:
        return None
    found = [(value, workspace.place(row, column)) for value, row, column in _of(workspace, tasks)]
    known = [figure for figure in found if figure[1].file]
    return max(known, key=lambda figure: figure[0], default=None)


def _of(workspace: Workspace, tasks: list[TaskRow]) -> Iterator[tuple[int, Row, str]]:
    lines = [line for task in tasks for line in task.lines]
    used = {capability for line in lines for capability in line.capabilities}
    for table, columns in OF_UNITS.items():
        for row in getattr(workspace, table):
            if row.capability in used:
                yield from ((getattr(row, column), row, column) for column in columns)
    for line in lines:
        yield from ((getattr(line, column) or 0, line, column) for column in OF_LINES)
        yield from ((weight, line, f"any_of.{c}") for c, weight in (line.any_of or {}).items())
