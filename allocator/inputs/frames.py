"""Tables in memory: a workspace as pandas DataFrames, and DataFrames as a workspace.

They are checked as files are. A message names the table and the row by its label in the frame,
`availability:3 quantity`; of labels that are no whole numbers, each once, by its place, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from allocator.errors import UsageError
from allocator.inputs.files.columns import check_columns, twice
from allocator.inputs.files.raw import UNREAD, Raw, RawModel, RawRow, RawTable
from allocator.inputs.files.write import cell as text_of
from allocator.inputs.inspection import inspected
from allocator.inputs.issues import Issue, Place, WorkspaceError
from allocator.inputs.messages import issue
from allocator.inputs.schema import TABLES, Row
from allocator.inputs.schema.base import is_blank
from allocator.inputs.schema.columns import columns_of
from allocator.inputs.workspace import Workspace
from allocator.near import or_all

if TYPE_CHECKING:
    import pandas as pd

Rows: TypeAlias = "pd.DataFrame | list[Mapping[str, Any]]"
"""A table as a caller has it: a DataFrame, or rows that map columns to cells."""

Models: TypeAlias = Mapping[str, Any] | list[Mapping[str, Any]]
"""Operation models by name, as a file states each; or a list of them, or a single one."""

_TYPES = {"whole": "Int64", "share": "Float64"}
_KEYS = {"availability": ("nation", "capability"), "worlds": ("world", "precondition")}


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a workspace by name; each is made when it is asked for, a frame of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Make the table. Raises KeyError for one that there is not."""
        if name not in TABLES:
            raise KeyError(_no_table(name))
        return _frame(TABLES[name], getattr(self._workspace, name))

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)

    def __repr__(self) -> str:
        rows = (f"{name} ({len(getattr(self._workspace, name)):,})" for name in TABLES)
        return f"<tables and their rows: {', '.join(rows)}>"


def workspace_of(tables: Mapping[str, Rows], models: Models) -> Workspace:
    """Check the tables and models, and make a workspace of them.

    Raises WorkspaceError with all that is wrong, UsageError for a table that there is not,
    TypeError for what is neither a DataFrame nor rows.
    """
    for name in tables:
        if name not in TABLES:
            raise UsageError(_no_table(name))
    read = {name: _raw(name, tables[name]) if name in tables else _none(name) for name in TABLES}
    issues = [fault for _, faults in read.values() for fault in faults]
    stated = tuple(_models(models))
    if not stated:
        issues.append(issue("W121", Place("models"), "none"))
    raw = Raw({name: table for name, (table, _) in read.items()}, stated, models_unread=not stated)
    workspace, found = inspected(raw, issues)
    if workspace is None:
        raise WorkspaceError(found)
    return workspace


def changed(workspace: Workspace, table: str, row: object, cells: Mapping[str, Any]) -> Rows:
    """Return the table with other cells in one of its rows.

    row: its label, or None where the cells of the table's own key name it: the id, or nation and
    capability of availability, world and precondition of worlds. cells: by column; None is blank.
    Raises UsageError where they name no row or several, TypeError for a column there is not.

    workspace: the tables and models behind it.
    """
    if table not in TABLES:
        raise UsageError(_no_table(table))
    return changed_frame(Tables(workspace)[table], table, row, cells)


def changed_frame(
    frame: pd.DataFrame, table: str, row: object, cells: Mapping[str, Any]
) -> pd.DataFrame:
    """Return the frame of a table with other cells in one of its rows, as `changed` does.

    frame: of the table as it is. row: its label, or None where cells of the key name it. cells: by
    column.
    """
    for name in cells:
        if name not in frame.columns:
            raise TypeError(f"{table} has no column '{name}'{or_all(name, frame.columns)}")
    label = label_of(frame, table, row, cells)
    others = {name: value for name, value in cells.items() if name not in key_of(table, row)}
    if not others:
        raise UsageError(f"nothing to change in {table}: name a further column and its new value")
    made = frame.astype(object)
    for name, value in others.items():
        made.at[label, name] = value
    return made


def key_of(table: str, row: object = None) -> tuple[str, ...]:
    """The columns whose cells name a row of the table; none where it is named by its label."""
    return () if row is not None else _KEYS.get(table, (TABLES[table].id_field or "",))


def label_of(frame: pd.DataFrame, table: str, row: object, cells: Mapping[str, Any]) -> Any:
    """Return the label of the one row that is meant. Raises UsageError where none is, or several.

    frame: of the table. row: its label, or None where cells of the key name it. cells: by column.
    """
    keys = key_of(table, row)
    found = [row] if row is not None else _labels(frame, table, keys, cells)
    if len(found) != 1 or found[0] not in frame.index:
        raise UsageError(_not_one(table, found, keys, cells))
    return found[0]


