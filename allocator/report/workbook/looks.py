"""Colours that repeat what a cell says, and bars for shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allocator.inputs.spreadsheet import Book, Region
from allocator.report.tables.table import PERCENT, SHARE, Column

_WORDS = {
    "ready": ("#DDEFDD", "#1E5B1E"),
    "blocked": ("#FFF0CC", "#7A4B00"),
    "short": ("#F9D9D6", "#8E1B12"),
    "unknown": ("#E8DDF0", "#553070"),
}
_BAR = "#9DBBE0"


def colour(book: Book, region: Region, columns: Sequence[Column]) -> None:
    """Return colours every column of verdicts, and puts bars behind percentages and shares.

    book: the workbook that is written. region: where the table stands on its sheet. columns: of the
    table.
    """
    for column in columns:
        if column.name == "verdict":
            verdicts(book, region, region.range(column.name))
        elif column.unit in (PERCENT, SHARE):
            bars(region, column.name, 100 if column.unit == PERCENT else 1)


def verdicts(book: Book, region: Region, cells: str) -> None:
    """Return colours the cells that hold a verdict.

    book: the workbook that is written. region: where the table stands on its sheet.
    """
    for word, (ground, ink) in _WORDS.items():
        look = book.format(bg_color=ground, font_color=ink)
        equal = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        region.sheet.conditional_format(cells.replace("$", ""), equal)


def bars(region: Region, header: str, most: float) -> None:
    """Return a bar behind each figure, from nothing to `most`.

    region: where the table stands on its sheet. header: of the column.
    """
    rule: dict[str, Any] = {
        "type": "data_bar",
        "bar_color": _BAR,
        "bar_solid": True,
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": most,
    }
    region.sheet.conditional_format(region.range(header).replace("$", ""), rule)
