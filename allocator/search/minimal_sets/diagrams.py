"""What can be counted of all worlds of more elements than a table holds, over the nodes of a
decision diagram: exact.

Without OxiDD, an extra, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from allocator.deadline import TimeUpError
from allocator.model.program import Check, go_on
from allocator.search.minimal_sets.diagram_worlds import MOST_IN_DIAGRAM, DiagramWorlds, Numbers
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


Rows: TypeAlias = npt.NDArray[np.int64]
"""A row a node: how many worlds there are of each size, from none on."""


class _Walk:
    """Figures over the nodes of one diagram, a level after another, all nodes of a level at once.
    No number is above two to the number of elements."""

    def __init__(self, space: DiagramWorlds, root: Any, check: Check) -> None:
        self._check = check
        self._order = space.order
        self._size = space.size
        self._nodes = space.nodes(root)
        self._valid = [bool(self._nodes.objects[end].valid()) for end in self._nodes.deepest[0]]
        self._place = np.empty(len(self._nodes.objects), dtype=np.int64)
        for asking in self._nodes.deepest:
            self._place[asking] = np.arange(len(asking))

    def counts(self, chances: Sequence[float | None]) -> Counts:
        below = self._below()
        root = int(self._nodes.level[0])
        ready = int(_widened(below[root], root)[0].sum())
        return Counts(ready, self._swings(below), self._likelihood(chances))

    def _below(self) -> dict[int, Rows]:
        """By level: of its nodes, ready worlds of what this level and those after it decide."""
        below = {self._size: np.array(self._valid, dtype=np.int64)[:, None]}
        for level, asking in self._asking():
            yes, no = (self._seen(p, level, below) for p in self._parts(asking))
            below[level] = np.pad(no, ((0, 0), (0, 1))) + np.pad(yes, ((0, 0), (1, 0)))
        return below

    def _asking(self) -> Iterator[tuple[int, Numbers]]:
        """The levels that have nodes, deepest first, without the ends."""
        for asking in self._nodes.deepest[1:]:
            self._check()
            yield int(self._nodes.level[asking[0]]), asking

    def _parts(self, asking: Numbers) -> tuple[Numbers, Numbers]:
        return self._nodes.yes[asking], self._nodes.no[asking]

    def _by_level(self, parts: Numbers) -> Iterator[tuple[int, Numbers]]:
        """Which of the parts are on which level."""
        levels = self._nodes.level[parts]
        for level in np.unique(levels):
            yield int(level), np.flatnonzero(levels == level)

    def _seen(self, parts: Numbers, level: int, below: Mapping[int, Rows]) -> Rows:
        """The parts' rows as if they asked about the level after this one: those between may be
        met or not."""
        rows = np.empty((len(parts), self._size - level), dtype=np.int64)
        for own, which in self._by_level(parts):
            rows[which] = _widened(below[own][self._place[parts[which]]], own - level - 1)
        return rows

    def _swings(self, below: Mapping[int, Rows]) -> tuple[tuple[int, ...], ...]:
        """Of each element, over the nodes that ask about it: worlds above that come to the node,
        times ready worlds below with the element that are not ready without it."""
        root = int(self._nodes.level[0])
        above: dict[int, Rows] = {root: _widened(np.ones((1, 1), dtype=np.int64), root)}
        swings = [(0,) * (self._size + 1)] * self._size
        for level, asking in reversed([*self._asking()]):
            self._check()
            come, (yes, no) = above.pop(level), self._parts(asking)
            more = self._seen(yes, level, below) - self._seen(no, level, below)
            swings[self._order[level]] = self._by_size(come, more)
            self._passed_on(above, level, yes, np.pad(come, ((0, 0), (1, 0))))
            self._passed_on(above, level, no, np.pad(come, ((0, 0), (0, 1))))
        return tuple(swings)

    def _by_size(self, come: Rows, more: Rows) -> tuple[int, ...]:
        """Worlds above a level times worlds below it, by the size of both together."""
        both = come.T @ more
        found = [0] * (self._size + 1)
        for (one, other), number in np.ndenumerate(both):
            found[one + other] += int(number)
        return tuple(found)

    def _passed_on(self, above: dict[int, Rows], level: int, parts: Numbers, come: Rows) -> None:
        """Worlds that come to a level's nodes come to their parts next."""
        for own, which in self._by_level(parts):
            if own == self._size:
                continue
            if own not in above:
                number = int((self._nodes.level == own).sum())
                above[own] = np.zeros((number, own + 1), dtype=np.int64)
            rows = _widened(come[which], own - level - 1)
            np.add.at(above[own], self._place[parts[which]], rows)

    def _likelihood(self, chances: Sequence[float | None]) -> float | None:
        """The probability of a ready world, node by node."""
        if any(chance is None for chance in chances):
            return None
        found = np.zeros(len(self._nodes.objects))
        found[self._nodes.deepest[0]] = self._valid
        for level, asking in self._asking():
            met = float(chances[self._order[level]] or 0)
            yes, no = self._parts(asking)
            found[asking] = met * found[yes] + (1 - met) * found[no]
        return float(found[0])


def _widened(rows: Rows, by: int) -> Rows:
    """With so many more elements, each met or not."""
    for _ in range(by):
        rows = np.pad(rows, ((0, 0), (0, 1))) + np.pad(rows, ((0, 0), (1, 0)))
    return rows
