"""Odd looks are no fault, and no file takes much memory, whatever it holds."""

from __future__ import annotations

import resource
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from workbook_files import part_of, small_workbook, with_parts
from workspace_files import SMALL, write_small

from allocator.inputs.files.csv_table import MOST_ROWS
from allocator.inputs.inspection import from_tables, inspect
from allocator.inputs.spreadsheet.marking import Mark, mark
from allocator.report.terminal.issues import show_issues

STYLES, BOOK = "xl/styles.xml", "xl/workbook.xml"


ODD_LOOKS = pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (STYLES, b"<fills", b"<fills><fill/></fills><fills"),
        (STYLES, b"<fonts", b'<fonts><font><family val="34"/></font></fonts><fonts'),
        (STYLES, b"<borders", b'<borders><border><left style="Thin"/></border></borders><borders'),
        (STYLES, b"<cellXfs", b'<colors x="1"><indexed rgb="#0B5394"/></colors><cellXfs'),
        (
            BOOK,
            b"<sheets>",
            b'<bookViews odd="1"><workbookView activeTab="x"/></bookViews><sheets>',
        ),
        (
            BOOK,
            b"</sheets>",
            b'</sheets><definedNames><definedName name="" bad="1"/></definedNames>',
        ),
        ("docProps/core.xml", b"<", b"&"),
        ("xl/theme/theme1.xml", b"<", b"&"),
        (
            "sheet",
            b"</sheetData>",
            b'</sheetData><dataValidations><x sqref="?"/></dataValidations>',
        ),
        ("sheet", b"</sheetData>", b'</sheetData><conditionalFormatting sqref="*"/>'),
        (STYLES, b"<colors", b'<colors ext="1"/><colors'),
        (BOOK, b"<workbookPr", b'<workbookPr foo="1"'),
    ],
)


@ODD_LOOKS
def test_looks_however_odd_do_not_hinder_reading(
    part: str, old: bytes, new: bytes, tmp_path: Path
) -> None:
    name = part_of("availability") if part == "sheet" else part
    (tmp_path / "plan.xlsx").write_bytes(with_parts({name: lambda x: x.replace(old, new, 1)}))
    assert inspect(tmp_path / "plan.xlsx")[1] == ()


@ODD_LOOKS
def test_looks_however_odd_do_not_hinder_marking(
    part: str, old: bytes, new: bytes, tmp_path: Path
) -> None:
    """Values, formats of numbers and comments are in the copy; what is not is said."""
    name = part_of("availability") if part == "sheet" else part
    data = with_parts({name: lambda x: x.replace(old, new, 1)})
    one = Mark("error", "availability", "C2", "too many", "write less", "W1")
    marked = mark(data, [one], "problems")
    copy = openpyxl.load_workbook(BytesIO(marked.data))
    before = openpyxl.load_workbook(BytesIO(small_workbook()))
    assert copy.sheetnames == ["problems", *before.sheetnames]
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                there = copy[sheet.title][cell.coordinate]
                assert (there.value, there.number_format) == (cell.value, cell.number_format)
    assert "W1: too many" in copy["availability"]["C2"].comment.text
    (tmp_path / "copy.xlsx").write_bytes(marked.data)
    assert inspect(tmp_path / "copy.xlsx")[1] == ()
    try:
        openpyxl.load_workbook(BytesIO(data))
    except Exception:
        assert marked.lost == ("colours, fonts, borders, drop-downs and names of ranges",)
    else:
        assert marked.lost == ()


