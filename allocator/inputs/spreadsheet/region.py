"""Where a table stands on its sheet, for formulas and drop-downs that refer to it."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table stands. Rows and columns are counted from 0; the header is row `top`."""

    sheet: Worksheet
    sheet_name: str
    headers: tuple[str, ...]
    top: int
    left: int
    last: int

    def column(self, header: str) -> int:
        """The sheet's column under this header."""
        return self.left + self.headers.index(header)

    def range(self, header: str, sheet: bool = False) -> str:
        """The cells under a header, as in `$C$2:$C$9`; with `sheet`, for formulas elsewhere."""
        letter = xl_col_to_name(self.column(header), True)
        cells = f"{letter}${self.top + 2}:{letter}${self.last + 1}"
        return f"{self._name}!{cells}" if sheet else cells

    def list_formula(self, header: str) -> str:
        """The cells under a header down to the last that is filled, for a drop-down."""
        letter = xl_col_to_name(self.column(header), True)
        # One range may grow: no spreadsheet program lengthens it for rows added by hand.
        column = f"{self._name}!{letter}${self.top + 2}:{letter}${LAST_ROW + 1}"
        first = f"{self._name}!{letter}${self.top + 2}"
        return f"={first}:INDEX({column},MAX(1,COUNTA({column})))"

    @property
    def _name(self) -> str:
        return quoted_sheet(self.sheet_name)


def cell_name(row: int, column: int) -> str:
    """A cell as formulas write it, from its row and column, counted from 0: `C2`."""
    name: str = xl_rowcol_to_cell(row, column)
    return name


def quoted_sheet(name: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + name.replace("'", "''") + "'"
