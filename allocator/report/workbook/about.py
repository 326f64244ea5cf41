"""Tables about the workbook itself: what its columns mean, and where the run comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from allocator.report.tables.table import Columns, Table, Value, make_table, yes_no
from allocator.report.workbook.sheets import Laid

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def dictionary(laid: Iterable[Laid]) -> Table:
    columns: Columns = {
        "sheet": "the sheet, and the table in it",
        "column": "its column",
        "kind": "text, whole (a whole number) or number",
        "unit": "what its figures count",
        "meaning": "what it says",
    }
    rows = (
        (table.name, column.name, column.kind, column.unit, column.meaning)
        for table in laid
        if table.region is not None
        for column in table.columns
    )
    return make_table(
        "dictionary", "Every column of every sheet: kind, unit, meaning.", columns, rows
    )


def provenance(run: RunRecord) -> Table:
    columns: Columns = {
        "about": "inputs (sha256 of each file), options, versions, seconds, and how the run ended",
        "name": "which of them",
        "value": "what it is",
    }
    rows = (row for about, found in run.provenance().items() for row in _flat(about, found))
    text = "Where the run comes from: hashes of its inputs, options, versions, seconds."
    return make_table("provenance", text, columns, rows)


def _flat(about: str, found: object) -> Iterator[tuple[Value, ...]]:
    if isinstance(found, dict):
        for name, value in found.items():
            yield about, str(name), _plain(value)
    else:
        yield about, None, _plain(found)


def _plain(value: object) -> Value:
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, list):
        return "; ".join(map(str, map(_plain, value)))
    return value if isinstance(value, (int, float)) or value is None else str(value)
