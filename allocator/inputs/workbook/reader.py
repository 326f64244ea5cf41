"""Find and read the sheets of a workbook that is a workspace."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from allocator.inputs.files.raw import Raw, RawModel, RawTable
from allocator.inputs.files.text_file import read_bytes
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.schema import NEEDED_TABLES, TABLES
from allocator.inputs.show import printable
from allocator.inputs.spreadsheet.package import (
    LARGEST_FILE,
    LARGEST_PART,
    LARGEST_TOTAL,
    WorkbookFileError,
)
from allocator.inputs.spreadsheet.reading import OpenWorkbook, open_workbook
from allocator.inputs.workbook.layout import ABOUT, LAYOUTS, PROBLEMS
from allocator.inputs.workbook.model_sheets import read_models
from allocator.inputs.workbook.sheet_table import read_table
from allocator.near import near

_OTHER_KINDS = {
    "old": "an old Excel workbook (.xls)",
    "binary": "a binary Excel workbook (.xlsb)",
    "strict": "a workbook in the rare form 'Strict Open XML'",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "not_zip": "no workbook",
    "no_book": "an archive without a workbook",
}


def read_workbook(path: str | os.PathLike[str]) -> tuple[Raw, list[Issue]]:
    """All sheets of the workspace, and what is wrong with them as sheets.

    Raises RefusedError where the file cannot be read as a workbook at all.
    """
    file = Path(path)
    name = printable(file.name)
    data = read_bytes(file, name, LARGEST_FILE)
    try:
        book = open_workbook(data)
        reader = _Reader(name, book)
        tables = {table: reader.table(table) for table in TABLES}
        models = reader.models()
    except WorkbookFileError as error:
        raise RefusedError(refusal(error, Place(name))) from None
    reader.note_strays()
    files = {file.name: sha256(data).hexdigest()}
    return Raw(tables, models, files, reader.models_unread, str(path)), reader.issues


def refusal(error: WorkbookFileError, place: Place) -> Issue:
    match error.fault:
        case "encrypted":
            return issue("W122", place, "a password")
        case "damaged":
            return issue("W123", place, printable(error.found))
        case "large":
            most = f"at most {LARGEST_PART:,} bytes in a sheet and {LARGEST_TOTAL:,} in all"
            return issue("W124", place, printable(error.found), most)
    return issue("W102", place, _OTHER_KINDS[error.fault])


def _has_its_columns(table: RawTable | None) -> bool:
    """Whether the sheet could be read, with all columns that say what its rows belong to."""
    return table is not None and {*LAYOUTS[table.name].required} <= {*(table.columns or ())}


@dataclass
class _Reader:
    file: str
    book: OpenWorkbook
    issues: list[Issue] = field(default_factory=list)
    models_unread: bool = False

    def table(self, name: str) -> RawTable:
        """The table of this name, empty where its sheet is missing and may be."""
        if (found := self._read(name)) is not None:
            return found
        if self._sheet(name) is not None:
            return RawTable(name, name, None, letters={"": "A"})
        if name in NEEDED_TABLES:
            self.issues.append(issue("W125", Place(name)))
            return RawTable(name, name, None, letters={"": "A"})
        return RawTable(name, name, LAYOUTS[name].headers, letters={"": "A"})

    def models(self) -> tuple[RawModel, ...]:
        """The operation models, as far as their sheets can be read."""
        there = [name for name in ("models", "tasks", "lines") if self._sheet(name) is not None]
        tables = {name: self._read(name) for name in there}
        if not any(table is None or table.rows for table in tables.values()):
            self.models_unread = True
            self.issues.append(issue("W121", Place("tasks"), "none", "rows in the sheet tasks"))
            return ()
        for name in ("tasks", "lines"):
            if name not in there:
                self.issues.append(issue("W125", Place(name)))
        tasks, lines = tables.get("tasks"), tables.get("lines")
        if tasks is None or lines is None or not all(map(_has_its_columns, tables.values())):
            self.models_unread = True
            return ()
        models, complete, issues = read_models(tables.get("models"), tasks, lines)
        self.models_unread = not complete
        self.issues += issues
        return models

    def _read(self, name: str) -> RawTable | None:
        """The table on a sheet; None where there is no such sheet, or it cannot be read."""
        sheet = self._sheet(name)
        if sheet is None:
            return None
        if sheet in self.book.hidden:
            self.issues.append(issue("W522", Place(sheet), "hidden"))
        try:
            table, issues = read_table(LAYOUTS[name], sheet, self.book.cells(sheet))
        except RefusedError as refused:
            self.issues.append(refused.issue)
            return None
        self.issues += issues
        return table

    def _sheet(self, name: str) -> str | None:
        """The sheet of this name; case does not count, as in spreadsheet programs."""
        return next((sheet for sheet in self.book.sheets if sheet.strip().lower() == name), None)

    def note_strays(self) -> None:
        """Warns of macros, and of sheets that are not read; those that start with `_` are notes."""
        if self.book.has_macros:
            self.issues.append(issue("W523", Place(self.file), "macros"))
        known = [*LAYOUTS, ABOUT, PROBLEMS]
        for sheet in self.book.sheets:
            if sheet.strip().lower() not in known and not sheet.startswith("_"):
                found, missing = printable(sheet), [n for n in LAYOUTS if not self._sheet(n)]
                expected = ", ".join(LAYOUTS)
                self.issues.append(
                    issue("W502", Place(found), found, expected, near(sheet, missing))
                )
