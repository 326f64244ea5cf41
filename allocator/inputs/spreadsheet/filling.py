"""The cells of one column of a table, and how much room they need."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from allocator.inputs.spreadsheet.book import Book
from allocator.inputs.spreadsheet.cells import (
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
from allocator.inputs.spreadsheet.columns import NUMBER_FORMATS, SheetColumn
from allocator.inputs.spreadsheet.region import Region, quoted_sheet

NARROWEST, WIDEST, WRAPPED = 8, 40, 60
LINE_HEIGHT = 13.5
GRID = {"border": 1, "border_color": "#D0D0D0"}


def fill_column(
    book: Book,
    region: Region,
    column: SheetColumn,
    values: Sequence[Cell],
    cut: str | None,
) -> list[str]:
    """Write the cells below a header, and returns them as they are shown.

    book: the workbook that is written. region: where the table stands on its sheet. column: its
    header and kind. values: from the top down. cut: what stands at the end of text that is too
    long.
    """
    number = region.column(column.header)
    usual = book.format(**_look(column), **GRID)
    marked = book.format(**_look(column), **GRID, quote_prefix=True)
    if not values:
        region.sheet.write_blank(region.top + 1, number, None, usual)
    shown = []
    for row, value in enumerate(values, region.top + 1):
        at = row, number
        try:
            text = plain(value)
            if isinstance(text, str) and units(text) > LONGEST_TEXT:
                value = text = _cut(text, cut)
            starts = isinstance(text, str) and text.startswith(MARKED_STARTS)
            _put(region.sheet, at, value, text, marked if starts else usual, book)
        except UnfitError as error:
            place = f"{region.sheet_name}!{xl_rowcol_to_cell(*at)}"
            raise type(error)(f"{place}: {error}") from None
        shown.append(_shown(text))
    return shown


def _shown(text: str | int | float | None) -> str:
    """About what a reader sees."""
    if isinstance(text, float):
        return f"{text:,.2f}"
    return "" if text is None else str(text)


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


def _look(column: SheetColumn) -> dict[str, Any]:
    """The format of a column's cells but for their borders."""
    look: dict[str, Any] = {"num_format": NUMBER_FORMATS[column.kind]}
    if column.kind in ("text", "long_text", "mixed"):
        return {**look, "text_wrap": True, "align": "left"}
    # Away from the text to the right of it.
    return {**look, "align": "right", "indent": 1}


def widen(book: Book, region: Region, column: SheetColumn, shown: Sequence[str]) -> float:
    """Make the column as wide as its longest line of text, within bounds, and returns the width.

    Rows that somebody adds below look like the others.

    book: the workbook that is written. region: where the table stands on its sheet. shown: the
    cells as they are shown.
    """
    lines = chain.from_iterable(text.split("\n") for text in shown)
    longest = max(map(len, lines), default=0) * (1.3 if column.kind == "whole" else 1.05)
    widest = WRAPPED if column.kind == "long_text" else WIDEST
    # Three characters beside the header for the filter's button.
    width = column.width or min(max(longest + 2, len(column.header) + 3, NARROWEST), widest)
    at = region.column(column.header)
    look = book.format(**_look(column)) if region.top == 0 else None
    region.sheet.set_column(at, at, width, look)
    return width


def lines_of(shown: Sequence[str], width: float) -> list[int]:
    """How many lines each text takes in a column of the width, a little generously."""
    room = max(1, int(width * 1.1) - 1)
    return [
        sum(max(1, -(-len(line) // room)) for line in text.split("\n")) if text else 1
        for text in shown
    ]
