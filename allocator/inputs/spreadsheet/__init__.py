"""Workbooks as files: lay tables out on sheets, read cells from sheets.

Knows nothing of workspaces and runs: they say which tables there are. XlsxWriter stands behind
`book.py`, `region.py`, `table.py` and `filling.py`, openpyxl behind `values.py`, `formats.py` and
`marking.py`; neither is imported before it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.inputs.spreadsheet.book import Book, new_book
    from allocator.inputs.spreadsheet.cells import Cell, Formula, Link, TooLongError, UnfitError
    from allocator.inputs.spreadsheet.columns import ListedIn, SheetColumn
    from allocator.inputs.spreadsheet.filling import LINE_HEIGHT, lines_of
    from allocator.inputs.spreadsheet.odd import OddCell
    from allocator.inputs.spreadsheet.package import WorkbookFileError
    from allocator.inputs.spreadsheet.reading import OpenWorkbook, SheetCells, open_workbook
    from allocator.inputs.spreadsheet.region import Region, cell_name
    from allocator.inputs.spreadsheet.table import write_table

_HOMES = {
    "book": ("Book", "new_book"),
    "cells": ("Cell", "Formula", "Link", "TooLongError", "UnfitError"),
    "columns": ("ListedIn", "SheetColumn"),
    "odd": ("OddCell",),
    "package": ("WorkbookFileError",),
    "reading": ("OpenWorkbook", "SheetCells", "open_workbook"),
    "filling": ("LINE_HEIGHT", "lines_of"),
    "region": ("Region", "cell_name"),
    "table": ("write_table",),
}

__all__ = [
    "LINE_HEIGHT",
    "Book",
    "Cell",
    "Formula",
    "Link",
    "ListedIn",
    "OddCell",
    "OpenWorkbook",
    "Region",
    "SheetCells",
    "SheetColumn",
    "TooLongError",
    "UnfitError",
    "WorkbookFileError",
    "cell_name",
    "lines_of",
    "new_book",
    "open_workbook",
    "write_table",
]


def __getattr__(name: str) -> Any:
    """Nothing heavy is imported before it is needed (PEP 562)."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
