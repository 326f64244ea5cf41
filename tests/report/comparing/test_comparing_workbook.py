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


def test_every_table_is_a_sheet(comparison, tmp_path):
    book = load_workbook(write_workbook(comparison, tmp_path / "c.xlsx"))
    tables = [make(comparison) for make in MAKERS.values()]
    tables += [wide(comparison, name) for name in WIDE]
    for table in tables:
        header, *rows = shown(book[table.name])
        assert header == table.header
        expected = [tuple(None if v == "" else v for v in row) for row in table.rows]
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
