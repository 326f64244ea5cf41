"""A workspace from one form into the other: a folder of text files, or one workbook."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from allocator.atomic import replace_file, replace_files, replace_folder
from allocator.errors import InputsWrongError
from allocator.inputs.files.raw import Raw
from allocator.inputs.files.write import write_tables
from allocator.inputs.inspection import inspected, read_raw
from allocator.inputs.issues import Issue, RefusedError, WorkspaceError
from allocator.inputs.rows.model_values import typed
from allocator.inputs.schema import TABLES, TABLES_WITH_ROWS
from allocator.inputs.schema.base import is_blank, is_own
from allocator.inputs.workspace import Workspace
from allocator.staging import settle_leftovers

WORKBOOK = ".xlsx"
_PARTS = ("inputs", "models")


class ConversionError(InputsWrongError):
    """What was written does not read the same; it has been removed again."""


def convert(source: Path, target: Path, *, over: bool = False) -> tuple[Issue, ...]:
    """Write the workspace as a workbook where `target` ends in .xlsx, else as a folder.

    Returns the warnings about the workspace. What is written is read back and compared before it
    takes its place; killed at any moment, the target is what it was, or whole, or lacks inputs/ or
    models/, and what is written there next completes it. Raises WorkspaceError for a workspace
    with errors, FileExistsError where something would be written over, unless `over`; then, too,
    where a model file would be left that the workspace does not have. Raises UnfitError for text
    that no cell can hold.

    source: the workspace's folder or workbook.
    """
    try:
        raw, issues = read_raw(source)
    except RefusedError as refused:
        raise WorkspaceError([refused.issue]) from None
    workspace, found = inspected(raw, issues)
    if workspace is None:
        raise WorkspaceError(found)
    put = _put_workbook if target.suffix.lower() == WORKBOOK else _put_folder
    put(raw, workspace, target, over)
    return found


def _put_workbook(raw: Raw, workspace: Workspace, target: Path, over: bool) -> None:
    from allocator.inputs.workbook.writer import write_workbook

    if not (over and target.is_file()):
        refuse_taken(target)

    def write(file: Path) -> None:
        write_workbook(raw, file)
        _compare(raw, workspace, file)

    replace_file(target, write)


def refuse_taken(target: Path) -> None:
    """Raise FileExistsError where there is something at the place of a new file."""
    if os.path.lexists(target):
        raise FileExistsError(f"{target} is there already; name a new file")


def _put_folder(raw: Raw, workspace: Workspace, target: Path, over: bool) -> None:
    settle_leftovers(target)
    files = _model_files(workspace, target, over)
    same = _already_there(raw, workspace, target)

    def fill(new: Path) -> None:
        write_tables(_tables(raw, target), [typed(model.data) for model in raw.models], new)
        _compare(raw, workspace, new)
        _rename_models(new / "models", files)
        named = {f"models/{name}.yaml": file for name, file in files.items()}
        for part in _PARTS:
            _take_along(target / part, new / part, {named.get(file, file) for file in same})

    if os.path.lexists(target):
        replace_files(target, fill)
    else:
        replace_folder(target, fill)


def _rename_models(models: Path, files: dict[str, str]) -> None:
    """Gives each model the file that it has in the target; two may swap theirs."""
    written = models.with_name("written")
    models.rename(written)
    models.mkdir()
    for name, file in files.items():
        (written / f"{name}.yaml").rename(models / Path(file).name)
    written.rmdir()


def _take_along(earlier: Path, new: Path, same: set[str]) -> None:
    """Brings into the new folder what stays of the earlier one: files that say the same, and all
    that is no table and no model of the workspace. The earlier one stays where nothing changed."""
    changed = {path.name for path in new.iterdir() if f"{new.name}/{path.name}" not in same}
    if not changed:
        shutil.rmtree(new)
    elif earlier.is_dir():
        skip = lambda folder, names: changed if Path(folder) == earlier else ()  # noqa: E731
        shutil.copytree(earlier, new, symlinks=True, ignore=skip, dirs_exist_ok=True)


def _model_files(workspace: Workspace, target: Path, over: bool) -> dict[str, str]:
    """The file of each model: the one that it has in the target already, else its name's.

    Raises FileExistsError where something is in the way.
    """
    if os.path.lexists(target) and not target.is_dir():
        raise FileExistsError(f"{target} is a file; name a folder, or a file that ends in .xlsx")
    taken = [part for part in _PARTS if os.path.lexists(target / part)]
    files = {name: f"models/{name}.yaml" for name in workspace.models}
    if not taken:
        return files
    if not over:
        there = " and ".join(f"{part}/" for part in taken)
        raise FileExistsError(f"{target} has {there} already; name a new folder")
    if link := next((part for part in taken if (target / part).is_symlink()), None):
        raise FileExistsError(f"{target / link} is a link; name the folder that it leads to")
    raw, _ = read_raw(target)
    own = {str(model.data.get("name")).strip(): model.file for model in raw.models}
    files |= {name: file for name, file in own.items() if name in files}
    found = {f"models/{path.name}" for path in (target / "models").glob("[!.~]*.yaml")}
    if left := sorted(found - {*files.values()}):
        raise FileExistsError(
            f"{target / left[0]} holds a model that the workspace does not have; "
            "remove it first, or name a new folder"
        )
    return files


def _already_there(raw: Raw, workspace: Workspace, target: Path) -> set[str]:
    """The files that would say what those in the target say: they are left as they are."""
    try:
        earlier, issues = read_raw(target)
    except RefusedError:
        return set()
    there, _ = inspected(earlier, issues)
    if there is None:
        return set()
    own, known = _own_columns(raw), _own_columns(earlier)
    tables = {
        n for n in TABLES if getattr(there, n) == getattr(workspace, n) and own[n] == known[n]
    }
    there_too = {n for n in tables if (target / f"inputs/{n}.csv").is_file()}
    models = {
        name
        for name, model in workspace.models.items()
        if there.models.get(name) == model and own["models"][name] == known["models"][name]
    }
    return {f"inputs/{name}.csv" for name in there_too} | {f"models/{m}.yaml" for m in models}


def _own_columns(raw: Raw) -> dict[str, Any]:
    """What stands in a planner's own columns: by table, and by model."""
    found: dict[str, Any] = {
        name: [_own(row.cells) for row in table.rows] for name, table in raw.tables.items()
    }
    models = {str(model.data.get("name")).strip(): _own(model.data) for model in raw.models}
    return {**found, "models": models}


