"""The cells of a workbook: values alone, without running, following or guessing anything.

Each sheet is read when it is asked for. What a cell's value does not depend on is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from allocator.inputs.spreadsheet.contents import Contents, read_contents
from allocator.inputs.spreadsheet.events import Allowance, parse
from allocator.inputs.spreadsheet.formats import date_styles
from allocator.inputs.spreadsheet.package import Package, WorkbookFileError, open_package
from allocator.inputs.spreadsheet.sheet import SheetCells, SheetHandler
from allocator.inputs.spreadsheet.texts import shared_texts
from allocator.inputs.spreadsheet.values import Read, Values, unescaped

__all__ = ["OpenWorkbook", "Read", "SheetCells", "open_workbook", "reporting_damage"]


@dataclass(frozen=True)
class OpenWorkbook:
    """A workbook whose sheets can be read. `hidden` names sheets that are not shown."""

    sheets: tuple[str, ...]
    hidden: frozenset[str]
    has_macros: bool
    _parts: Mapping[str, str] = field(repr=False)
    _package: Package = field(repr=False)
    _values: Values = field(repr=False)
    _allowance: Allowance = field(repr=False)

    def cells(self, sheet: str) -> SheetCells:
        """What stands on the sheet. Raises WorkbookFileError where it is damaged."""
        part, handler = self._parts[sheet], SheetHandler(self._values)
        with reporting_damage(f"sheet {sheet}"), self._package.open(part) as source:
            parse(source, part, handler, self._allowance)
        return handler.cells


def open_workbook(data: bytes) -> OpenWorkbook:
    """The workbook of these bytes, its sheets unread. Raises WorkbookFileError."""
    package, allowance = open_package(data), Allowance()
    with reporting_damage("the list of sheets, texts or number formats"):
        contents = read_contents(package, allowance)
        names = [sheet.name for sheet in contents.sheets]
        if not names or len({name.casefold() for name in names}) < len(names):
            raise ValueError("no sheets, or two of the same name")
        values = _values(package, contents, allowance)
    return OpenWorkbook(
        tuple(names),
        frozenset(sheet.name for sheet in contents.sheets if sheet.hidden),
        any(part.endswith("vbaproject.bin") for part in package.parts),
        {sheet.name: sheet.part for sheet in contents.sheets},
        package,
        values,
        allowance,
    )


def _values(package: Package, contents: Contents, allowance: Allowance) -> Values:
    texts = [unescaped(text) for text in shared_texts(package, contents.texts, allowance)]
    dates, durations = date_styles(package, contents.formats, allowance)
    return Values(texts, dates, durations, contents.from_1904)


@contextmanager
def reporting_damage(where: str) -> Iterator[None]:
    """Whatever is found wrong with a file that is no workbook: one kind of error."""
    try:
        yield
    except WorkbookFileError:
        raise
    except Exception as error:
        said = str(error).splitlines()
        found = f"{where}: {said[0] if said else type(error).__name__}"
        raise WorkbookFileError("damaged", found) from None
