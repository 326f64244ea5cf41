"""The workbook holds every table, and nothing in it is a formula."""

import pytest
from openpyxl import load_workbook
from small_runs import run

import allocator
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.wide import WIDE, wide
from allocator.report.comparing.workbook import write_workbook


@pytest.fixture(scope="module")
def comparison():
    return allocator.compare(run(), run(world="truce"), run("watched", "truce"))


def shown(sheet):
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def as_read(row):
    """A shortfall is counted in millionths of a target, and read in targets."""
    if row[0] != "meet_targets":
        return row
    words = "shortfall against targets, in target-periods"
    return tuple(
        v / 1e6 if isinstance(v, int) else words if n == 1 else v for n, v in enumerate(row)
    )


def test_a_shortfall_is_read_in_targets(comparison, tmp_path):
    """And the JSON and the CSV tables keep it as it is counted."""
    book = load_workbook(write_workbook(comparison, tmp_path / "c.xlsx"))
    counted = [row[3] for row in MAKERS["levels"](comparison).rows if row[0] == "meet_targets"]
    assert max(counted) == 4_000_000
    sheet = book["levels"]
    assert [row[3] for row in shown(sheet) if row[0] == "meet_targets"] == [4, 0, 4]
    assert {cell.number_format for cell in sheet["D"][1:]} == {"General"}
    assert "millionth" not in " ".join(str(row) for row in shown(book["criteria_wide"]))


def test_every_table_is_a_sheet(comparison, tmp_path):
    book = load_workbook(write_workbook(comparison, tmp_path / "c.xlsx"))
    tables = [make(comparison) for make in MAKERS.values()]
    tables += [wide(comparison, name) for name in WIDE]
    for table in tables:
        header, *rows = shown(book[table.name])
        assert header == table.header
        expected = [tuple(None if v == "" else v for v in row) for row in map(as_read, table.rows)]
        assert rows == (expected or [(None,) * len(header)])
    listed = [row[0] for row in shown(book["contents"])[1:]]
    assert book.sheetnames == ["contents", *listed, "dictionary"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_every_column_is_in_the_dictionary(comparison, tmp_path):
    book = load_workbook(write_workbook(comparison, tmp_path / "c.xlsx"))
    said = {row[:2] for row in shown(book["dictionary"])[1:]}
    for name in book.sheetnames[1:-1]:
        assert {(name, header) for header in shown(book[name])[0]} <= said


def test_the_same_comparison_gives_the_same_bytes(comparison, tmp_path):
    one, other = (write_workbook(comparison, tmp_path / name) for name in ("1.xlsx", "2.xlsx"))
    assert one.read_bytes() == other.read_bytes()
