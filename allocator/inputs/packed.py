"""A workspace as bytes, for another process or another machine to build it from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from allocator.inputs.files.write import plain
from allocator.inputs.frames import Tables, changed_frame, workspace_of
from allocator.inputs.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from allocator.inputs.frames import Rows

Cells = tuple[str, int | None, Mapping[str, Any]]
"""A table, a row's label or None where cells of the key name it, and cells by column."""


def packed(workspace: Workspace) -> bytes:
    """Return the workspace as JSON: the same tables and models give the same bytes, whatever files
    they were read from. What stands in them counts, and neither the order of columns nor remarks.
    """
    tables = {name: _rows(frame) for name, frame in Tables(workspace).items()}
    models = [plain(model) for model in workspace.models.values()]
    said = {"tables": tables, "models": models}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes) -> Workspace:
    """Return the workspace that was packed. Its places are rows of tables in memory."""
    said = json.loads(data)
    return workspace_of(said["tables"], said["models"])


def with_cells(workspace: Workspace, changes: Iterable[Cells]) -> Workspace:
    """Return the workspace with other cells in some rows, checked once all of them are there.

    Raises UsageError where no row is meant or several are, TypeError for a column there is not,
    WorkspaceError with all that is wrong.
    """
    known = Tables(workspace)
    made: dict[str, pd.DataFrame] = {}
    for table, row, cells in changes:
        frame = made[table] if table in made else known[table]
        made[table] = changed_frame(frame, table, row, cells)
    if not made:
        return workspace
    every: dict[str, Rows] = {**known, **made}
    return workspace_of(every, [plain(model) for model in workspace.models.values()])


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as mappings, blank cells left out."""
    blanks = frame.isna()
    return [
        {
            str(column): _plain(value)
            for column, value, blank in zip(frame.columns, values, gone, strict=True)
            if not blank
        }
        for values, gone in zip(
            frame.itertuples(index=False, name=None),
            blanks.itertuples(index=False, name=None),
            strict=True,
        )
    ]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
