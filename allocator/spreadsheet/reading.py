"""The cells of a workbook: values alone, without running, following or guessing anything.

openpyxl reads the file; this module is the only one that knows it. Formulas give the value that
was kept with them. Each sheet is read when it is asked for, row by row, and cells without a value
cost next to nothing, however many are formatted.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias
from zipfile import ZipFile

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import (
    FORMULA_TAG,
    MERGE_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from allocator.spreadsheet.cells import LARGEST_EXACT
from allocator.spreadsheet.odd import OddCell
from allocator.spreadsheet.package import WorkbookFileError, open_package

_ITEM = f"{{{SHEET_MAIN_NS}}}si"
_TEXT = f"{{{SHEET_MAIN_NS}}}t"


Read: TypeAlias = str | int | float | bool | OddCell
"""A cell that is not blank."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells that are not blank: rows by number, in each the cells by column, both from 1.

    `merged` are ranges as (first column, first row, last column, last row).
    """

    rows: Mapping[int, Mapping[int, Read]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class OpenWorkbook:
    """A workbook whose sheets can be read. `hidden` names sheets that are not shown."""

    sheets: tuple[str, ...]
    hidden: frozenset[str]
    has_macros: bool
    _parts: Mapping[str, str] = field(repr=False)
    _reader: Any = field(repr=False)

    def cells(self, sheet: str) -> SheetCells:
        """What stands on the sheet. Raises WorkbookFileError where it is damaged."""
        with reporting_damage(f"sheet {sheet}"):
            return _cells(self._reader, self._parts[sheet])


def open_workbook(data: bytes) -> OpenWorkbook:
    """The workbook of these bytes, its sheets unread. Raises WorkbookFileError."""
    archive = open_package(data)
    with reporting_damage("the list of sheets, texts or styles"):
        reader = _reader(archive)
        found = [(s, rel) for s, rel in reader.parser.find_sheets() if "chartsheet" not in rel.Type]
        names = [sheet.name for sheet, _ in found]
        if not names or len({name.casefold() for name in names}) < len(names):
            raise ValueError("no sheets, or two of the same name")
    return OpenWorkbook(
        tuple(names),
        frozenset(sheet.name for sheet, _ in found if sheet.state != "visible"),
        any(name.endswith("vbaProject.bin") for name in archive.namelist()),
        {sheet.name: rel.target for sheet, rel in found},
        reader,
    )


@contextmanager
def reporting_damage(where: str) -> Iterator[None]:
    """Whatever openpyxl makes of a file that is none: one kind of error. Its warnings are about
    what we do not read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except WorkbookFileError:
            raise
        except Exception as error:
            said = str(error).splitlines()
            found = f"{where}: {said[0] if said else type(error).__name__}"
            raise WorkbookFileError("damaged", found) from None


def _reader(archive: ZipFile) -> Any:
    """openpyxl's reader with all but the sheets read. No links are looked up, no macros loaded."""
    assert archive.fp is not None
    reader = ExcelReader(archive.fp, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    part = reader.package.find(SHARED_STRINGS)
    if part is not None:
        with archive.open(part.PartName[1:]) as source:
            reader.shared_strings = list(map(unescape, shared_texts(source)))
    reader.read_workbook()
    apply_stylesheet(archive, reader.wb)
    return reader


def shared_texts(source: Any) -> Iterator[str]:
    """The texts that sheets share, escaped as they are. openpyxl's own function loses `x005F_`."""
    for _, node in iterparse(source):
        if node.tag == _ITEM:
            plain = len(node) == 1 and node[0].tag == _TEXT
            text = node[0].text if plain else Text.from_tree(node).content
            yield text or ""
            node.clear()


def _cells(reader: Any, part: str) -> SheetCells:
    rows: dict[int, dict[int, Read]] = {}
    with reader.archive.open(part) as source:
        parser = _Parser(
            source,
            reader.shared_strings,
            data_only=True,
            epoch=reader.wb.epoch,
            date_formats=reader.wb._date_formats,
            timedelta_formats=reader.wb._timedelta_formats,
        )
        for number, cells in parser.parse():
            if cells and rows.setdefault(number, cells) is not cells:
                raise ValueError(f"row {number} is there twice")
    return SheetCells(dict(sorted(rows.items())), tuple(parser.merged))


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's own, for values alone: formats of cells without a value are passed over."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row_counter = 0
        self.merged: list[tuple[int, int, int, int]] = []

    def parse(self) -> Iterator[tuple[int, dict[int, Read]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged = [range_boundaries(one.get("ref")) for one in element]

    def parse_row(self, row: Any) -> tuple[int, dict[int, Read]]:
        # Some programs write rows as 2.0.
        self.row_counter = int(float(row.get("r", self.row_counter + 1)))
        self.col_counter = 0
        cells: dict[int, Read] = {}
        for element in row:
            if len(element):
                column, value = self._value(element)
                if value is not None and value != "":
                    if column in cells:
                        raise ValueError(f"a cell of row {self.row_counter} is there twice")
                    cells[column] = value
            else:
                at = element.get("r")
                self.col_counter = coordinate_to_tuple(at)[1] if at else self.col_counter + 1
        return self.row_counter, cells

    def _value(self, element: Any) -> tuple[int, Read | None]:
        cell = self.parse_cell(element)
        column, value = cell["column"], cell["value"]
        match value:
            case str():
                if cell["data_type"] == "e":
                    return column, OddCell("error", value)
                return column, value if element.get("t") == "s" else unescape(value)
            case float() if value.is_integer() and abs(value) <= LARGEST_EXACT:
                return column, int(value)
            case datetime() | date() | time() | timedelta():
                return column, OddCell("date", _shown(value))
            case None if _has_lost_its_value(element):
                return column, OddCell("uncomputed", "=")
        return column, value


def _has_lost_its_value(element: Any) -> bool:
    """A formula that gives '' keeps an empty value; one that was never computed keeps none."""
    formula = element.find(FORMULA_TAG) is not None
    return formula and (element.find(VALUE_TAG) is None or element.get("t") != "str")


def _shown(value: date | time | timedelta) -> str:
    """A date as 2026-04-01, with the time where there is one."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
