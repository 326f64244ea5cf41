"""A table as a plain value, with what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Value = str | int | float | None
"""None is a blank cell: not known or not applicable. Zero is a figure."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    meaning: str


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
    name: str, description: str, columns: Mapping[str, str], rows: Iterable[tuple[Value, ...]]
) -> Table:
    return Table(name, tuple(Column(*c) for c in columns.items()), tuple(rows), description)


def yes_no(value: bool) -> str:
    return "yes" if value else "no"


def joined(values: Iterable[str]) -> str:
    """Several values in one cell, as in the tables that planners write."""
    return "; ".join(values)
