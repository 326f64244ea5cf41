"""The marked copy shows every problem where it is, and loses nothing without a word."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cases_of_workbooks import DAY, hide, merge, put
from click.testing import CliRunner
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from workbook_files import part_of, with_parts, write_book

from allocator.cli import main
from allocator.inputs.inspection import inspect
from allocator.inputs.issues import WorkspaceError
from allocator.inputs.spreadsheet import marking
from allocator.inputs.spreadsheet.marking import Mark, mark
from allocator.inputs.workbook.marked import default_copy, write_marked

HOSTILE = '=HYPERLINK("http://example.org")'


def _spoil(book: Any) -> None:
    put("availability", C2="1 200", D3=DAY, B4=HOSTILE)(book)
    book["availability"]["B4"].data_type = "s"
    merge("caveats", "A2:A3")(book)
    hide("worlds")(book)
    own = book.create_sheet("_own")
    own["A1"], own["A2"] = "=availability!C3*2", "mine"
    own["A2"].font = Font(bold=True)
    own["C3"] = "_x0041_ stays"
    book.create_sheet("Nation")


def _marked(tmp_path: Path, edit: Any = _spoil) -> tuple[Any, Any]:
    """The copy, and the workbook as it was."""
    path, copy = write_book(tmp_path / "plan.xlsx", edit), tmp_path / "copy.xlsx"
    before = path.read_bytes()
    assert write_marked(path, inspect(path)[1], copy) == ()
    assert path.read_bytes() == before
    return openpyxl.load_workbook(copy), openpyxl.load_workbook(path)


def _fill(cell: Any) -> str:
    return str(cell.fill.start_color.rgb)[-6:] if cell.fill.fill_type == "solid" else ""


def test_wrong_cells_are_coloured_and_say_why(tmp_path: Path) -> None:
    copy, _ = _marked(tmp_path)
    sheet = copy["availability"]
    assert _fill(sheet["C2"]) == "FFC7CE"
    assert sheet["C2"].comment.text.startswith('W205: "1 200" is no whole number, expected')
    assert sheet["C2"].comment.text.endswith("write digits only")
    assert "W215" in sheet["D3"].comment.text
    assert "W126" in copy["caveats"]["A2"].comment.text
    assert (_fill(sheet["C3"]), sheet["C3"].comment) == ("", None)


def test_every_problem_is_listed_with_a_link(tmp_path: Path) -> None:
    copy, before = _marked(tmp_path)
    assert copy.sheetnames == ["problems", *before.sheetnames]
    assert copy.active.title == "problems"
    sheet = copy["problems"]
    issues = inspect(tmp_path / "plan.xlsx")[1]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[2] or "", row[5]) for row in rows] == [
        (i.severity, i.place.file, i.place.cell, i.code) for i in issues
    ]
    links = {c.value: c.hyperlink.location for row in sheet for c in row if c.hyperlink}
    assert links["C2"] == "'availability'!C2"
    assert links["worlds"] == "'worlds'!A1"
    assert sheet.freeze_panes == "A2"


def test_all_else_is_as_it_was(tmp_path: Path) -> None:
    """Values, formulas, formats, drop-downs, tables, widths, hidden and planners' own sheets."""
    copy, before = _marked(tmp_path)
    for old in before.worksheets:
        new = copy[old.title]
        assert new.sheet_state == old.sheet_state
        assert new.freeze_panes == old.freeze_panes
        assert dict(new.tables.items()) == dict(old.tables.items())
        assert new.merged_cells.ranges == old.merged_cells.ranges
        rules = [r.formula1 for r in new.data_validations.dataValidation]
        assert rules == [r.formula1 for r in old.data_validations.dataValidation]
        assert {k: d.width for k, d in new.column_dimensions.items()} == {
            k: d.width for k, d in old.column_dimensions.items()
        }
        for row in old.iter_rows():
            for cell in row:
                other = new[cell.coordinate]
                assert (other.value, other.data_type) == (cell.value, cell.data_type)
                assert (other.number_format, other.font.b) == (cell.number_format, cell.font.b)
    assert copy["availability"]["C1"].comment.text.startswith("Units held ready")
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        drawings = [archive.read(n) for n in archive.namelist() if n.endswith(".vml")]
    # openpyxl's own size is too small to read.
    assert all(b"width:260px" in part and b"width:144px" not in part for part in drawings)


