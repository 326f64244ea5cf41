"""A copy of a workbook with some cells coloured and commented, and a sheet that lists them.

openpyxl reads the whole workbook and writes it anew: values, formulas, formats, drop-downs,
tables, comments and other sheets stay. What it does not know it leaves out; `Marked.lost` names it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.xml.constants import SHARED_STRINGS

from allocator.inputs.spreadsheet.events import Allowance
from allocator.inputs.spreadsheet.package import Package, WorkbookFileError, open_package
from allocator.inputs.spreadsheet.plain_looks import without_looks
from allocator.inputs.spreadsheet.reading import reporting_damage
from allocator.inputs.spreadsheet.texts import shared_texts

MOST_CELLS = 2_000_000
"""To be copied one by one, formatted blank ones included."""

_FILLS = {"error": "FFC7CE", "warning": "FFEB9C"}
_HEADER = ("what", "sheet", "cell", "problem", "what to do", "code")
_WIDTHS = (10, 16, 10, 70, 50, 8)
_LOST = {
    "xl/vbaProject.bin": "macros",
    "xl/drawings/": "shapes",
    "xl/media/": "pictures",
    "xl/charts/": "charts",
    "xl/pivotTables/": "pivot tables",
    "xl/slicers/": "slicers",
    "xl/ctrlProps/": "form controls",
    "xl/queryTables/": "queries",
    "xl/threadedComments/": "threaded comments",
    "customXml/": "custom XML",
}
"""What parts of a workbook that openpyxl may drop are called."""

_LOOKS = "colours, fonts, borders, drop-downs and names of ranges"


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem: `what` is 'error' or 'warning'. `cell` is '' where it is about a whole sheet, or
    a sheet that is not there."""

    what: str
    sheet: str
    cell: str
    problem: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The copy's bytes, and the kinds of thing that did not come along."""

    data: bytes
    lost: tuple[str, ...]


def mark(data: bytes, marks: Sequence[Mark], list_sheet: str) -> Marked:
    """Return the workbook of these bytes with the marks, which `list_sheet` lists as its first
    sheet.

    A sheet of that name is replaced. Raises WorkbookFileError for what cannot be copied.

    data: the file as it is.
    """
    package = open_package(data)
    archive = package.archive
    _refuse_many_cells(archive)
    with reporting_damage("the workbook"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what the copy lacks, which `lost` names
        book, plain = _read(data, package)
        for sheet in [s for s in book.sheetnames if s.lower() == list_sheet.lower()]:
            book.remove(book[sheet])
        for sheet in book.worksheets:
            _keep_sizes(sheet)
        for one in marks:
            if one.cell and one.sheet in book.sheetnames:
                _mark(book[one.sheet], one)
        _list(book, marks, list_sheet)
        made = BytesIO()
        book.save(made)
    return Marked(made.getvalue(), (*plain, *_lost(archive, ZipFile(made))))


class _WholeReader(ExcelReader):  # type: ignore[misc]
    """openpyxl's own, with texts that come out as they went in."""

    opened: Package

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            self.shared_strings = shared_texts(self.opened, part.PartName, Allowance())


def _read(data: bytes, package: Package) -> tuple[Any, tuple[str, ...]]:
    """The workbook, and what of it was left out since openpyxl reads it in no other way."""
    try:
        return _whole(data, package), ()
    except Exception:  # It looks odd; what it says may be as it should all the same.
        plain = without_looks(package)
        return _whole(plain, open_package(plain)), (_LOOKS,)


def _whole(data: bytes, package: Package) -> Any:
    reader = _WholeReader(BytesIO(data))
    reader.opened = package
    reader.read()
    return reader.wb


def _refuse_many_cells(archive: ZipFile) -> None:
    cells = 0
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with archive.open(name) as part:
                while block := part.read(1 << 20):
                    cells += block.count(b"<c ") + block.count(b"<row ")
    if cells > MOST_CELLS:
        raise WorkbookFileError("large", f"{cells:,} formatted rows and cells")


def _keep_sizes(sheet: Any) -> None:
    """openpyxl forgets how large a comment's box was."""
    for row in sheet.iter_rows(max_row=1):
        for cell in row:
            if cell.comment is not None:
                _fit(cell.comment)


def _fit(comment: Any) -> None:
    lines = sum(1 + len(line) // 38 for line in comment.text.split("\n"))
    comment.width, comment.height = 260, 24 + 16 * lines


def _mark(sheet: Any, one: Mark) -> None:
    cell = _own_cell(sheet, one.cell)
    if one.what == "error" or cell.comment is None:
        cell.fill = PatternFill("solid", start_color=_FILLS[one.what])
    said = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment(f"{said}{one.code}: {one.problem}. {one.hint}".strip(), "allocator")
    _fit(cell.comment)


def _own_cell(sheet: Any, place: str) -> Any:
    """The cell; where it is part of a merged one, the cell that holds its value."""
    for merged in sheet.merged_cells.ranges:
        if place in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[place]


def _list(book: Any, marks: Iterable[Mark], name: str) -> None:
    sheet = book.create_sheet(name, 0)
    line = Side(style="thin", color="D0D0D0")
    grid = Border(left=line, right=line, top=line, bottom=line)
    _row(sheet, 1, _HEADER, grid)
    for number, one in enumerate(marks, 2):
        values = (one.what, one.sheet, one.cell, one.problem, one.hint, one.code)
        _row(sheet, number, values, grid)
        # LibreOffice does not make room for wrapped text by itself.
        lines = max(
            -(-len(text) // (width - 2)) for text, width in zip(values, _WIDTHS, strict=True)
        )
        sheet.row_dimensions[number].height = 15 * max(1, lines)
        sheet.cell(number, 1).fill = PatternFill("solid", start_color=_FILLS[one.what])
        if one.sheet in book.sheetnames:
            _link(sheet.cell(number, 3 if one.cell else 2), one)
    for cell, width in zip(sheet[1], _WIDTHS, strict=True):
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="D9E1EC")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _row(sheet: Any, number: int, values: Iterable[str], grid: Border) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        # Set as text, or openpyxl would make a formula of what starts with '='.
        cell.value, cell.data_type = value, "s"
        cell.border, cell.alignment = grid, Alignment(wrap_text=True, vertical="top")


def _link(cell: Any, one: Mark) -> None:
    name = one.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{one.cell or 'A1'}")
    cell.font = Font(color="0B5394", underline="single")


def _lost(before: ZipFile, after: ZipFile) -> tuple[str, ...]:
    """The kinds of part of which there are fewer than before."""

    def count(archive: ZipFile, start: str) -> int:
        return sum(name.startswith(start) for name in archive.namelist())

    fewer = (s for s in _LOST if count(after, s) < count(before, s) and not _ours(before, s))
    return tuple(_LOST[start] for start in fewer)


def _ours(before: ZipFile, start: str) -> bool:
    """Comments have drawings of their own, which are not counted as shapes."""
    found = [name for name in before.namelist() if name.startswith(start)]
    return all(name.endswith(".vml") or "_rels/" in name for name in found)
