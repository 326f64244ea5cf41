"""The cells of one sheet, from the events of its part.

Formulas give the value that was kept with them. Cells without a value cost next to nothing, however
many are formatted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, TypeAlias

from allocator.inputs.spreadsheet.events import Attributes
from allocator.inputs.spreadsheet.odd import OddCell
from allocator.inputs.spreadsheet.package import WorkbookFileError
from allocator.inputs.spreadsheet.texts import RichText
from allocator.inputs.spreadsheet.values import Read, Values, unescaped

Corners: TypeAlias = tuple[int, int, int, int]
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_FILLED = 1_000_000
MOST_MERGED = 10_000

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_DIGITS = "0123456789"
_SEEN = 1.0
"""Points of a row, or characters of a column, that is more than a line: a tenth counts as none."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells that are not blank: rows by number, in each the cells by column, both from 1.

    `merged` are ranges as (first column, first row, last column, last row). `hidden_rows` are
    rows with cells that nobody sees; `hidden_columns` the first and last column of each such span.
    """

    rows: Mapping[int, Mapping[int, Read]]
    merged: tuple[Corners, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    def hides_column(self, column: int) -> bool:
        """Whether nobody sees the column."""
        return any(first <= column <= last for first, last in self.hidden_columns)


class SheetHandler(RichText):
    """Takes the events of a sheet's part; afterwards `cells` gives what stands on it."""

    begins: ClassVar = {
        **RichText.begins,
        "sheetFormatPr": "begin_defaults",
        "col": "begin_columns",
        "row": "begin_row",
        "c": "begin_cell",
        "f": "begin_formula",
        "v": "begin_value",
        "mergeCell": "begin_merged",
    }
    ends: ClassVar = {**RichText.ends, "v": "end_value", "c": "end_cell", "row": "end_row"}
    around: ClassVar = "is"

    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values
        self._rows: dict[int, dict[int, Read]] = {}
        self._merged: list[Corners] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._filled = 0
        self._low_rows = False
        self._row, self._row_digits, self._column = 0, "", 0
        self._row_hidden = False
        self._in_row: dict[int, Read] = {}
        self._cell: Attributes = {}
        self._value: str | None = None
        self._formula = False

    @property
    def cells(self) -> SheetCells:
        return SheetCells(
            dict(sorted(self._rows.items())),
            tuple(self._merged),
            frozenset(self._hidden_rows),
            tuple(self._hidden_columns),
        )

    def begin_defaults(self, attributes: Attributes) -> None:
        self._low_rows = _unseen(attributes.get("defaultRowHeight"))

    def begin_columns(self, attributes: Attributes) -> None:
        if _is_true(attributes.get("hidden")) or _unseen(attributes.get("width")):
            span = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self._hidden_columns.append(span)
            if len(self._hidden_columns) > LAST_COLUMN:
                raise WorkbookFileError("large", f"over {LAST_COLUMN:,} kinds of column")

    def begin_row(self, attributes: Attributes) -> None:
        # Some programs write rows as 2.0.
        number = attributes.get("r")
        self._row = int(float(number)) if number else self._row + 1
        if not 1 <= self._row <= LAST_ROW:
            raise ValueError(f"row {self._row}, and a sheet has {LAST_ROW:,}")
        height = attributes.get("ht", "0" if self._low_rows else None)
        self._row_hidden = _is_true(attributes.get("hidden")) or _unseen(height)
        self._row_digits, self._column, self._in_row = str(self._row), 0, {}

    def end_row(self, _: str) -> None:
        if not self._in_row:
            return
        if self._rows.setdefault(self._row, self._in_row) is not self._in_row:
            raise ValueError(f"row {self._row} is there twice")
        if self._row_hidden:
            self._hidden_rows.add(self._row)
        self._filled += len(self._in_row)
        if self._filled > MOST_FILLED:
            raise WorkbookFileError("large", f"over {MOST_FILLED:,} cells with a value")

    def begin_cell(self, attributes: Attributes) -> None:
        self._cell, self._value, self._formula = attributes, None, False
        at = attributes.get("r")
        if at is None:
            self._column += 1
            return
        letters = at.rstrip(_DIGITS)
        if at[len(letters) :] != self._row_digits:
            raise ValueError(f"a cell {at[:20]} stands in row {self._row}")
        self._column = column_of(letters)

    def begin_formula(self, attributes: Attributes) -> None:
        self._formula |= self.within("c")

    def begin_value(self, attributes: Attributes) -> None:
        if self.within("c"):
            self.collect()

    def end_value(self, text: str) -> None:
        if self.within("c"):
            self._value = text

    def end_cell(self, _: str) -> None:
        value = self._read(self.whole_text())
        if value is None or value == "":
            return
        if self._column in self._in_row:
            raise ValueError(f"a cell of row {self._row} is there twice")
        self._in_row[self._column] = value

    def _read(self, own_text: str) -> Read | None:
        kind = self._cell.get("t", "n")
        if kind == "inlineStr":
            return unescaped(own_text)
        if self._value:
            return self._values.read(kind, self._cell.get("s") or "0", self._value)
        # A formula that gives '' keeps an empty value; one that was never computed keeps none.
        lost = self._formula and (self._value is None or kind != "str")
        return OddCell("uncomputed", "=") if lost else None

    def begin_merged(self, attributes: Attributes) -> None:
        first, _, last = attributes["ref"].partition(":")
        self._merged.append((*_corner(first), *_corner(last or first)))
        if len(self._merged) > MOST_MERGED:
            raise WorkbookFileError("large", f"over {MOST_MERGED:,} merged cells")


@lru_cache(maxsize=LAST_COLUMN)
def column_of(letters: str) -> int:
    """The number of a column, from 1. Raises ValueError for letters of none."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"there is no column {letters[:20]}")
        number = min(26 * number + ord(letter) - 64, LAST_COLUMN + 1)
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(f"there is no column {letters[:20]}")
    return number


def _corner(cell: str) -> tuple[int, int]:
    match = _CELL.fullmatch(cell)
    if match is None:
        raise ValueError(f"there is no cell {cell[:20]}")
    return column_of(match[1]), int(match[2])


def _is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _unseen(size: str | None) -> bool:
    """Whether a height or width is too small for anything to be seen."""
    try:
        return size is not None and float(size) < _SEEN / 2
    except ValueError:
        return False
