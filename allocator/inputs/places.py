"""Where each row was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allocator.inputs.issues import Place
from allocator.inputs.schema import Row


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a row. `below`: the places of its parts, where they have their own; `letters`:
    the columns of a sheet, by the table's column."""

    row: Row
    place: Place
    below: Mapping[str, Place] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def at(self, column: str) -> Place:
        """The place of one column, or of a key below the row's path."""
        if not column:
            return self.place
        if column in self.below:
            return self.below[column]
        joined = f"{self.place.column}.{column}" if self.place.column else column
        letter = self.letters.get(column, self.place.letter)
        return Place(self.place.file, self.place.row, joined, letter)


@dataclass(frozen=True)
class Places:
    """Places by the row itself: two equal rows have places of their own."""

    spots: tuple[Spot, ...] = ()

    def of(self, row: Row, column: str = "") -> Place:
        """The place of a row, or of one of its columns; a row made in memory has none."""
        spot = self._by_row.get(id(row))
        return spot.at(column) if spot else Place("", None, column)

    def __iter__(self) -> Iterator[Spot]:
        return iter(self.spots)

    @cached_property
    def _by_row(self) -> dict[int, Spot]:
        return {id(spot.row): spot for spot in self.spots}

    def __getstate__(self) -> dict[str, Any]:
        """Without the index, whose keys mean nothing in another process."""
        return {"spots": self.spots}
