"""A workbook under construction: its formats, its tables, and how it comes to stand in a file."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from allocator.inputs.spreadsheet.cells import UnfitError
from allocator.inputs.spreadsheet.region import LAST_ROW, Region

if TYPE_CHECKING:
    from allocator.inputs.spreadsheet.columns import ListedIn

UNDATED = datetime(2000, 1, 1)
"""When a workbook is said to be made, so that the same tables give the same bytes."""

# Not constant_memory: it has no tables, and a sheet has a million rows at most. Parts are kept in
# memory, where the cells are anyway: a temporary file for each of seventy parts takes longer.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"font_name": "Calibri", "font_size": 10, "valign": "top"},
}


@dataclass
class Book:
    """Sheets in the order in which they were added. `workbook` is XlsxWriter's own, for charts.

    `regions` holds the tables by name; drop-downs that refer to a table are made when
    the book is finished, so that a sheet may refer to a later one.
    """

    workbook: Workbook
    regions: dict[str, Region] = field(default_factory=dict)
    _formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)
    _references: list[tuple[Worksheet, int, int, ListedIn, dict[str, Any]]] = field(
        default_factory=list
    )

    def sheet(self, name: str) -> Worksheet:
        """The sheet of this name, added at the end where there is none."""
        found = self.workbook.get_worksheet_by_name(name)
        return found if found is not None else self.workbook.add_worksheet(name)

    def format(self, **properties: Any) -> Format:
        """The cell format with these properties of XlsxWriter; equal ones are one."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def refer(
        self, sheet: Worksheet, row: int, column: int, source: ListedIn, rule: dict[str, Any]
    ) -> None:
        """Note a drop-down from this cell downwards, of what stands in another table.

        sheet: the sheet. row: counted from 0. column: counted from 0. source: the table whose ids
        are listed. rule: the drop-down, as the library takes it.
        """
        self._references.append((sheet, row, column, source, rule))

    def finish(self) -> None:
        """Makes the drop-downs and writes the file."""
        for sheet, row, column, source, rule in self._references:
            listed = self.regions[source.table].list_formula(source.header)
            offer(sheet, row, column, {**rule, "source": listed})
        self.workbook.close()


def offer(sheet: Worksheet, row: int, column: int, rule: dict[str, Any]) -> None:
    """Make a drop-down from this cell downwards. Raises UnfitError where it cannot be made.

    sheet: the sheet. row: counted from 0. column: counted from 0. rule: the drop-down, as the
    library takes it.
    """
    if sheet.data_validation(row, column, LAST_ROW, column, rule):
        raise UnfitError(f"{sheet.name}: no drop-down of {rule['source']}; 255 characters at most")


@contextmanager
def new_book(
    path: Path, title: str = "", created: datetime = UNDATED, *, large: bool = False
) -> Iterator[Book]:
    """Yield a book to fill; when the block ends, the file is whole, or as it was before.

    `large`: its parts go through files, which takes longer and half the memory.
    Raises OSError where the file cannot be written. It is packed in memory and written at once: an
    archive that a full disk cuts off is asked to close itself again later, and fails again.

    path: where it is written. title: of the document. created: when it was, for the same bytes each
    time.
    """
    parts = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    packed = io.BytesIO()
    try:
        workbook = Workbook(packed, {**_OPTIONS, "in_memory": not large, "tmpdir": str(parts)})
        workbook.set_properties({"title": title, "author": "allocator", "created": created})
        book = Book(workbook)
        yield book
        book.finish()
        (parts / path.name).write_bytes(packed.getbuffer())
        os.replace(parts / path.name, path)
    except FileCreateError as error:  # No OSError, but made of one.
        raise OSError(*error.args[0].args) from error
    finally:
        shutil.rmtree(parts, ignore_errors=True)
