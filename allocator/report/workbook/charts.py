"""The two charts of a run: people by nation, and people by period."""

from __future__ import annotations

from typing import Any

from allocator.report.workbook.grid import FIRST
from allocator.spreadsheet import Book, Region

BAR = "#4F7CAC"
_BELOW = 5
"""Rows from the last nation down to the chart: the total, two of notes, and a free one."""


def by_nation(book: Book, region: Region, contributors: int) -> None:
    """A bar a nation that sends people; nothing where none does."""
    if not contributors:
        return
    chart: Any = book.workbook.add_chart({"type": "bar"})
    total = region.column("total")
    chart.add_series(
        {
            "name": "people",
            "categories": [region.sheet_name, 1, 0, contributors, 0],
            "values": [region.sheet_name, 1, total, contributors, total],
            **_LOOK,
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": _GRID}})
    _place(chart, region, "People by nation, summed over periods", 60 + 20 * contributors)


def by_period(book: Book, region: Region, periods: int) -> None:
    """A column a period: people in place, all nations together."""
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
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": _GRID}})
    _place(chart, region, "People in place in each period", 300)


_GRID = {"color": "#D9D9D9"}
_LOOK: dict[str, Any] = {
    "fill": {"color": BAR},
    "gap": 60,
    "data_labels": {"value": True, "num_format": "#,##0", "font": {"size": 9}},
}


def _place(chart: Any, region: Region, title: str, height: int) -> None:
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": height})
    region.sheet.insert_chart(region.last + _BELOW, 0, chart, {"object_position": 3})