def _labels(
    frame: pd.DataFrame, table: str, keys: tuple[str, ...], cells: Mapping[str, Any]
) -> list[object]:
    if missing := [key for key in keys if key not in cells]:
        raise UsageError(f"which row of {table}? Say {' and '.join(missing)}, or row=")
    same = frame.index == frame.index
    for key in keys:
        same &= frame[key] == cells[key]
    return list(frame.index[same])


def _not_one(
    table: str, found: list[object], keys: tuple[str, ...], cells: Mapping[str, Any]
) -> str:
    named = ", ".join(f"{key} {cells[key]}" for key in keys) or f"label {found[0]}"
    if len(found) > 1:
        labels = ", ".join(map(str, found))
        return f"{len(found)} rows of {table} have {named}: say which with row=, one of {labels}"
    return f"no row of {table} has {named}; add one with with_tables"


def _frame(kind: type[Row], rows: tuple[Row, ...]) -> pd.DataFrame:
    """The rows as they were written: what was left blank stays so."""
    import pandas as pd

    data = {
        column.name: [_cell(row, column.name, column.kind) for row in rows]
        for column in columns_of(kind)
    }
    frame = pd.DataFrame(data, dtype=object)
    whole = {c.name: _TYPES[c.kind] for c in columns_of(kind) if c.kind in _TYPES}
    numbers = {n: t for n, t in whole.items() if not any(isinstance(v, str) for v in data[n])}
    return frame.astype(numbers)


def _cell(row: Row, name: str, kind: str) -> Any:
    if name not in row.model_fields_set:
        return None
    value = getattr(row, name)
    number = kind in _TYPES or (kind == "start" and isinstance(value, int))
    return value if number else text_of(value)


def _raw(name: str, given: Rows) -> tuple[RawTable, list[Issue]]:
    """The table as it is given, with what is wrong with its columns."""
    columns, rows = _columns_and_rows(name, given)
    known = TABLES[name].model_fields
    issues = [
        *check_columns(
            name, known, TABLES[name].required(), columns, lambda c: Place(name, None, c)
        )
    ]
    unsure = dict.fromkeys(known.keys() & {*twice(columns)}, UNREAD)
    records = tuple(
        RawRow(label, {column: cell for column, cell in cells if column in known} | unsure)
        for label, cells in rows
    )
    return RawTable(name, name, tuple(columns), records), issues


def _columns_and_rows(
    name: str, given: Rows
) -> tuple[list[str], list[tuple[int, list[tuple[str, Any]]]]]:
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        if isinstance(given, str | Mapping) or not all(isinstance(r, Mapping) for r in given):
            raise TypeError(f"{name} is {given!r:.100}; a DataFrame or a list of rows is expected")
        given = pd.DataFrame(list(given), dtype=object)
        if given.columns.empty:
            given = pd.DataFrame(columns=list(TABLES[name].model_fields))
    columns = [str(column) for column in given.columns]
    labels = [label for label in given.index if isinstance(label, int)]
    if len(set(labels)) != len(given):
        labels = list(range(len(given)))
    rows = given.itertuples(index=False, name=None)
    return columns, [
        (label, list(zip(columns, map(_plain, cells), strict=True)))
        for label, cells in zip(labels, rows, strict=True)
    ]


def _plain(cell: Any) -> Any:
    """What no cell of a frame holds is blank; numbers of numpy are numbers."""
    import pandas as pd

    if is_blank(cell) or (pd.api.types.is_scalar(cell) and pd.isna(cell)):
        return None
    if isinstance(cell, date):  # A time of day stays, and is refused.
        return str(cell).removesuffix(" 00:00:00")
    return cell.item() if hasattr(cell, "item") and hasattr(cell, "dtype") else cell


def _none(name: str) -> tuple[RawTable, list[Issue]]:
    return RawTable(name, name, tuple(TABLES[name].model_fields)), []


def _models(given: Models) -> Iterator[RawModel]:
    if isinstance(given, Mapping) and isinstance(given.get("tasks"), list):
        given = [given]
    if not isinstance(given, Mapping):
        yield from (_model(str(data.get("name", n)), data) for n, data in enumerate(given))
        return
    for name, data in given.items():
        if not isinstance(data, Mapping):
            raise TypeError(f"the model {name} is {data!r:.100}; a mapping is expected")
        if data.get("name", name) != name:
            raise UsageError(f"the model {name} calls itself {data['name']}; name it once")
        yield _model(name, {"name": name, **data})


def _model(name: str, data: Mapping[str, Any]) -> RawModel:
    return RawModel(f"model {name}", None, data)


def _no_table(name: str) -> str:
    return f"no table '{name}'{or_all(name, TABLES)}"
