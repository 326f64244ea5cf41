"""Where a given plan is: a CSV file, a sheet of a workbook, a run's folder, or rows in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from allocator.inputs.files.columns import twice
from allocator.inputs.files.csv_table import read_table, table_in_memory
from allocator.inputs.files.folder import LARGEST_TABLE
from allocator.inputs.files.raw import RawTable
from allocator.inputs.files.text_file import read_bytes, read_text
from allocator.inputs.given.row import AllocationRow
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.schema.base import Row
from allocator.inputs.show import harmless, printable, quoted
from allocator.inputs.workbook import looks_like_workbook

Given: TypeAlias = str | os.PathLike[str] | Iterable[Mapping[str, Any]]
"""A path, a sheet as `FILE.xlsx#SHEET`, or rows: mappings of columns, or a DataFrame."""


class Wanted(NamedTuple):
    """A table that somebody wrote. kind: of its rows; name: what messages call it; sheets: those
    that hold one where none is named, in this order (a run's workbook has its matrix as `plan`);
    places: where a run's folder has it."""

    kind: type[Row]
    name: str
    sheets: tuple[str, ...]
    places: tuple[str, ...]


PLAN = Wanted(
    AllocationRow,
    "a plan",
    ("allocation", "plan", "corrected"),
    ("tables/allocation.csv", "allocation.csv", "tables/corrected.csv", "corrected.csv"),
)


class Source(NamedTuple):
    """What was read. `workbook`: the file that the sheet is part of, None for anything else."""

    table: RawTable
    issues: list[Issue]
    file: str
    hashes: dict[str, str]
    workbook: Path | None = None


def read_source(given: Given, wanted: Wanted = PLAN) -> Source:
    """The table that is meant, unchecked. Raises RefusedError where there is none."""
    if not isinstance(given, str | os.PathLike):
        memory = wanted.sheets[0]
        table, issues = table_in_memory(memory, _records(given, memory), wanted.kind)
        return Source(table, issues, memory, {})
    path, sheet = named(os.fspath(given))
    if path.is_dir():
        return _of_csv(
            next((path / p for p in wanted.places if (path / p).is_file()), path), wanted
        )
    if looks_like_workbook(path):
        return _of_sheet(path, sheet, wanted)
    return _of_csv(Path(os.fspath(given)), wanted)


def named(given: str) -> tuple[Path, str]:
    """The path and the sheet that `FILE.xlsx#SHEET` names; a file of the whole name comes first."""
    path, mark, sheet = given.rpartition("#")
    if mark and not os.path.lexists(given) and looks_like_workbook(path):
        return Path(path), sheet
    return Path(given), ""


def _records(given: Iterable[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """The rows; blank cells of a DataFrame are those without a value. Raises RefusedError where it
    has a column twice, of which a row could hold one alone."""
    if hasattr(given, "to_dict"):
        for column in twice([*map(str, given.columns)]):  # type: ignore[attr-defined]
            raise RefusedError(issue("W116", Place(name, 1, printable(column)), quoted(column)))
        given = given.astype(object).where(given.notna(), None).to_dict("records")  # type: ignore[attr-defined]
    return list(given)


def _of_csv(path: Path, wanted: Wanted) -> Source:
    file = harmless(str(path))
    if not path.is_file():
        shown = {"what": wanted.name, "table": wanted.places[0]}
        raise RefusedError(issue("W601", Place(file), quoted(str(path)), **shown))
    text, digest = read_text(path, file, LARGEST_TABLE)
    table, issues = read_table(wanted.name, file, text, wanted.kind)
    return Source(table, issues, file, {str(path): digest})


def _of_sheet(path: Path, sheet: str, wanted: Wanted) -> Source:
    from allocator.inputs.spreadsheet.package import LARGEST_FILE, WorkbookFileError
    from allocator.inputs.spreadsheet.reading import open_workbook
    from allocator.inputs.workbook.layout import layout_of
    from allocator.inputs.workbook.reader import refusal
    from allocator.inputs.workbook.sheet_table import read_table as read_sheet

    name = harmless(path.name)
    data = read_bytes(path, name, LARGEST_FILE)
    try:
        book = open_workbook(data)
        found = _sheet(name, book.sheets, sheet, wanted)
        table, issues = read_sheet(layout_of(wanted.name, wanted.kind), found, book.cells(found))
    except WorkbookFileError as error:
        raise RefusedError(refusal(error, Place(name))) from None
    hashes = {str(path): sha256(data).hexdigest()}
    return Source(table, issues, f"{path}#{found}", hashes, path)


def _sheet(file: str, sheets: tuple[str, ...], asked: str, of: Wanted) -> str:
    """The sheet that is asked for; without a name the usual one, or the only one."""
    from allocator.near import near

    folded = {sheet.strip().casefold(): sheet for sheet in sheets}
    wanted = (asked.strip().casefold(),) if asked else of.sheets
    usual = [folded[name] for name in wanted if name in folded]
    if usual:
        return usual[0]
    if not asked and len(sheets) == 1:
        return sheets[0]
    shown = ", ".join(map(printable, sheets))
    meant = near(asked, sheets) if asked else ""
    found = quoted(asked) if asked else quoted(file)
    raise RefusedError(issue("W602", Place(file), found, "", meant, sheets=shown, what=of.name))
