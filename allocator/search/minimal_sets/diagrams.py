"""What can be counted of all worlds of more elements than a table holds, over the nodes of a
decision diagram: exact.

Without OxiDD, an extra, there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from allocator.deadline import TimeUpError
from allocator.model.program import Check, go_on
from allocator.search.minimal_sets.diagram_worlds import MOST_IN_DIAGRAM, DiagramWorlds
from allocator.search.minimal_sets.families import Mask, positions
from allocator.search.minimal_sets.whole import Counts

MOST_NODES = 2_000_000
"""Larger diagrams are not counted: half a minute."""


def counted(
    size: int, minimal: Sequence[Mask], chances: Sequence[float | None], check: Check = go_on
) -> Counts | None:
    """Return what is counted over all worlds of the elements; None without OxiDD, or where the
    diagram is too large, or there is no time for it.

    size: how many elements there are. minimal: the minimal sets, all of them. chances: of each
    element, that it is met. check: raises TimeUpError where the time is up.
    """
    if size > MOST_IN_DIAGRAM:
        return None
    with suppress(ImportError, MemoryError, TimeUpError):
        space = DiagramWorlds(_order(size, minimal), check)
        ready = space.any_of(space.containing(mask) for mask in minimal)
        return counts_of(space, ready, chances, check)
    return None


def counts_of(
    space: DiagramWorlds, ready: Any, chances: Sequence[float | None], check: Check
) -> Counts | None:
    """Return what is counted over all worlds of a space; None where the diagram is too large.

    ready: the worlds that are ready. chances: of each element, that it is met. check: raises
    TimeUpError where the time is up.
    """
    if ready.node_count() > MOST_NODES:
        return None
    return _Walk(space, ready, check).counts(chances)


def _order(size: int, minimal: Sequence[Mask]) -> list[int]:
    """The elements, those in the most sets first."""
    often = [0] * size
    for mask in minimal:
        for number in positions(mask):
            often[number] += 1
    return sorted(range(size), key=lambda number: (-often[number], number))


class _Walk:
    """Figures over the nodes of one diagram, a level after another.

    How many worlds there are of each size is a row of numbers, kept as one whole number with
    these for its digits: rows are added and multiplied as numbers are.
    """

    def __init__(self, space: DiagramWorlds, root: Any, check: Check) -> None:
        self._check = check
        self._root = root
        self._order = space.order
        self._size = space.size
        self._levels = space.nodes(root).levels
        self._digit = self._size + 1  # Bits: there are two to the size of all worlds together.
        one_more = 1 + (1 << self._digit)
        self._any = [one_more**number for number in range(self._size + 1)]

    def _level(self, node: Any) -> int:
        """Which level the node asks about; that after the last where it asks nothing more."""
        level = node.node_var()
        return self._size if level is None else int(level)

    def counts(self, chances: Sequence[float | None]) -> Counts:
        below = self._ready_below()
        ready = sum(self._digits(self._from(self._root, 0, below)))
        return Counts(ready, self._swings(below), self._likelihood(chances))

    def _ready_below(self) -> dict[Any, int]:
        """By node: ready worlds by size, of what its level and those after it decide."""
        below: dict[Any, int] = {}
        for level, asking in reversed(self._levels):
            self._check()
            for node, (yes, no) in asking.items():
                met = self._from(yes, level + 1, below) << self._digit
                below[node] = self._from(no, level + 1, below) + met
        return below

    def _from(self, node: Any, level: int, below: Mapping[Any, int]) -> int:
        """The same as if the node asked about this level: those between may be met or not."""
        own = below[node] if node in below else int(node.valid())
        row: int = own * self._any[self._level(node) - level]
        return row

    def _swings(self, below: Mapping[Any, int]) -> tuple[tuple[int, ...], ...]:
        """Of each element, over the nodes that ask about it: worlds above that come to the node,
        times ready worlds below with the element that are not ready without it."""
        above: dict[Any, int] = {self._root: self._any[self._level(self._root)]}
        swings = [0] * self._size
        for level, asking in self._levels:
            self._check()
            for node, (yes, no) in asking.items():
                come = above.pop(node)
                more = self._from(yes, level + 1, below) - self._from(no, level + 1, below)
                swings[self._order[level]] += come * more
                for part, met in ((yes, come << self._digit), (no, come)):
                    between = self._any[self._level(part) - level - 1]
                    above[part] = above.get(part, 0) + met * between
        return tuple(tuple(self._digits(number)) for number in swings)

    def _digits(self, row: int) -> list[int]:
        """A row of numbers, one for each size of world."""
        mask = (1 << self._digit) - 1
        return [row >> self._digit * k & mask for k in range(self._size + 1)]

    def _likelihood(self, chances: Sequence[float | None]) -> float | None:
        """The probability of a ready world, node by node."""
        if any(chance is None for chance in chances):
            return None
        below: dict[Any, float] = {}
        for level, asking in reversed(self._levels):
            met = float(chances[self._order[level]] or 0)
            for node, parts in asking.items():
                yes, no = (below.get(part, float(part.valid())) for part in parts)
                below[node] = met * yes + (1 - met) * no
        return below.get(self._root, float(self._root.valid()))
