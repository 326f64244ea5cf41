"""All worlds of up to some 24 elements at once, one bit a world.

A world is a set of elements; bit number `mask` of a table says something of the world `mask`.
Sums over worlds are bit-sliced: plane k of a counter holds bit k of every world's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

WorldSet: TypeAlias = npt.NDArray[np.uint64]

MOST_ELEMENTS = 24
"""2^24 worlds are 2 MiB a table."""

_WORD = 6
_FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
_IN_WORD = tuple(
    np.uint64(pattern)
    for pattern in (
        0xAAAAAAAAAAAAAAAA,
        0xCCCCCCCCCCCCCCCC,
        0xF0F0F0F0F0F0F0F0,
        0xFF00FF00FF00FF00,
        0xFFFF0000FFFF0000,
        0xFFFFFFFF00000000,
    )
)
"""Bits of a word whose world has element 0 … 5."""


class WorldSpace:
    """Tables over the subsets of `size` elements.

    always: elements that every world has; tables are over the others alone, and halve with each
    of them. Worlds are masks of all elements all the same.
    """

    def __init__(self, size: int, always: int = 0) -> None:
        self._free = [number for number in range(size) if not always >> number & 1]
        self._place = {number: place for place, number in enumerate(self._free)}
        width = len(self._free)
        if width > MOST_ELEMENTS:
            raise ValueError(f"{width} elements; tables hold at most {MOST_ELEMENTS}")
        self.size = size
        self.always = always
        self._width = width
        self._words = 1 << max(0, width - _WORD)
        used = 1 << min(width, _WORD)
        self._used = _FULL if used == 64 else np.uint64((1 << used) - 1)
        self._elements: dict[int, WorldSet] = {}
        self._least: tuple[WorldSet, npt.NDArray[np.uint64]] | None = None

    def nothing(self) -> WorldSet:
        return np.zeros(self._words, dtype=np.uint64)

    def everything(self) -> WorldSet:
        return np.full(self._words, self._used, dtype=np.uint64)

    def invert(self, table: WorldSet) -> WorldSet:
        return ~table & self._used

    def element(self, number: int) -> WorldSet:
        """The worlds that have the element. Not to be changed in place."""
        if number not in self._elements:
            place = self._place.get(number)
            table = self.everything() if place is None else self._make_element(place)
            self._elements[number] = table
        return self._elements[number]

    def containing(self, mask: int) -> WorldSet:
        """The worlds that have all elements of the mask."""
        table = self.everything()
        for number in self._free:
            if mask >> number & 1:
                table &= self.element(number)
        return table

    def all_of(self, many: Sequence[WorldSet]) -> WorldSet:
        """The worlds that each of these has; one of them at least."""
        found = many[0].copy()
        for one in many[1:]:
            found &= one
        return found

    def of(self, masks: Iterable[int]) -> WorldSet:
        """Just these worlds; each has what every world has."""
        table = self.nothing()
        numbers = self._places(np.fromiter(masks, dtype=np.uint64))
        bits = np.left_shift(np.uint64(1), numbers & np.uint64(63))
        np.bitwise_or.at(table, (numbers >> np.uint64(_WORD)).astype(np.intp), bits)
        return table

    def masks(self, table: WorldSet) -> list[int]:
        """The worlds of a table as masks, ascending."""
        places = self.places(table)
        masks = np.full(len(places), self.always, dtype=np.uint64)
        for place, number in enumerate(self._free):
            masks |= (places >> np.uint64(place) & np.uint64(1)) << np.uint64(number)
        return [int(mask) for mask in np.sort(masks)]

    def _places(self, masks: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """Which bits of a table these worlds are."""
        if not self.always:
            return masks
        found = np.zeros(len(masks), dtype=np.uint64)
        for place, number in enumerate(self._free):
            found |= (masks >> np.uint64(number) & np.uint64(1)) << np.uint64(place)
        return found

    def unpacked(self, table: WorldSet) -> npt.NDArray[np.uint8]:
        """One byte a world, 1 for those that the table has."""
        bits = np.unpackbits(table.view(np.uint8), bitorder="little")
        return bits[: 1 << self._width]

    def sizes(self) -> npt.NDArray[np.uint8]:
        """One byte a world: how many elements it has."""
        sizes = np.full(1, self.always.bit_count(), dtype=np.uint8)
        for _ in range(self._width):
            sizes = np.concatenate([sizes, sizes + np.uint8(1)])
        return sizes

    def count(self, table: WorldSet) -> int:
        """How many worlds the table has."""
        return int(self.unpacked(table).sum(dtype=np.int64))

    def within(self, tables: Iterable[WorldSet], masks: Sequence[int]) -> list[int]:
        """Those of the masks whose worlds all the tables have, in their order."""
        found = np.array([m for m in masks if self.spans(m)], dtype=np.uint64)
        for table in tables:
            places = self._places(found)
            words = table[(places >> np.uint64(_WORD)).astype(np.intp)]
            found = found[(words >> (places & np.uint64(63)) & np.uint64(1)).astype(bool)]
        return [int(mask) for mask in found]

    def spans(self, mask: int) -> bool:
        """Whether the mask is one of these worlds."""
        return mask & self.always == self.always

    def has(self, table: WorldSet, mask: int) -> bool:
        """Whether the table has the world, one of these."""
        place = mask
        if self.always:
            place = sum(1 << p for p, number in enumerate(self._free) if mask >> number & 1)
        return bool(int(table[place >> _WORD]) >> (place & 63) & 1)

    def above(self, table: WorldSet) -> WorldSet:
        """The worlds that contain a world of the table."""
        closed = table.copy()
        for place in range(self._width):
            closed |= self._with(closed, place)
        return closed

    def below(self, table: WorldSet) -> WorldSet:
        """The worlds within a world of the table."""
        closed = table.copy()
        for place in range(self._width):
            closed |= self._without(closed, place)
        return closed

    def minimal(self, table: WorldSet) -> WorldSet:
        """Those worlds of the table from which no element can be taken without leaving it."""
        found = table.copy()
        for place in range(self._width):
            found &= ~self._with(table, place)
        return found

    def maximal(self, table: WorldSet) -> WorldSet:
        found = table.copy()
        for place in range(self._width):
            found &= ~self._without(table, place)
        return found

    def total(self, parts: Sequence[tuple[int, WorldSet]]) -> Total:
        return Total(self, parts)

    def at_least(self, need: int, parts: Sequence[tuple[int, WorldSet]]) -> WorldSet:
        """The worlds in which the units of the parts whose table has them add up to `need`."""
        return Total(self, parts).at_least(need)

    def narrowed(
        self, table: WorldSet, need: int, parts: Sequence[tuple[int, WorldSet]]
    ) -> WorldSet:
        """Those worlds of the table, closed upwards, in which units add up; the table itself
        where the least of its worlds meet the need, and so all do."""
        if self._least is None or self._least[0] is not table:
            self._least = table, self.places(self.minimal(table))
        if (self.numbers(self._least[1], parts) < need).any():
            return table & self.at_least(need, parts)
        return table

    def same(self, one: WorldSet, other: WorldSet) -> bool:
        return bool((one == other).all())

    def mark(self, table: WorldSet) -> int:
        """A number that is equal for equal tables; mostly of no other."""
        return int(table.sum())

    def places(self, table: WorldSet) -> npt.NDArray[np.uint64]:
        """Which bits of the table are set, ascending."""
        words = np.flatnonzero(table)
        bits = np.unpackbits(table[words].view(np.uint8), bitorder="little").reshape(-1, 64)
        rows, columns = np.nonzero(bits)
        return (words[rows].astype(np.uint64) << np.uint64(_WORD)) + columns.astype(np.uint64)

    def numbers(
        self, places: npt.NDArray[np.uint64], parts: Sequence[tuple[int, WorldSet]]
    ) -> npt.NDArray[np.int64]:
        """The units of the parts in each of the worlds that these bits stand for."""
        words, shifts = (places >> np.uint64(_WORD)).astype(np.intp), places & np.uint64(63)
        found = np.zeros(len(places), dtype=np.int64)
        for units, where in _together(parts):
            found += units * (where[words] >> shifts & np.uint64(1)).astype(np.int64)
        return found

    def _make_element(self, place: int) -> WorldSet:
        if place < _WORD:
            return np.full(self._words, _IN_WORD[place] & self._used, dtype=np.uint64)
        table = self.nothing()
        table.reshape(-1, 2, 1 << (place - _WORD))[:, 1, :] = _FULL
        return table

    def _with(self, table: WorldSet, place: int) -> WorldSet:
        """The worlds of the table that lack the element, once it is added."""
        if place < _WORD:
            return (table & ~_IN_WORD[place]) << np.uint64(1 << place)
        moved = self.nothing()
        shape = (-1, 2, 1 << (place - _WORD))
        moved.reshape(shape)[:, 1, :] = table.reshape(shape)[:, 0, :]
        return moved

    def _without(self, table: WorldSet, place: int) -> WorldSet:
        """The worlds of the table that have the element, once it is taken away."""
        if place < _WORD:
            return (table & _IN_WORD[place]) >> np.uint64(1 << place)
        moved = self.nothing()
        shape = (-1, 2, 1 << (place - _WORD))
        moved.reshape(shape)[:, 0, :] = table.reshape(shape)[:, 1, :]
        return moved


class Total:
    """A number for every world: the units of the parts whose table has it."""

    def __init__(self, worlds: WorldSpace, parts: Sequence[tuple[int, WorldSet]]) -> None:
        self._worlds = worlds
        self._most = sum(units for units, _ in parts)
        self._planes = _added(worlds, _columns(_together(parts), self._most.bit_length()))

    def at_least(self, need: int) -> WorldSet:
        """The worlds whose number is `need` or more."""
        if need <= 0:
            return self._worlds.everything()
        if need > self._most:
            return self._worlds.nothing()
        above, equal = self._worlds.nothing(), self._worlds.everything()
        for bit in reversed(range(len(self._planes))):
            if need >> bit & 1:
                equal &= self._planes[bit]
            else:
                above |= equal & self._planes[bit]
                equal &= ~self._planes[bit]
        return above | equal


def _together(parts: Sequence[tuple[int, WorldSet]]) -> list[tuple[int, WorldSet]]:
    """The parts of one and the same table, the object itself, as one part."""
    units: dict[int, int] = {}
    for number, where in parts:
        units[id(where)] = units.get(id(where), 0) + number
    tables = {id(where): where for _, where in parts}
    return [(units[key], where) for key, where in tables.items()]


def _columns(parts: Sequence[tuple[int, WorldSet]], width: int) -> list[list[WorldSet]]:
    """For each binary digit, the tables of the parts whose units have it."""
    return [[where for units, where in parts if units >> bit & 1] for bit in range(width)]


def _added(worlds: WorldSpace, columns: list[list[WorldSet]]) -> list[WorldSet]:
    """The digits of the sums: three tables of a column become one, and one carried to the next
    (a carry-save adder, Wallace 1964), which passes over each table once and no carry ripples."""
    planes, carried = [], list[WorldSet]()
    for column in columns:
        tables, carried = [*carried, *column], []
        while len(tables) > 2:
            one, two, three = (tables.pop() for _ in range(3))
            either = one ^ two
            tables.insert(0, either ^ three)
            carried.append(one & two | three & either)
        if len(tables) == 2:
            carried.append(tables[0] & tables[1])
            tables = [tables[0] ^ tables[1]]
        planes.append(tables[0] if tables else worlds.nothing())
    return planes
