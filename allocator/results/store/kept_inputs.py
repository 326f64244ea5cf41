"""A run's own copy of its inputs: its folder is a workspace that can be solved again.

Tables and models are written as they were read, so that results can be compared and explained
when the workspace has moved on. `run.json` holds the copy's hashes: a copy that was edited is
no witness of the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.errors import InputsWrongError
from allocator.inputs.schema import TABLES, TABLES_WITH_ROWS
from allocator.results.store.kept_files import COPY, hashes

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace

FOLDERS = ("inputs", "models")


class InputsUnknownError(InputsWrongError):
    """A run without a copy of its inputs, or with one that is not what the run was made from."""


def is_ours(path: Path) -> bool:
    """Whether a path within a run's folder is one that the copy may have."""
    match path.parts:
        case (folder,):
            return folder in FOLDERS
        case ("inputs", _):
            return path.stem in TABLES and path.suffix == ".csv"
        case ("models", _):
            return path.suffix == ".yaml"
    return False


def write_inputs(workspace: Workspace, folder: Path) -> dict[str, str]:
    """Writes inputs/ and models/ into the run's folder; their sha256 (hex) by path."""
    from allocator.inputs.files.write import write_tables

    tables = {name: getattr(workspace, name) for name in TABLES}
    kept = {name: rows for name, rows in tables.items() if rows or name not in TABLES_WITH_ROWS}
    write_tables(kept, list(workspace.models.values()), folder)
    return copied(folder)


def read_inputs(folder: Path, provenance: Mapping[str, Any]) -> Workspace:
    """The workspace that the run in the folder was made from.

    Raises InputsUnknownError where there is none, or where it was changed after the run.
    """
    from allocator.inputs.inspection import load
    from allocator.inputs.issues import WorkspaceError

    written = provenance.get(COPY)
    if not isinstance(written, dict) or not written:
        raise InputsUnknownError("it was kept without a copy of its inputs")
    if changed := sorted(name for name, _ in {*written.items()} ^ {*copied(folder).items()}):
        raise InputsUnknownError(f"its copy of {changed[0]} was changed after the run")
    try:
        return load(folder)
    except WorkspaceError as error:
        raise InputsUnknownError(f"its inputs are no workspace any more: {error}") from error


def copied(folder: Path) -> dict[str, str]:
    """The sha256 (hex) of the files of the copy of the inputs in the folder, by path."""
    found = (
        (f"{name}/{path}", value)
        for name in FOLDERS
        for path, value in hashes(folder / name).items()
    )
    return {path: value for path, value in found if is_ours(Path(path))}
