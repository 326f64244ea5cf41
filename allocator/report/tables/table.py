"""A table as a plain value, with what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Value = str | int | float | None
"""None is a blank cell: not known or not applicable. Zero is a figure."""


Kind = Literal["text", "whole", "number"]

PERCENT = "%"
SHARE = "share, 0 to 1"
"""Units of figures that are parts of a whole."""

MARGIN = "how far the ends of its 95 % interval are from it at the most; 0: exact"


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` is blank for text, and for numbers that count nothing, such as a period or a rank."""

    name: str
    meaning: str
    kind: Kind = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a column of figures means, and what they count."""

    meaning: str
    kind: Kind
    unit: str


Columns = Mapping[str, str | Figure]
"""By its name, what each column means: of text in words alone, of figures as a `Figure`."""


def whole(meaning: str, unit: str = "") -> Figure:
    """A column of whole numbers."""
    return Figure(meaning, "whole", unit)


def number(meaning: str, unit: str = "") -> Figure:
    """A column of numbers with a fraction."""
    return Figure(meaning, "number", unit)


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are in the order of `columns`; `description` says what one row stands for."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    description: str

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def make_table(
    name: str, description: str, columns: Columns, rows: Iterable[tuple[Value, ...]]
) -> Table:
    """Return the table. name: by which it is asked for. description: what one row stands for.
    columns: what each means, by name. rows: in the order of the columns.
    """
    made = tuple(_column(column, meaning) for column, meaning in columns.items())
    return Table(name, made, tuple(rows), description)


def _column(name: str, meaning: str | Figure) -> Column:
    if isinstance(meaning, str):
        return Column(name, meaning)
    return Column(name, meaning.meaning, meaning.kind, meaning.unit)


def yes_no(value: bool) -> str:
    return "yes" if value else "no"


def cells_of(table: Table) -> int:
    """How many there are."""
    return len(table.rows) * len(table.columns)


def records(table: Table) -> list[dict[str, Value]]:
    """Its rows by column, as JSON has them."""
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def joined(values: Iterable[str]) -> str:
    """Several values in one cell, as in the tables that planners write."""
    return "; ".join(values)
