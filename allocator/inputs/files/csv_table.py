"""A table's text as records with their line numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allocator.inputs.files.columns import check_columns, refuse_title, twice
from allocator.inputs.files.raw import UNREAD, RawRow, RawTable
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.schema import TABLES, Row
from allocator.inputs.schema.base import is_own
from allocator.inputs.schema.columns import columns_of
from allocator.inputs.show import quoted

Record = tuple[int, list[str]]
MOST_ROWS = 100_000
"""Of a table. A row takes some 40 microseconds and 2 kB to be read and checked."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?[ ,;]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_table(
    name: str, file: str, text: str, kind: type[Row] | None = None
) -> tuple[RawTable, list[Issue]]:
    """Return the table's rows and what is wrong with its header and the shape of its rows.

    kind: of its rows, where the table is none of a workspace.

    Raises RefusedError for text that is no CSV at all, or without a header.

    name: the table's name. file: what messages call it.
    """
    kind = kind or TABLES[name]
    separator, issues = _separator_line(file, text)
    records = _records(file, text, separator or ",")
    if separator is not None:
        next(records, None)
    first = next(records, None)
    if first is None:
        raise RefusedError(issue("W111", Place(file), columns=",".join(kind.model_fields)))
    line, header = first
    if separator is None:
        _refuse_other_separators(header, Place(file, line))
    _refuse_title(kind, first, records, file)
    columns = _without_blank_end([cell.strip() for cell in header])
    issues += _blank_columns(columns, Place(file, line))
    issues += _check_columns(name, file, line, columns, kind)
    rows: list[RawRow] = []
    fields, own = frozenset(kind.model_fields), any(map(is_own, columns))
    unsure = dict.fromkeys(fields.intersection(twice(columns)), UNREAD)
    comments = _may_comment(columns[0], kind)
    for row_line, cells in records:
        if comments and cells[0].lstrip().startswith("#"):
            continue
        if len(rows) >= MOST_ROWS:
            most = f"at most {MOST_ROWS:,} rows"
            raise RefusedError(issue("W129", Place(file, row_line), f"{MOST_ROWS:,} rows", most))
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            issues.append(_too_long(Place(file, row_line), len(cells), len(columns)))
        found = _cells(fields, columns, cells)
        if any(cell.strip() for column, cell in found.items() if not is_own(column)) or not own:
            rows.append(RawRow(row_line, found | unsure))
    return RawTable(name, file, tuple(columns), tuple(rows)), issues


def _may_comment(first: str, kind: type[Row]) -> bool:
    """Whether a row that begins with '#' is commented out: where its first cell is no free text, in
    which it may mean something."""
    kinds = {column.name: column.kind for column in columns_of(kind)}
    return kinds.get(first, "text") != "text"


def table_in_memory(
    name: str, rows: Sequence[Mapping[str, Any]], kind: type[Row] | None = None
) -> tuple[RawTable, list[Issue]]:
    """Return rows as they are passed by a caller, under the same rules; the header is line 1. kind:
    as in `read_table`.

    name: the table's name. rows: cells by column.
    """
    file = f"inputs/{name}.csv" if kind is None else name
    columns = list(dict.fromkeys(str(column) for row in rows for column in row))
    kind = kind or TABLES[name]
    issues = [*_check_columns(name, file, 1, columns, kind)] if rows else []
    known = kind.model_fields
    records = tuple(
        RawRow(line, {str(k): c for k, c in row.items() if str(k) in known or is_own(str(k))})
        for line, row in enumerate(rows, 2)
    )
    return RawTable(name, file, tuple(columns) if rows else (*known,), records), issues


def _check_columns(
    name: str, file: str, line: int, columns: Sequence[str], kind: type[Row]
) -> Iterator[Issue]:
    return check_columns(
        name, kind.model_fields, kind.required(), columns, lambda c: Place(file, line, c)
    )


def _separator_line(file: str, text: str) -> tuple[str | None, list[Issue]]:
    """What `sep=` in the first line says, as spreadsheet programs write it."""
    found = _SEPARATOR.match(text)
    if found is None:
        return None, []
    return found[1], [issue("W527", Place(file, 1), quoted(found[0].strip()))]


def _refuse_title(kind: type[Row], first: Record, records: Iterator[Record], file: str) -> None:
    line, header = first
    refuse_title(frozenset(kind.model_fields), header, records, Place(file, line))


def _without_blank_end(columns: list[str]) -> list[str]:
    """The columns up to the last that has a name; blank ones after it may stay blank."""
    last = max(number for number, column in enumerate(columns, 1) if column)
    return columns[:last]


def _records(file: str, text: str, separator: str) -> Iterator[Record]:
    """The records that are not blank, each with the line where it starts."""
    lines = (found[0] for found in _LINE.finditer(text))
    reader = csv.reader(lines, strict=True, delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "W114" if "field limit" in str(error) else "W113"
            raise RefusedError(issue(code, Place(file, line), str(error))) from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _refuse_other_separators(header: list[str], place: Place) -> None:
    for separator, name in _OTHER_SEPARATORS.items():
        if any(separator in cell.strip() for cell in header):
            raise RefusedError(issue("W112", place, name))


def _blank_columns(columns: list[str], place: Place) -> Iterator[Issue]:
    for position, column in enumerate(columns, 1):
        if not column:
            yield issue("W115", place, "a blank", position=position)


def _too_long(place: Place, found: int, expected: int) -> Issue:
    return issue("W119", place, str(found), f"at most {expected}, as in the header")


def _cells(known: frozenset[str], columns: list[str], cells: list[str]) -> dict[str, str]:
    named = zip(columns, cells, strict=False)
    return {c: cell for c, cell in named if c in known or is_own(c)}
