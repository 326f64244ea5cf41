"""LibreOffice opens, recalculates and saves our workbooks; nothing is lost and nothing is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from workbook_files import write_book

from allocator.inputs.files.convert import convert
from allocator.inputs.files.reference import reference_folder
from allocator.inputs.inspection import inspect, load
from allocator.inputs.schema import TABLES
from allocator.inputs.workbook.marked import write_marked
from tests.libreoffice import recalculated


def _spoil(book: Any) -> None:
    book["availability"]["C2"] = "six"
    book.create_sheet("_sums")["A1"] = "=SUM(availability!C3:C4)"


def test_our_workbooks_after_libreoffice(tmp_path: Path) -> None:
    """One start of the program for both: the reference case, and a marked copy."""
    plan, bad, copy = (tmp_path / f"{name}.xlsx" for name in ("plan", "bad", "copy"))
    convert(reference_folder(), plan)
    write_marked(write_book(bad, _spoil), inspect(bad)[1], copy)
    plan_again, copy_again = recalculated([plan, copy], tmp_path)
    _assert_the_same(plan, plan_again)
    _assert_marked(copy_again)


def _assert_the_same(plan: Path, saved: Path) -> None:
    """Tables equal, drop-downs still there, no cell that shows an error."""
    first, again = load(plan), load(saved)
    assert all(getattr(again, table) == getattr(first, table) for table in TABLES)
    assert again.models == first.models
    book = openpyxl.load_workbook(saved)
    assert book.sheetnames == openpyxl.load_workbook(plan).sheetnames
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in ("e", "f")]
    rules = {rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation}
    assert any(rule.startswith("nations!$A$2:INDEX(nations!$A$2:$A$1048576") for rule in rules)


def _assert_marked(saved: Path) -> None:
    book = openpyxl.load_workbook(saved, data_only=True)
    assert book["_sums"]["A1"].value == 7
    assert book["availability"]["C2"].comment.text.startswith("W205")
    assert book["problems"]["C2"].hyperlink.location.replace("'", "") == "availability!C2"
    assert [issue.code for issue in inspect(saved)[1]] == ["W205"]
