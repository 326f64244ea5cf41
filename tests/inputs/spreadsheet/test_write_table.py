"""What we write into a workbook is what was meant, and never more than text and numbers."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.inputs.spreadsheet import (
    Cell,
    Formula,
    Link,
    ListedIn,
    SheetColumn,
    TooLongError,
    UnfitError,
    new_book,
    write_table,
)
from allocator.inputs.spreadsheet.cells import LONGEST_TEXT

HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1",
    "http://example.org", "mailto:a@example.org", "internal:Sheet!A1", "external:c:\\x.xlsx",
    '=HYPERLINK("http://example.org")', "{=1}", "'=1", "<f>1</f>", "&amp;", "1", "1E5", "1-4",
    "TRUE", "#REF!", " x ", "007", "NO",
)  # fmt: skip


def _written(
    path: Path, columns: Sequence[SheetColumn], rows: Sequence[Sequence[Cell]], **how: Any
) -> Any:
    """The sheet `t` as openpyxl reads it."""
    with new_book(path) as book:
        write_table(book, "t", columns, rows, **how)
    return openpyxl.load_workbook(path)["t"]


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_text_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet = _written(path, [SheetColumn("note", kind="long_text")], [[text] for text in HOSTILE])
    cells = [sheet.cell(row, 1) for row in range(2, len(HOSTILE) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(HOSTILE)
    wanted = [text.replace("\r", "_x000D_") for text in HOSTILE]
    assert [cell.value for cell in cells] == wanted
    assert [cell.quotePrefix for cell in cells] == [text[0] in "=+-@\t\r" for text in HOSTILE]
    parts = _parts(path)
    assert not any(re.search("<f[ >/]|<hyperlink", text) for text in parts.values())
    assert not [name for name in parts if "externalLink" in name or "vba" in name]


def test_values_keep_their_kind(tmp_path: Path) -> None:
    kinds = ("whole", "share", "percent", "number", "text")
    columns = [SheetColumn(kind, kind=kind) for kind in kinds]
    row = (1234, 0.25, 0.5, 1.5, 7)
    sheet = _written(tmp_path / "a.xlsx", columns, [row, (None, "", 0, True, False)])
    assert [cell.value for cell in sheet[2]] == [1234, 0.25, 0.5, 1.5, 7]
    assert [cell.value for cell in sheet[3]] == [None, None, 0, "yes", "no"]
    formats = ["#,##0", "0.0##", "0.0%", "#,##0.###", "@"]
    assert [cell.number_format for cell in sheet[2]] == formats
    # A row that somebody adds below looks the same: text stays text, 1-4 becomes no date.
    assert sheet.column_dimensions["E"].style != "Normal" or sheet.column_dimensions["E"].style
    xml = _parts(tmp_path / "a.xlsx")["xl/worksheets/sheet1.xml"]
    assert len(re.findall(r"<col [^>]*style=", xml)) == len(kinds)


def test_whole_numbers_beyond_fifteen_digits_keep_all_of_them(tmp_path: Path) -> None:
    figures = [10**15, -(10**15), 10**15 + 1, 2**63 - 1]
    sheet = _written(tmp_path / "a.xlsx", [SheetColumn("n", kind="whole")], [[n] for n in figures])
    found = [sheet.cell(row, 1).value for row in range(2, 6)]
    assert found == [10**15, -(10**15), "1000000000000001", "9223372036854775807"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "half \ud800"])
def test_what_no_cell_can_hold_is_refused_with_its_place(value: Any, tmp_path: Path) -> None:
    with pytest.raises(UnfitError, match="t!B3: "):
        _written(tmp_path / "a.xlsx", [SheetColumn("a"), SheetColumn("b")], [[1, 2], [3, value]])
    assert not list(tmp_path.iterdir())


def test_text_too_long_for_a_cell_is_refused_or_cut_off_with_a_word(tmp_path: Path) -> None:
    columns, path = [SheetColumn("note")], tmp_path / "a.xlsx"
    longest = "x" * LONGEST_TEXT
    assert _written(path, columns, [[longest]]).cell(2, 1).value == longest
    with pytest.raises(TooLongError, match=r"t!A2: a text of 32,768 characters"):
        _written(path, columns, [[longest + "x"]])
    assert openpyxl.load_workbook(path)["t"].cell(2, 1).value == longest
    cut = _written(path, columns, [["\N{GRINNING FACE}" * 20_000]], cut=" …").cell(2, 1).value
    assert cut.endswith("\N{GRINNING FACE} …")
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_TEXT, LONGEST_TEXT - 1)


def test_a_table_with_a_header_that_stays_and_says_what_it_means(tmp_path: Path) -> None:
    columns = [SheetColumn("nation", "Who."), SheetColumn("quantity", "Units.", "whole")]
    sheet = _written(tmp_path / "a.xlsx", columns, [["FRA", 1], ["GBR", 2]])
    assert sheet.tables["t"].ref == "A1:B3"
    assert sheet.freeze_panes == "B2"
    assert [sheet.cell(1, c).comment.text for c in (1, 2)] == ["Who.", "Units."]
    assert sheet.print_title_rows == "$1:$1"
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)


def test_wrapped_text_has_room(tmp_path: Path) -> None:
    """LibreOffice makes none by itself; a row is never higher than a page."""
    texts = ["short", "word " * 60, "a\nb\nc", "word " * 2000]
    columns = [SheetColumn("note", kind="long_text")]
    sheet = _written(tmp_path / "a.xlsx", columns, [[text] for text in texts])
    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert heights == [None, 5 * 13.5, 3 * 13.5, 30 * 13.5]


def test_a_table_without_rows_is_still_a_table(tmp_path: Path) -> None:
    sheet = _written(tmp_path / "a.xlsx", [SheetColumn("nation")], [])
    assert sheet.tables["t"].ref == "A1:A2"
    assert sheet["A2"].value is None


def test_drop_downs_of_fixed_and_of_listed_choices(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with new_book(path) as book:
        columns = [
            SheetColumn("basis", choices=("reported", "estimate")),
            SheetColumn("nation", choices=ListedIn("nations", "nation")),
            SheetColumn("tasks", choices=("a", "b"), several=True),
        ]
        write_table(book, "t", columns, [["estimate", "FRA", "a;b"]])
        write_table(book, "nations", [SheetColumn("name"), SheetColumn("nation")], [["F", "FRA"]])
    rules = {
        str(rule.sqref): rule
        for rule in openpyxl.load_workbook(path)["t"].data_validations.dataValidation
    }
    assert sorted(rules) == ["A2:A1048576", "B2:B1048576", "C2:C1048576"]
    assert rules["A2:A1048576"].formula1 == '"reported,estimate"'
    assert rules["A2:A1048576"].errorStyle is None  # stops
    listed = rules["B2:B1048576"]
    assert listed.errorStyle == "warning"
    assert listed.formula1.startswith("'nations'!$B$2:INDEX('nations'!$B$2:$B$1048576,")
    assert not rules["C2:C1048576"].showErrorMessage


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_drop_down_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    columns = [SheetColumn("a", choices=tuple(f"choice {n}" for n in range(50)))]
    with pytest.raises(UnfitError, match="t: no drop-down"):
        _written(tmp_path / "a.xlsx", columns, [])


def test_our_own_formulas_and_links(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with new_book(path) as book:
        region = write_table(book, "it's", [SheetColumn("n", kind="whole")], [[1], [2]])
        assert region.range("n") == "$A$2:$A$3"
        total = Formula(f"=SUM({region.range('n', sheet=True)})", 3)
        columns = [SheetColumn("total", kind="whole"), SheetColumn("where")]
        write_table(book, "sums", columns, [[total, Link("the figures", "it's", "A2")]])
    formulas = openpyxl.load_workbook(path)["sums"]
    assert formulas["A2"].value == "=SUM('it''s'!$A$2:$A$3)"
    assert openpyxl.load_workbook(path, data_only=True)["sums"]["A2"].value == 3
    assert formulas["B2"].hyperlink.location == "'it''s'!A2"
    assert formulas["B2"].hyperlink.target is None


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with new_book(path) as book:
        write_table(book, "cover", [SheetColumn("a")], [[1]], table_name="first", at="B4")
        write_table(book, "cover", [SheetColumn("a")], [[2]], table_name="second", at="B9")
    sheet = openpyxl.load_workbook(path)["cover"]
    assert dict(sheet.tables.items()) == {
        "first": "B4:B5",
        "second": "B9:B10",
    }
    assert sheet.freeze_panes is None


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("name", "headers"), [("tab1", ["a"]), ("t", ["a", "A"])])
def test_what_cannot_be_a_table_is_refused(name: str, headers: list[str], tmp_path: Path) -> None:
    columns = [SheetColumn(header) for header in headers]
    with pytest.raises(UnfitError, match="no table"):
        _written(tmp_path / "a.xlsx", columns, [], table_name=name)


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "x.xlsx", tmp_path / "b" / "x.xlsx"]
    for path in paths:
        path.parent.mkdir()
        _written(path, [SheetColumn("a", "A."), SheetColumn("b", choices=("x",))], [["=1", "x"]])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_workbook_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")

    def fail() -> None:
        with new_book(path) as book:
            write_table(book, "t", [SheetColumn("a")], [[1]])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"before"


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("limit", [1, 300, 3000])
def test_a_file_that_may_not_grow_is_an_error_of_the_system(
    tmp_path: Path, large: bool, limit: int
) -> None:
    """Whether a part of the workbook or the whole meets the limit: never XlsxWriter's own error."""
    import resource

    path = tmp_path / "a.xlsx"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def write() -> None:
        with new_book(path, large=large) as book:
            write_table(book, "t", [SheetColumn("a")], [[number] for number in range(400)])
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))

    try:
        with pytest.raises(OSError, match="File too large"):
            write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
