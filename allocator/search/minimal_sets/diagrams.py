"""What can be counted of all worlds of more elements than a table holds: a decision diagram.

A diagram (Bryant 1986) has a node for every question that is left once some elements are decided,
and alike questions share theirs. OxiDD builds it from the minimal sets; figures are added up over
its nodes, and exact. Without OxiDD, an extra, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from allocator.deadline import TimeUpError
from allocator.model.program import Check, go_on
from allocator.search.minimal_sets.families import Mask, positions

MOST_IN_DIAGRAM = 50
"""Elements; shares of their worlds are exact as fractions of two to the 53."""

MOST_NODES = 200_000
"""Larger diagrams are not counted: some seconds."""

_ROOM = 1 << 21
"""Nodes that a diagram may have while it is built."""

_KEPT = 1 << 18
"""Answers that are kept meanwhile."""

_DIGIT = 64
"""Bits of one number in a row of numbers: how many worlds there are of each size, as one whole
number with these for digits. Rows are added and multiplied as numbers are."""


@dataclass(frozen=True)
class Counts:
    """ready: how many worlds contain a minimal set. swings[i][k]: worlds of k elements, without
    element i, in which it decides. likelihood: of a ready world, the elements independent; None
    where a chance is not known."""

    ready: int
    swings: tuple[tuple[int, ...], ...]
    likelihood: float | None


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
    order = _order(size, minimal)
    with suppress(ImportError, MemoryError, TimeUpError):
        root = _built(order, minimal, check)
        if root.node_count() <= MOST_NODES:
            return _Walk(root, order, check).counts(chances)
    return None


def _order(size: int, minimal: Sequence[Mask]) -> list[int]:
    """The elements, those in the most sets first."""
    often = [0] * size
    for mask in minimal:
        for number in positions(mask):
            often[number] += 1
    return sorted(range(size), key=lambda number: (-often[number], number))


def _built(order: Sequence[int], minimal: Sequence[Mask], check: Check) -> Any:
    """The diagram of the worlds that contain one of the sets; level k asks about `order[k]`."""
    from oxidd.bdd import BDDManager

    manager = BDDManager(_ROOM, _KEPT, 1)
    manager.add_vars(len(order))
    level = {number: place for place, number in enumerate(order)}
    waiting = [_all_of(manager, (level[n] for n in positions(mask)), check) for mask in minimal]
    if not waiting:
        return manager.false()
    while len(waiting) > 1:
        pairs = zip(waiting[::2], waiting[1::2], strict=False)
        odd = waiting[len(waiting) // 2 * 2 :]
        waiting = [_either(one, other, check) for one, other in pairs] + odd
    return waiting[0]


def _all_of(manager: Any, levels: Iterable[int], check: Check) -> Any:
    check()
    found = manager.true()
    for level in levels:
        found &= manager.var(level)
    return found


def _either(one: Any, other: Any, check: Check) -> Any:
    check()
    return one | other


class _Walk:
    """Figures over the nodes of one diagram, a level after another."""

    def __init__(self, root: Any, order: Sequence[int], check: Check) -> None:
        self._check = check
        self._root = root
        self._order = order
        self._size = len(order)
        self._nodes: list[list[Any]] = [[] for _ in order]
        self._parts: dict[Any, tuple[Any, Any]] = {}
        one_more = 1 + (1 << _DIGIT)
        self._any = [one_more**number for number in range(self._size + 1)]
        self._gather()

    def _gather(self) -> None:
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            parts = node.cofactors()
            if parts is not None and node not in self._parts:
                self._parts[node] = parts
                self._nodes[node.node_var()].append(node)
                waiting += parts

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
        for level in reversed(range(self._size)):
            self._check()
            for node in self._nodes[level]:
                yes, no = (self._from(part, level + 1, below) for part in self._parts[node])
                below[node] = no + (yes << _DIGIT)
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
        for level, nodes in enumerate(self._nodes):
            self._check()
            for node in nodes:
                come = above[node]
                yes, no = self._parts[node]
                more = self._from(yes, level + 1, below) - self._from(no, level + 1, below)
                swings[self._order[level]] += come * more
                for part, met in ((yes, come << _DIGIT), (no, come)):
                    between = self._any[self._level(part) - level - 1]
                    above[part] = above.get(part, 0) + met * between
        return tuple(tuple(self._digits(number)) for number in swings)

    def _digits(self, row: int) -> list[int]:
        """A row of numbers, one for each size of world."""
        mask = (1 << _DIGIT) - 1
        return [row >> _DIGIT * k & mask for k in range(self._size + 1)]

    def _likelihood(self, chances: Sequence[float | None]) -> float | None:
        """The probability of a ready world, node by node."""
        if any(chance is None for chance in chances):
            return None
        below: dict[Any, float] = {}
        for level in reversed(range(self._size)):
            met = float(chances[self._order[level]] or 0)
            for node in self._nodes[level]:
                yes, no = (below.get(part, float(part.valid())) for part in self._parts[node])
                below[node] = met * yes + (1 - met) * no
        return below.get(self._root, float(self._root.valid()))
