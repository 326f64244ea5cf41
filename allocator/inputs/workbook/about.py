"""The sheet that explains the others. It is written for readers, and never read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allocator.inputs.spreadsheet import Book, Cell, Link, SheetColumn, write_table
from allocator.inputs.workbook.layout import ABOUT, LAYOUTS
from allocator.inputs.workbook.wording import how

_LINES = (
    "One workspace: what the world holds, and the operation models under discussion.",
    "allocator check -w FILE lists what is wrong, cell by cell; with --mark it colours a copy.",
    "allocator solve -w FILE answers; allocator convert FILE FOLDER makes plain text files of it.",
    "Rows may be added, moved and removed; a blank cell means the column's default, never 0.",
    "Formulas are read with the values that were kept with them. Sheets whose names start with _ "
    "are left alone.",
    "Conditions: always, never, an id of the sheet preconditions, joins(NATION), led_by(NATION), "
    "staffed(TASK), at_least(K, …, …), and, or, brackets.",
    "Periods: 1-4, 3-, -2, 2 or 1;3; blank is all of them. A line without a name has its "
    "capability's.",
)
_ABOUT_SHEETS = (
    SheetColumn("sheet", width=16),
    SheetColumn("rows", kind="whole", width=18),
    SheetColumn("a row is", width=80),
)
_ABOUT_COLUMNS = (
    SheetColumn("sheet", width=16),
    SheetColumn("column", width=18),
    SheetColumn("meaning", width=80),
    SheetColumn("written as", width=60),
    SheetColumn("required", width=10),
)


def write_about(book: Book, rows: Mapping[str, int]) -> None:
    """Adds the sheet; `rows` is the number of rows of each sheet."""
    sheet = book.sheet(ABOUT)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Workspace", book.format(bold=True, font_size=16))
    for number, line in enumerate(_LINES, 1):
        sheet.write_string(number, 0, line, book.format())
    top = len(_LINES) + 3
    sheets = [(Link(name, name), rows[name], layout.about) for name, layout in LAYOUTS.items()]
    write_table(book, ABOUT, _ABOUT_SHEETS, sheets, table_name="sheets", at=f"A{top}")
    below = top + len(LAYOUTS) + 3
    write_table(book, ABOUT, _ABOUT_COLUMNS, _columns(), table_name="columns", at=f"A{below}")


def _columns() -> Iterator[tuple[Cell, ...]]:
    for layout in LAYOUTS.values():
        for one in layout.fields:
            required = one.header in layout.required
            yield layout.name, one.header, one.column.meaning, how(one), required
