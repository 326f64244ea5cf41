"""Lays one table out on a sheet.

A real Excel table with a filter, under a header that stays in sight and says what each column
means; formats and borders of our own beside, since LibreOffice paints no table style. Printed on
A4 across, as wide as one page, the header on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from allocator.spreadsheet.book import LAST_ROW, Book
from allocator.spreadsheet.cells import (
    LONGEST_TEXT,
    MARKED_STARTS,
    Cell,
    Formula,
    Link,
    TooLongError,
    UnfitError,
    plain,
    shortened,
    units,
)
from allocator.spreadsheet.columns import NUMBER_FORMATS, ListedIn, SheetColumn

NARROWEST, WIDEST, WRAPPED = 8, 40, 60
HEADER = {"bold": True, "bg_color": "#D9E1EC", "bottom": 1, "border_color": "#7F7F7F"}
GRID = {"border": 1, "border_color": "#D0D0D0"}
_A4 = 9


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table stands. Rows and columns are counted from 0; the header is row `top`."""

    sheet: Worksheet
    sheet_name: str
    headers: tuple[str, ...]
    top: int
    left: int
    last: int

    def column(self, header: str) -> int:
        """The sheet's column under this header."""
        return self.left + self.headers.index(header)

    def range(self, header: str, sheet: bool = False) -> str:
        """The cells under a header, as in `$C$2:$C$9`; with `sheet`, for formulas elsewhere."""
        letter = xl_col_to_name(self.column(header), True)
        cells = f"{letter}${self.top + 2}:{letter}${self.last + 1}"
        return f"{self._name}!{cells}" if sheet else cells

    def list_formula(self, header: str) -> str:
        """The cells under a header down to the last that is filled, for a drop-down."""
        letter = xl_col_to_name(self.column(header), True)
        # One range may grow: no spreadsheet program lengthens it for rows added by hand.
        column = f"{self._name}!{letter}${self.top + 2}:{letter}${LAST_ROW + 1}"
        first = f"{self._name}!{letter}${self.top + 2}"
        return f"={first}:INDEX({column},MAX(1,COUNTA({column})))"

    @property
    def _name(self) -> str:
        return quoted_sheet(self.sheet_name)


def quoted_sheet(name: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + name.replace("'", "''") + "'"


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
    """Lays the rows out below a header on the sheet, which is added where there is none.

    `table_name` is the Excel table's, by default the sheet's with `_` for all but letters and
    digits; `at` its upper left cell. Text too long for a cell raises TooLongError, unless `cut`
    says what it ends with when it is cut off. Raises UnfitError for what no cell can hold, or no
    sheet; and for a name that cannot be a table's or headers that are not unique.
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
    for number, column in enumerate(columns):
        shown = _fill(book, region, number, column, [row[number] for row in kept], cut)
        _widen(book, region, number, column, shown)
        _offer(book, region, number, column)
    _print(sheet, region, frozen_columns)
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
    for number, column in enumerate(columns):
        if column.meaning:
            size = {"width": 260, "height": 20 + 16 * (1 + len(column.meaning) // 38)}
            about = {"author": "allocator", **size}
            region.sheet.write_comment(region.top, region.left + number, column.meaning, about)


def _fill(
    book: Book,
    region: Region,
    number: int,
    column: SheetColumn,
    values: Sequence[Cell],
    cut: str | None,
) -> list[str]:
    """Writes the cells below a header, and returns them as they are shown."""
    usual = _format(book, column)
    marked = _format(book, column, quote_prefix=True)
    if not values:
        region.sheet.write_blank(region.top + 1, region.left + number, None, usual)
    shown = []
    for row, value in enumerate(values, region.top + 1):
        at = row, region.left + number
        try:
            text = plain(value)
            if isinstance(text, str) and units(text) > LONGEST_TEXT:
                value = text = _cut(text, cut)
            starts = isinstance(text, str) and text.startswith(MARKED_STARTS)
            _put(region.sheet, at, value, text, marked if starts else usual, book)
        except UnfitError as error:
            place = f"{region.sheet_name}!{xl_rowcol_to_cell(*at)}"
            raise type(error)(f"{place}: {error}") from None
        shown.append("" if text is None else str(text))
    return shown


def _cut(text: str, end: str | None) -> str:
    if end is None:
        raise TooLongError(
            f"a text of {units(text):,} characters; a cell holds {LONGEST_TEXT:,} at most"
        )
    return shortened(text, end)


def _put(
    sheet: Worksheet,
    at: tuple[int, int],
    value: Cell,
    text: str | int | float | None,
    usual: Format,
    book: Book,
) -> None:
    match value:
        case Formula():
            sheet.write_formula(*at, value.text, usual, value.value)
        case Link():
            target = f"internal:{quoted_sheet(value.sheet)}!{value.cell}"
            link = book.format(**GRID, font_color="#0B5394", underline=1)
            sheet.write_url(*at, target, link, str(text or ""))
        case _ if text is None:
            sheet.write_blank(*at, None, usual)
        case _ if isinstance(text, str):
            sheet.write_string(*at, text, usual)
        case _:
            sheet.write_number(*at, text, usual)


def _format(book: Book, column: SheetColumn, **more: Any) -> Format:
    look: dict[str, Any] = {"num_format": NUMBER_FORMATS[column.kind], **GRID, **more}
    if column.kind in ("text", "long_text"):
        look["text_wrap"] = True
    return book.format(**look)


def _widen(
    book: Book, region: Region, number: int, column: SheetColumn, shown: Sequence[str]
) -> None:
    """As wide as the longest line of text, within bounds. New rows below look like the others."""
    at = region.left + number
    lines = chain.from_iterable(text.split("\n") for text in shown)
    longest = max(map(len, lines), default=0) * (1.3 if column.kind == "whole" else 1.05)
    widest = WRAPPED if column.kind == "long_text" else WIDEST
    # Three characters beside the header for the filter's button.
    width = column.width or min(max(longest + 1, len(column.header) + 3, NARROWEST), widest)
    region.sheet.set_column(at, at, width, _format(book, column) if region.top == 0 else None)


def _offer(book: Book, region: Region, number: int, column: SheetColumn) -> None:
    if not column.choices:
        return
    fixed = not isinstance(column.choices, ListedIn)
    rule: dict[str, Any] = {
        "validate": "list",
        "error_type": "stop" if fixed else "warning",
        "error_title": column.header[:32],
        "error_message": "Choose one of the list.",
        "show_error": not column.several,
    }
    at = region.top + 1, region.left + number
    if isinstance(column.choices, ListedIn):
        book.refer(region.sheet, *at, column.choices, rule)
    else:
        rule["source"] = list(column.choices)
        region.sheet.data_validation(*at, LAST_ROW, at[1], rule)


def _print(sheet: Worksheet, region: Region, frozen_columns: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
    if region.top == 0:
        sheet.freeze_panes(1, frozen_columns)
        sheet.repeat_rows(0)
