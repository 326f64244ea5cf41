"""From files to a workspace, or to all that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from allocator.inputs.checks import CHECKS, EFFECTS
from allocator.inputs.draft import Draft
from allocator.inputs.files.csv_table import table_in_memory
from allocator.inputs.files.folder import read_folder
from allocator.inputs.files.raw import UNREAD, Raw, RawModel, RawTable
from allocator.inputs.issues import Issue, Place, RefusedError, WorkspaceError, in_order
from allocator.inputs.messages import issue
from allocator.inputs.places import Places, Spot
from allocator.inputs.rows.model_rows import parse_model
from allocator.inputs.rows.table_rows import parse_table
from allocator.inputs.schema import NEEDED_TABLES, TABLES, OperationModel
from allocator.inputs.show import printable
from allocator.inputs.workbook import looks_like_workbook
from allocator.inputs.workspace import Workspace

Inspected: TypeAlias = tuple[Workspace | None, tuple[Issue, ...]]


def inspect(path: str | os.PathLike[str]) -> Inspected:
    """The workspace at `path`, or None with errors, and every issue there is, by place.

    Warnings about rows without effect are looked for once there are no errors.
    """
    try:
        raw, issues = read_raw(path)
    except RefusedError as refused:
        return None, (refused.issue,)
    return inspected(raw, issues)


def read_raw(path: str | os.PathLike[str]) -> tuple[Raw, list[Issue]]:
    """The folder or workbook as it was read. Raises RefusedError where there is neither."""
    if not looks_like_workbook(path):
        return read_folder(path)
    from allocator.inputs.workbook.reader import read_workbook

    return read_workbook(path)


def load(path: str | os.PathLike[str]) -> Workspace:
    """The workspace at `path`; its `warnings` are kept. Raises WorkspaceError for any error."""
    workspace, issues = inspect(path)
    if workspace is None:
        raise WorkspaceError(issues)
    return workspace


def from_tables(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], models: Sequence[Mapping[str, Any]]
) -> Inspected:
    """The same as `inspect` for rows in memory: tables by name, cells by column.

    Raises KeyError for a table that does not exist. Optional tables may be left out.
    """
    for name in tables:
        TABLES[name]
    read = {name: table_in_memory(name, tables.get(name, ())) for name in TABLES}
    issues = [one for _, found in read.values() for one in found]
    if not models:
        issues.append(issue("W121", Place("models"), "none"))
    raw_models = tuple(map(_model_in_memory, models, range(1, len(models) + 1)))
    raw_tables = {name: table for name, (table, _) in read.items()}
    return inspected(Raw(raw_tables, raw_models, models_unread=not models), issues)


def _model_in_memory(data: Mapping[str, Any], position: int) -> RawModel:
    return RawModel(f"models/{printable(str(data.get('name') or position))}.yaml", None, data)


def inspected(raw: Raw, issues: list[Issue]) -> Inspected:
    """The workspace of what was read, given what is wrong with the files themselves."""
    draft = _draft(raw, issues)
    for check in CHECKS:
        issues += check(draft)
    if any(one.is_error for one in issues):
        return None, in_order(issues)
    for check in EFFECTS:
        issues += check(draft)
    found = in_order(issues)
    if any(one.is_error for one in found):
        return None, found
    workspace = _workspace(draft, raw)
    return replace(workspace, warnings=found), found


def _draft(raw: Raw, issues: list[Issue]) -> Draft:
    spots: dict[str, list[Spot]] = {}
    unread = {"models"} if raw.models_unread else set()
    for name, table in raw.tables.items():
        spots[name], faults = parse_table(table)
        issues += faults
        if _says_too_little(table):
            unread.add(name)
    models, model_spots, stems = _models(raw, issues, unread)
    tables = {name: tuple(spot.row for spot in found) for name, found in spots.items()}
    every = (*(spot for found in spots.values() for spot in found), *model_spots)
    files = {name: table.called for name, table in raw.tables.items()}
    return Draft(tables, models, Places(every), frozenset(unread), stems, files)


def _says_too_little(table: RawTable) -> bool:
    """Whether ids of the table may exist that could not be read."""
    id_column = TABLES[table.name].id_field
    if table.columns is None or id_column not in (None, *table.columns):
        return True
    if id_column and any(row.cells.get(id_column) is UNREAD for row in table.rows):
        return True
    return table.name in NEEDED_TABLES and not table.rows


def _models(
    raw: Raw, issues: list[Issue], unread: set[str]
) -> tuple[tuple[OperationModel, ...], list[Spot], dict[str, str]]:
    models, spots, stems = [], [], {}
    for raw_model in raw.models:
        model, found, faults = parse_model(raw_model)
        models.append(model)
        spots += found
        issues += faults
        if model.tasks is None or any(task.task is None for task in model.tasks):
            unread.add("models")
        if raw_model.stem is not None:
            stems[raw_model.file] = raw_model.stem
    return tuple(models), spots, stems


def _workspace(draft: Draft, raw: Raw) -> Workspace:
    return Workspace(
        draft.nations,
        draft.capabilities,
        draft.availability,
        draft.commitments,
        draft.preconditions,
        draft.caveats,
        draft.worlds,
        offers=draft.offers,
        models={model.name: model for model in draft.models},
        path=raw.path,
        files=dict(raw.files),
        places=draft.places,
    )
