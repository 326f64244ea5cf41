"""LibreOffice opens, recalculates and saves our workbooks; nothing is lost and nothing is wrong."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
from outside import program
from workbook_files import write_book

from allocator.workspace import inspect, load
from allocator.workspace.convert import convert
from allocator.workspace.reference import reference_folder
from allocator.workspace.workbook.marked import write_marked


def _saved(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after it has recalculated every formula."""
    office = program("soffice", "libreoffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=240)
    return folder / path.name


def test_the_reference_case_is_the_same_after_libreoffice(tmp_path: Path) -> None:
    """Tables equal, drop-downs still there, no cell that shows an error."""
    path = tmp_path / "plan.xlsx"
    convert(reference_folder(), path)
    saved = _saved(path, tmp_path / "saved")
    first, again = load(path), load(saved)
    for table in ("nations", "capabilities", "availability", "commitments", "preconditions"):
        assert getattr(again, table) == getattr(first, table)
    assert (again.caveats, again.worlds, again.models) == (
        first.caveats,
        first.worlds,
        first.models,
    )
    book = openpyxl.load_workbook(saved)
    assert book.sheetnames == openpyxl.load_workbook(path).sheetnames
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in ("e", "f")]
    rules = {rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation}
    assert any(rule.startswith("nations!$A$2:INDEX(nations!$A$2:$A$1048576") for rule in rules)


def test_a_marked_copy_opens_too(tmp_path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["availability"]["C2"] = "six"
        book.create_sheet("_sums")["A1"] = "=SUM(availability!C3:C4)"

    path = write_book(tmp_path / "plan.xlsx", spoil)
    write_marked(path, inspect(path)[1], tmp_path / "copy.xlsx")
    saved = _saved(tmp_path / "copy.xlsx", tmp_path / "saved")
    book = openpyxl.load_workbook(saved, data_only=True)
    assert book["_sums"]["A1"].value == 7
    assert book["availability"]["C2"].comment.text.startswith("W205")
    assert book["problems"]["C2"].hyperlink.location.replace("'", "") == "availability!C2"
    assert [i.code for i in inspect(saved)[1]] == ["W205"]
