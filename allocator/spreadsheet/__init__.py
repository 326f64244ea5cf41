"""Workbooks as files: lay tables out on sheets, read cells from sheets.

Knows nothing of workspaces and runs: they say which tables there are. XlsxWriter stands behind
`book.py` and `table.py` alone, openpyxl behind the modules that read.
"""

from __future__ import annotations

from allocator.spreadsheet.book import Book, new_book
from allocator.spreadsheet.cells import Cell, Formula, Link, TooLongError, UnfitError
from allocator.spreadsheet.columns import ListedIn, SheetColumn
from allocator.spreadsheet.table import Region, write_table

__all__ = [
    "Book",
    "Cell",
    "Formula",
    "Link",
    "ListedIn",
    "Region",
    "SheetColumn",
    "TooLongError",
    "UnfitError",
    "new_book",
    "write_table",
]
