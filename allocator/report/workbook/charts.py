"""The two charts of a run on a sheet of their own: people by nation, and people by period.

Below their tables they would be cut in two where a page ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allocator.inputs.spreadsheet import Book, Region
from allocator.report.workbook.grid import FIRST
from allocator.words import listing

CHARTS = "charts"
BAR = "#4F7CAC"
_A4 = 9


GIANT = 4
"""A nation with more than so many times the people of all after it is named, and not drawn."""


def by_nation(book: Book, region: Region, fullest: Sequence[tuple[str, int]]) -> None:
    """Draw a bar a nation that sends people, in its fullest period; nothing where none does.

    book: the workbook that is written. region: where the table stands on its sheet. fullest: by
    row, the nation and its people then.
    """
    people = [number for _, number in fullest]
    sending = max((n for n, number in enumerate(people, 1) if number), default=0)
    first = _without_giants(people[:sending])
    if not sending:
        return
    chart: Any = book.workbook.add_chart({"type": "bar"})
    column = region.column("fullest")
    chart.add_series(
        {
            "name": "people",
            "categories": [region.sheet_name, first + 1, 0, sending, 0],
            "values": [region.sheet_name, first + 1, column, sending, column],
            **_LOOK,
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": _GRID}})
    left_out = listing(f"{nation} {number:,}" for nation, number in fullest[:first])
    title = "People by nation, in its fullest period" + (f"; beside {left_out}" if first else "")
    _place(book, "A1", chart, title, 600, 80 + 20 * (sending - first))


def _without_giants(people: Sequence[int]) -> int:
    """How many of the first would flatten all others."""
    first = 0
    while len(people) - first > 2 and people[first] > GIANT * max(people[first + 1 :]):
        first += 1
    return first


def by_period(book: Book, region: Region, periods: int) -> None:
    """Return a column a period: people in place, all nations together.

    book: the workbook that is written. region: where the table stands on its sheet. periods: how
    many there are.
    """
    chart: Any = book.workbook.add_chart({"type": "column"})
    last = FIRST + periods - 1
    chart.add_series(
        {
            "name": "people",
            "categories": [region.sheet_name, 0, FIRST, 0, last],
            "values": [region.sheet_name, region.last + 1, FIRST, region.last + 1, last],
            **_LOOK,
        }
    )
    lines = {"visible": True, "line": _GRID}
    chart.set_y_axis({"min": 0, "num_format": "#,##0", "major_gridlines": lines})
    _place(book, "K1", chart, "People in place in each period", 520, 320)


_GRID = {"color": "#D9D9D9"}
_LOOK: dict[str, Any] = {
    "fill": {"color": BAR},
    "gap": 60,
    "data_labels": {"value": True, "num_format": "#,##0", "font": {"size": 9}},
}


def _place(book: Book, cell: str, chart: Any, title: str, width: int, height: int) -> None:
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_size({"width": width, "height": height})
    sheet = book.sheet(CHARTS)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.insert_chart(cell, chart)