def test_text_from_the_inputs_is_never_a_formula(tmp_path: Path) -> None:
    copy, _ = _marked(tmp_path)
    assert copy["availability"]["B4"].data_type == "s"
    cells = [cell for row in copy["problems"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert all(cell.hyperlink is None or not cell.hyperlink.target for cell in cells)
    listed = Mark("error", "nations", "A2", HOSTILE, "+1", "W203")
    data = mark((tmp_path / "plan.xlsx").read_bytes(), [listed], "problems").data
    sheet = openpyxl.load_workbook(BytesIO(data))["problems"]
    assert [(c.value, c.data_type) for c in sheet[2]][3:5] == [(HOSTILE, "s"), ("+1", "s")]


def test_text_comes_out_as_it_went_in(tmp_path: Path) -> None:
    """openpyxl by itself drops `x005F_`, and with it the difference between these two."""
    path = write_book(tmp_path / "plan.xlsx", put("nations", C2="x", B2="a_x005F_x0041_b"))
    write_marked(path, inspect(path)[1], tmp_path / "copy.xlsx")
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    assert any(b"a_x005F_x0041_b" in part for part in parts)


def test_a_marked_copy_reads_the_same_and_can_be_marked_again(tmp_path: Path) -> None:
    path = write_book(tmp_path / "plan.xlsx", put("availability", C2="1 200"))
    first, _ = inspect(path), write_marked(path, inspect(path)[1], tmp_path / "a.xlsx")
    assert inspect(tmp_path / "a.xlsx") == first
    write_marked(tmp_path / "a.xlsx", first[1], tmp_path / "b.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames
    assert sheets.count("problems") == 1


def test_what_the_copy_lacks_is_said(tmp_path: Path) -> None:
    data = with_parts({"xl/vbaProject.bin": lambda x: b"x", "xl/slicers/s.xml": lambda x: b"<x/>"})
    assert mark(data, [], "problems").lost == ("macros", "slicers")

    def chart(book: Any) -> None:
        drawn = BarChart()
        drawn.add_data(Reference(book["availability"], min_col=3, min_row=1, max_row=4))
        book["availability"].add_chart(drawn, "J2")

    path = write_book(tmp_path / "plan.xlsx", chart)
    assert mark(path.read_bytes(), [], "problems").lost == ()


def test_a_workbook_too_large_to_copy_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_book(tmp_path / "plan.xlsx", put("availability", C2="six"))
    monkeypatch.setattr(marking, "MOST_CELLS", 100)
    with pytest.raises(WorkspaceError, match="W124"):
        write_marked(path, inspect(path)[1], tmp_path / "copy.xlsx")
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


def test_only_an_earlier_copy_is_written_over(tmp_path: Path) -> None:
    path = write_book(tmp_path / "plan.xlsx", put("availability", C2="six"))
    issues = inspect(path)[1]
    (tmp_path / "mine.txt").write_text("mine")
    for taken in (path, tmp_path / "mine.txt"):
        with pytest.raises(FileExistsError, match="no marked copy"):
            write_marked(path, issues, taken)
    for _ in range(2):
        write_marked(path, issues, default_copy(path))
    with pytest.raises(FileExistsError):
        write_marked(default_copy(path), issues, default_copy(path))
    assert {file.name for file in tmp_path.iterdir()} == {
        "plan.xlsx", "plan-marked.xlsx", "mine.txt",
    }  # fmt: skip


def _check(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["check", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command(tmp_path: Path) -> None:
    path = str(write_book(tmp_path / "plan.xlsx", put("availability", C2="six")))
    code, out, err = _check("-w", path)
    assert (code, "--mark colours" in err) == (1, True)
    code, out, err = _check("-w", path, "--mark")
    assert (code, "--mark colours" in err) == (1, False)
    assert "error W205, C2, quantity" in out
    assert f"marked in {tmp_path / 'plan-marked.xlsx'}" in err
    assert _check("-w", path, "--mark", str(tmp_path / "other.xlsx"), "--json")[0] == 1
    assert (tmp_path / "other.xlsx").is_file()
    good = str(write_book(tmp_path / "good.xlsx"))
    code, _, err = _check("-w", good, "--mark")
    assert (code, "Nothing to mark" in err) == (0, True)
    code, _, err = _check("-w", str(tmp_path), "--mark")
    assert (code, "is no workbook" in err) == (2, True)


def test_a_file_that_cannot_be_read_cannot_be_marked(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(with_parts({part_of("nations"): lambda x: x[:-40]}))
    code, out, err = _check("-w", str(tmp_path / "plan.xlsx"), "--mark")
    assert code == 1
    assert "W123" in out + err
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]
