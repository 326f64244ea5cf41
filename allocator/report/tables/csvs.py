"""Tables as CSV that a spreadsheet program opens without running anything.

UTF-8, line feeds, a header row. A text cell that starts with `=`, `+`, `-`, `@`, a tab or a
carriage return gets an apostrophe in front, or LibreOffice and Excel would take it for a formula.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from allocator.report.tables.table import Table, Value
from allocator.results.store.places import new_place

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Value) -> Value:
    """The cell as it is written: blank for None, text that is no formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_text(table: Table) -> str:
    """The table as CSV text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([safe(name) for name in table.header])
    writer.writerows([safe(value) for value in row] for row in table.rows)
    return text.getvalue()


def write_csv(table: Table, folder: Path) -> Path:
    """Write `NAME.csv` to its place in the folder of an answer, and return its path.

    table: what it holds. folder: of the answer.
    """
    path = new_place(folder, f"{table.name}.csv")
    path.write_bytes(csv_text(table).encode("utf-8"))
    return path