@pytest.mark.parametrize(
    "renamed",
    [str.upper, lambda name: name.replace("/", "\\"), lambda name: name.replace("w", "W")],
)
def test_neither_case_nor_slashes_of_parts_count(renamed: object, tmp_path: Path) -> None:
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(small_workbook())) as source,
        zipfile.ZipFile(made, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(renamed(name), source.read(name))  # type: ignore[operator]
    (tmp_path / "plan.xlsx").write_bytes(made.getvalue())
    assert inspect(tmp_path / "plan.xlsx")[1] == ()


BOMBS = {
    "styles": (STYLES, b"</cellXfs>", b"<xf/>", 3_900_000),
    "rows": ("sheet", b"</sheetData>", b"<row/>", 8_000_000),
    "cells": ("sheet", b"</row></sheetData>", b"<c/>", 8_000_000),
    "nested": ("sheet", b"</sheetData>", b"<a>", 1_000_000),
    "merged": ("sheet", b"</sheetData>", b'<mergeCell ref="A1:B2"/>', 100_000),
    "texts": ("xl/sharedStrings.xml", b"</sst>", b"<si><t>a</t></si>", 2_000_000),
    "one text": ("xl/sharedStrings.xml", b"<t>", b"a", 9_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_read_or_refused_in_little_memory(bomb: str, tmp_path: Path) -> None:
    name, at, piece, times = BOMBS[bomb]
    part = part_of("availability") if name == "sheet" else name
    path = tmp_path / "plan.xlsx"

    def add(data: bytes) -> bytes:
        before, mark, after = data.partition(at)
        many = piece * times
        return before + (mark + many if at == b"<t>" else many + mark) + after

    path.write_bytes(with_parts({part: add}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {issue.code for issue in inspect(path)[1]}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB
    assert found <= {"W124", "W123", "W126"}


@pytest.mark.parametrize("text", ["9" * 4000, "9" * 5000, "1e999999999", "NaN", "-inf", "0x1"])
def test_numbers_that_are_none_are_errors_at_their_cell(text: str, tmp_path: Path) -> None:
    def put(part: bytes) -> bytes:
        start = part.index(b'<c r="C2"')
        end = part.index(b"</c>", start) + 4
        return part[:start] + f'<c r="C2"><v>{text}</v></c>'.encode() + part[end:]

    (tmp_path / "plan.xlsx").write_bytes(with_parts({part_of("availability"): put}))
    (issue,) = inspect(tmp_path / "plan.xlsx")[1]
    assert issue.is_error
    assert issue.place.cell == "C2"


def test_a_negative_text_is_not_the_last_one(tmp_path: Path) -> None:
    cell = b'<row r="9"><c r="A9" t="s"><v>-1</v></c></row></sheetData>'
    data = with_parts({part_of("nations"): lambda x: x.replace(b"</sheetData>", cell)})
    (tmp_path / "plan.xlsx").write_bytes(data)
    assert [issue.code for issue in inspect(tmp_path / "plan.xlsx")[1]] == ["W123"]


def test_archives_of_other_versions_are_refused(tmp_path: Path) -> None:
    data = bytearray(small_workbook())
    data[data.index(b"PK\x01\x02") + 6] = 99
    (tmp_path / "plan.xlsx").write_bytes(data)
    assert [issue.code for issue in inspect(tmp_path / "plan.xlsx")[1]] == ["W123"]


def test_a_table_of_very_many_rows_is_refused_at_the_first_too_many(tmp_path: Path) -> None:
    file = "inputs/nations.csv"
    rows = "".join(f"A{n},x\n" for n in range(MOST_ROWS + 1))
    issues = inspect(write_small(tmp_path, {file: "nation,name\n" + rows}))[1]
    assert ("W129", f"{file}:{MOST_ROWS + 2}") in {(one.code, str(one.place)) for one in issues}


def test_a_model_of_very_many_values_is_refused_where_there_are_too_many(tmp_path: Path) -> None:
    """Small in bytes, and long to read: 49,000 tasks, a line each."""
    tasks = "name: small\ntasks: [\n" + "{task: t},\n" * 44_000 + "]\n"
    _, (*_, refused) = inspect(write_small(tmp_path, {"models/small.yaml": tasks}))
    assert (refused.code, refused.place.row) == ("W129", 15_001)
    assert "60,000 values" in refused.message


def test_blank_columns_at_the_end_are_none(tmp_path: Path) -> None:
    file = "inputs/nations.csv"
    wide = SMALL[file].replace("\n", ",,\n")
    assert inspect(write_small(tmp_path, {file: wide}))[1] == ()


def test_a_blank_column_is_not_shown_as_one_with_a_name(tmp_path: Path) -> None:
    text = "nation,,active_personnel\nFRA,,1\nGBR,,1\n"
    issues = inspect(write_small(tmp_path, {"inputs/nations.csv": text}))[1]
    assert not any("lan" in issue.found.split(", ") for issue in issues)
    assert "W118" in {issue.code for issue in issues}


@pytest.mark.parametrize("text", ['"\\ud800"', '"ceasefire and \\udfff"'])
def test_half_a_character_in_a_condition_is_an_error_there(text: str, tmp_path: Path) -> None:
    edit = {"models/small.yaml": ("requires: ceasefire", f"requires: {text}")}
    (issue,) = inspect(write_small(tmp_path, edit))[1]  # type: ignore[arg-type]
    assert (issue.code, issue.place.row) == ("W212", 7)


def test_half_a_character_in_a_key_in_memory_is_an_error() -> None:
    model = {"name": "m", "tasks": [], "\ud800": 1}
    assert "W202" in {issue.code for issue in from_tables({}, [model])[1]}


def test_what_is_shown_of_many_faults_has_no_broken_line_ends(tmp_path: Path) -> None:
    rows = "".join(f"F{n},x,zzz\n" for n in range(99))
    text = "nation,name,active_personnel\n" + rows
    shown = show_issues(inspect(write_small(tmp_path, {"inputs/nations.csv": text}))[1], StringIO())
    assert "\ufffd" not in shown
    assert "\n\nNext: correct the errors" in shown
    assert "\n\nand " in shown
