"""People of the joint plan by nation and by task or period: values, and the formulas behind them.

Rows are counted from 0, the header's is 0; the first figure stands in column C.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allocator.inputs.spreadsheet import Cell, Formula, Region, cell_name

FIRST = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A column of figures: its header and meaning, and which value in which column of `allocation`
    picks the rows it adds up."""

    header: str
    meaning: str
    column: str
    value: str | int


@dataclass(frozen=True)
class Grid:
    """`people` has no key where a nation sends nothing; 0 stands for units without people.
    `allocation` is where the formulas look; None where figures have to do without."""

    nations: Sequence[str]
    parts: Sequence[Part]
    people: Mapping[tuple[str, str | int], int]
    allocation: Region | None

    @property
    def total_row(self) -> int:
        return len(self.nations) + 1

    @property
    def total_column(self) -> int:
        return FIRST + len(self.parts)

    @property
    def all(self) -> int:
        return sum(self.people.values())

    def sent_by(self, nation: str) -> list[int]:
        """The figures of the nation, without blanks."""
        found = (self.people.get((nation, part.value)) for part in self.parts)
        return [people for people in found if people is not None]

    def of_nation(self, nation: str) -> int | None:
        """The total of the nation; None where it sends nothing."""
        found = self.sent_by(nation)
        return sum(found) if found else None

    def of_part(self, part: Part) -> int:
        return sum(self.people.get((nation, part.value), 0) for nation in self.nations)

    def cells(self, row: int) -> list[Cell]:
        """The figures of the nation in the row, with their total."""
        nation = self.nations[row - 1]
        shown = [self._cell(row, number) for number in range(len(self.parts))]
        first, last = cell_name(row, FIRST), cell_name(row, self.total_column - 1)
        total = self.of_nation(nation)
        formula = f'=IF(COUNT({first}:{last})=0,"",SUM({first}:{last}))'
        return [*shown, Formula(formula, "" if total is None else total)]

    def totals(self) -> list[Formula]:
        """What stands below the figures: the total of each part and of all."""
        below = [
            self._sum_of_column(FIRST + number, self.of_part(part))
            for number, part in enumerate(self.parts)
        ]
        return [*below, self._sum_of_column(self.total_column, self.all)]

    def not_above(self) -> Formula | None:
        """What `allocation` has beside the total of all; it should be nothing."""
        if self.allocation is None:
            return None
        added = f"SUM({self.allocation.range('personnel', sheet=True)})"
        return Formula(f"={added}-{cell_name(self.total_row, self.total_column)}", 0)

    def _cell(self, row: int, number: int) -> Cell:
        part = self.parts[number]
        value = self.people.get((self.nations[row - 1], part.value))
        if self.allocation is None:
            return value
        rows = {name: self.allocation.range(name, sheet=True) for name in ("nation", part.column)}
        # Ids are named by the cell that holds them: no input is ever part of a formula.
        key = part.value if isinstance(part.value, int) else _fixed_row(0, FIRST + number)
        picked = f"{rows['nation']},$A{row + 1},{rows[part.column]},{key}"
        added = f"SUMIFS({self.allocation.range('personnel', sheet=True)},{picked})"
        return Formula(f'=IF(COUNTIFS({picked})=0,"",{added})', "" if value is None else value)

    def _sum_of_column(self, column: int, value: int) -> Formula:
        first, last = cell_name(1, column), cell_name(self.total_row - 1, column)
        return Formula(f"=SUM({first}:{last})", value)


def _fixed_row(row: int, column: int) -> str:
    name = cell_name(row, column)
    return name.rstrip("0123456789") + "$" + str(row + 1)