def _own(part: Any) -> Any:
    if isinstance(part, Mapping):
        below = {k: str(v) if is_own(k) else _own(v) for k, v in part.items() if not is_blank(v)}
        return {key: value for key, value in below.items() if value}
    found = [_own(entry) for entry in part] if isinstance(part, list) else []
    return found if any(found) else None


def _tables(raw: Raw, target: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row with all columns of its table, so that blank ones keep their place."""
    found = {}
    for name in TABLES:
        table = raw.tables[name]
        there = (target / f"inputs/{name}.csv").exists()
        if name in TABLES_WITH_ROWS and not table.rows and not there:
            continue
        columns = table.columns or ()
        found[name] = [{c: row.cells.get(c) for c in columns} for row in table.rows]
    return found


def _compare(raw: Raw, workspace: Workspace, written: Path) -> None:
    """Raises ConversionError where what was written is not the same workspace."""
    read, found = read_raw(written)
    again, issues = inspected(read, found)
    if again is None:
        said = next(str(issue) for issue in issues if issue.is_error)
        raise ConversionError(f"{written.name} would not be read ({said}); nothing is kept")
    for name in TABLES:
        before, after = getattr(workspace, name), getattr(again, name)
        for row, other in zip_longest(before, after):
            if row != other:
                place = workspace.place(row) if row is not None else name
                raise ConversionError(f"{place} would not read the same; nothing is kept")
    for name, model in workspace.models.items():
        if again.models.get(name) != model:
            raise ConversionError(f"the model {name} would not read the same; nothing is kept")
    own, read_again = _own_columns(raw), _own_columns(read)
    if lost := [name for name, cells in own.items() if cells != read_again[name]]:
        raise ConversionError(f"columns of your own in {lost[0]} would be lost; nothing is kept")
