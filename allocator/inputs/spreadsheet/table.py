"""Lays one table out on a sheet.

A real Excel table with a filter, under a header that stays in sight and says what each column
means; formats and borders of our own beside, since LibreOffice paints no table style. Printed on
A4 across, on as many pages side by side as keep it readable, the header on each.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from allocator.inputs.spreadsheet.book import Book, offer
from allocator.inputs.spreadsheet.cells import Cell, UnfitError
from allocator.inputs.spreadsheet.columns import ListedIn, SheetColumn
from allocator.inputs.spreadsheet.filling import LINE_HEIGHT, fill_column, lines_of, widen
from allocator.inputs.spreadsheet.region import LAST_ROW, Region

HEADER = {"bold": True, "bg_color": "#D9E1EC", "bottom": 1, "border_color": "#7F7F7F"}
MOST_LINES = 30
"""A row is no higher than this many lines, whatever a cell of it holds."""
PAGE_WIDTH = 240
"""Characters across a page, at the smallest; printed at some six tenths of their size."""
_A4 = 9


def write_table(
    book: Book,
    sheet_name: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Cell]],
    *,
    table_name: str | None = None,
    at: str = "A1",
    frozen_columns: int = 1,
    cut: str | None = None,
) -> Region:
    """Lay the rows out below a header on the sheet, which is added where there is none.

    `table_name` is the Excel table's, by default the sheet's with `_` for all but letters and
    digits; `at` its upper left cell. Text too long for a cell raises TooLongError, unless `cut`
    says what it ends with when it is cut off. Raises UnfitError for what no cell can hold, or no
    sheet; and for a name that cannot be a table's or headers that are not unique.

    book: the workbook that is written. sheet_name: blank is none. columns: headers, and kinds of
    cells. frozen_columns: how many stay in sight.
    """
    sheet = book.sheet(sheet_name)
    top, left = xl_cell_to_rowcol(at)
    kept = [tuple(row) for row in rows]
    last = top + max(1, len(kept))
    if last > LAST_ROW:
        raise UnfitError(f"{sheet_name}: {len(kept):,} rows, and a sheet holds {LAST_ROW:,}")
    headers = tuple(column.header for column in columns)
    region = Region(sheet, sheet_name, headers, top, left, last)
    name = table_name or re.sub(r"\W", "_", sheet_name)
    book.regions[name] = region
    _frame(book, region, columns, name)
    heights, widths = [1] * len(kept), []
    for number, column in enumerate(columns):
        shown = fill_column(book, region, column, [row[number] for row in kept], cut)
        widths.append(widen(book, region, column, shown))
        heights = list(map(max, heights, lines_of(shown, widths[-1])))
        _offer(book, region, column)
    above = max(lines_of([h], width - 2)[0] for h, width in zip(headers, widths, strict=True))
    _make_room(region, [above, *heights])
    _print(sheet, region, frozen_columns, math.ceil(sum(widths) / PAGE_WIDTH))
    return region


def _frame(book: Book, region: Region, columns: Sequence[SheetColumn], name: str) -> None:
    header = book.format(**HEADER, text_wrap=True)
    options = {
        "name": name,
        "style": None,
        "columns": [{"header": column.header, "header_format": header} for column in columns],
    }
    right = region.left + len(columns) - 1
    if region.sheet.add_table(region.top, region.left, region.last, right, options):
        headers = ", ".join(region.headers)
        raise UnfitError(f"{region.sheet_name}: no table can be '{name}' with headers {headers}")
    # Kept to find tables that overlap, a third of all memory; here each table has its own rows.
    region.sheet.table_cells.clear()
    for number, column in enumerate(columns):
        if column.meaning:
            size = {"width": 260, "height": 20 + 16 * (1 + len(column.meaning) // 38)}
            about = {"author": "allocator", **size}
            region.sheet.write_comment(region.top, region.left + number, column.meaning, about)


def _offer(book: Book, region: Region, column: SheetColumn) -> None:
    if not column.choices:
        return
    fixed = not isinstance(column.choices, ListedIn) and not column.open
    rule: dict[str, Any] = {
        "validate": "list",
        "error_type": "stop" if fixed else "warning",
        "error_title": column.header[:32],
        "error_message": "Choose one of the list.",
        "show_error": not column.several,
    }
    at = region.top + 1, region.column(column.header)
    if isinstance(column.choices, ListedIn):
        book.refer(region.sheet, *at, column.choices, rule)
    else:
        offer(region.sheet, *at, {**rule, "source": list(column.choices)})


def _make_room(region: Region, heights: Sequence[int]) -> None:
    """Rows with wrapped text, the header's first: only Excel makes room for it by itself."""
    for row, lines in enumerate(heights, region.top):
        if lines > 1:
            region.sheet.set_row(row, LINE_HEIGHT * min(lines, MOST_LINES))


def _print(sheet: Worksheet, region: Region, frozen_columns: int, across: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(across, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
    if region.top == 0:
        sheet.freeze_panes(1, frozen_columns)
        sheet.repeat_rows(0)
        # LibreOffice takes a second to open two sheets with columns that repeat.
        if across > 1 and frozen_columns:
            sheet.repeat_columns(0, frozen_columns - 1)
