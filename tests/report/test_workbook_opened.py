"""LibreOffice opens the workbook of a run, works out its formulas anew, and agrees with us."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from report_cases import small_run
from workbook_cases import hostile_run

from allocator.inputs.spreadsheet import Formula, SheetColumn, new_book, write_table
from allocator.report.tables.run import all_tables
from allocator.report.workbook import write_workbook
from tests.libreoffice import as_pdf, recalculated

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def test_every_cell_is_worked_out_as_we_state_it(tmp_path):
    """And none is an error. Beside them a workbook with a wrong value and an error, which shows
    that formulas are worked out anew, not taken at their word."""
    files = [tmp_path / f"{name}.xlsx" for name in ("small", "hostile", "wrong")]
    for run, path in zip((small_run(), hostile_run()), files[:2], strict=True):
        write_workbook(run, all_tables(run), path)
    _state_wrongly(files[2])
    again = recalculated(files, tmp_path)
    for ours, theirs in zip(files[:2], again[:2], strict=True):
        assert errors(theirs) == []
        stated, found = shown(ours), shown(theirs)
        assert list(found) == list(stated)
        for sheet, rows in stated.items():
            assert found[sheet] == rows, sheet
    assert shown(again[2])["t"][4:] == [(3,), ("#DIV/0!",)]
    assert errors(again[2]) == ["t!A6"]
    assert openpyxl.load_workbook(again[0])["plan"]["C2"].value.startswith("=IF(COUNTIFS(")


def test_it_prints(tmp_path):
    run = small_run()
    write_workbook(run, all_tables(run), tmp_path / "small.xlsx")
    (path,) = as_pdf([tmp_path / "small.xlsx"], tmp_path)
    printed = path.read_bytes()
    assert printed.startswith(b"%PDF")
    sheets = openpyxl.load_workbook(tmp_path / "small.xlsx").worksheets
    seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    pages = len(re.findall(rb"/Type\s*/Page(?!s)", printed))
    # Hidden sheets are for programs; of a small run each of the others fits a page or two.
    assert len(seen) <= pages < min(len(sheets), len(seen) + 3)


def _state_wrongly(path):
    with new_book(path) as book:
        cells = [[1], [2], [None], [Formula("=SUM(A2:A3)", 7)], [Formula("=1/A4", 7)]]
        write_table(book, "t", [SheetColumn("n", kind="whole")], cells)


def errors(path: Path) -> list[str]:
    """The cells that hold an error."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = ((s.title, cell) for s in book.worksheets for row in s.iter_rows() for cell in row)
    return [f"{name}!{cell.coordinate}" for name, cell in cells if cell.data_type == "e"]


def shown(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every cell by sheet; blank ends are left out, and no text and no cell are the same."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = {sheet.title: [_row(row) for row in sheet.iter_rows()] for sheet in book.worksheets}
    return {name: _without_blank_end(found, ()) for name, found in rows.items()}


def _row(cells):
    return tuple(_without_blank_end([_plain(cell.value) for cell in cells], None))


def _without_blank_end(values, blank):
    kept = list(values)
    while kept and kept[-1] == blank:
        kept.pop()
    return kept


def _plain(value):
    """To twelve digits; LibreOffice drops some control characters."""
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, str):
        return re.sub("_x00[01][0-9A-Fa-f]_", "", value) or None
    return value
