"""All worlds of some 25 to 50 elements at once, as nodes of a decision diagram.

A diagram (Bryant 1986) has a node for every question that is left once some elements are decided,
and alike questions share theirs. Sums over worlds are added up part by part: what a part may leave
still needed is decided once, whichever parts came before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from allocator.deadline import TimeUpError
from allocator.model.program import Check, go_on
from allocator.search.minimal_sets.families import positions

Numbers: TypeAlias = npt.NDArray[np.int64]

MOST_IN_DIAGRAM = 50
"""Elements; shares of their worlds are exact as fractions of two to the 53."""

ROOM = 1 << 23
"""Nodes that a diagram may have while it is built; a MemoryError says that it needs more."""

KEPT = 1 << 20
"""Answers that are kept meanwhile."""

MOST_LEFT = 200_000
"""So many different numbers may be left needed while one sum is added up."""


class DiagramWorlds:
    """The space of the worlds of `len(order)` elements; a set of worlds is a node.

    order: the elements as the diagram asks about them; those that decide most come first, which
    keeps it small. check: called again and again; it may raise to give the diagram up. summed: so
    many nodes may sums have, each counted by itself.

    Raises ImportError without OxiDD, an extra; MemoryError where a diagram grows too large;
    TimeUpError where sums do.
    """

    def __init__(self, order: Sequence[int], check: Check = go_on, summed: float = inf) -> None:
        from oxidd.bdd import BDDManager

        self.size = len(order)
        self.order = tuple(order)
        self.check = check
        self._summed = summed
        self._sums: set[Any] = set()
        self._manager = BDDManager(ROOM, KEPT, 1)
        self._manager.add_vars(self.size)
        self._level = {number: level for level, number in enumerate(order)}
        self._nodes: tuple[Any, Nodes] | None = None

    def nothing(self) -> Any:
        return self._manager.false()

    def everything(self) -> Any:
        return self._manager.true()

    def invert(self, worlds: Any) -> Any:
        return ~worlds

    def element(self, number: int) -> Any:
        """The worlds that have the element."""
        return self._manager.var(self._level[number])

    def containing(self, mask: int) -> Any:
        """The worlds that have all elements of the mask."""
        found = self.everything()
        for number in positions(mask):
            found &= self.element(number)
        return found

    def without(self, mask: int) -> Any:
        """The worlds that have no element of the mask."""
        found = self.everything()
        for number in positions(mask):
            found &= ~self.element(number)
        return found

    def where(self, worlds: Any, decided: Mapping[int, bool]) -> Any:
        """The worlds that are these once some elements are decided, whatever they have of them."""
        ends = {True: self.everything(), False: self.nothing()}
        pairs = [(self._level[number], ends[met]) for number, met in decided.items()]
        return worlds.substitute(worlds.make_substitution(pairs))

    def any_of(self, many: Iterable[Any]) -> Any:
        """The worlds of all of these together, two and two joined first."""
        waiting = [*many] or [self.nothing()]
        while len(waiting) > 1:
            self.check()
            odd = waiting[len(waiting) // 2 * 2 :]
            pairs = zip(waiting[::2], waiting[1::2], strict=False)
            waiting = [one | other for one, other in pairs] + odd
        return waiting[0]

    def all_of(self, many: Sequence[Any]) -> Any:
        """The worlds that each of these has, the small ones joined first: what comes of it is far
        larger than any, and each that is joined to it goes through all of that."""
        found = self.everything()
        for one in sorted(dict.fromkeys(many), key=lambda worlds: worlds.node_count()):
            self.check()
            found &= one
        return found

    def has(self, worlds: Any, mask: int) -> bool:
        """Whether the world is one of these."""
        met = [(level, bool(mask >> number & 1)) for level, number in enumerate(self.order)]
        return bool(worlds.eval(met))

    def total(self, parts: Sequence[tuple[int, Any]]) -> Total:
        return Total(self, parts)

    def at_least(self, need: int, parts: Sequence[tuple[int, Any]]) -> Any:
        """The worlds in which the units of the parts that have them add up to `need`."""
        return Total(self, parts).at_least(need)

    def narrowed(self, worlds: Any, need: int, parts: Sequence[tuple[int, Any]]) -> Any:
        """Those of the worlds in which units add up."""
        return worlds & self.at_least(need, parts)

    def counted(self, summed: Any) -> Any:
        """The same; its nodes are sums', of which there may be so many. A sum that comes again, as
        what is proved is often what is not refuted, is there already."""
        if summed not in self._sums:
            self._sums.add(summed)
            self._summed -= summed.node_count()
        if self._summed < 0:
            raise TimeUpError
        return summed

    def same(self, one: Any, other: Any) -> bool:
        return bool(one == other)

    def nodes(self, worlds: Any) -> Nodes:
        """All nodes of a set of worlds; those of the last that was asked for are kept."""
        if self._nodes is None or self._nodes[0] != worlds:
            self._nodes = worlds, nodes(worlds, self.size)
        return self._nodes[1]

    def mark(self, worlds: Any) -> object:
        """The node itself: equal sets of worlds are one node."""
        return worlds


@dataclass(frozen=True)
class Nodes:
    """All nodes under a root, which is number 0, each with its level and with the numbers of its
    parts for yes and for no; an end, which asks nothing, has a level below all others and -1.

    objects: the nodes by number. deepest: their numbers, level by level, the ends first: each
    comes after its parts.
    """

    objects: list[Any]
    level: Numbers
    yes: Numbers
    no: Numbers
    deepest: list[Numbers]


def nodes(root: Any, size: int) -> Nodes:
    """Return all nodes of a diagram.

    root: the node where it begins. size: how many elements there are.
    """
    number, objects = {root: 0}, [root]
    asked: list[tuple[int, int, int]] = []
    for node in objects:  # It grows meanwhile.
        parts = node.cofactors()
        if parts is None:
            asked.append((size, -1, -1))
            continue
        for part in parts:
            if part not in number:
                number[part] = len(objects)
                objects.append(part)
        asked.append((node.node_var(), number[parts[0]], number[parts[1]]))
    level, yes, no = np.array(asked).T
    by_level = np.argsort(-level, kind="stable")
    ends = np.flatnonzero(np.diff(level[by_level])) + 1
    return Nodes(objects, level, yes, no, np.split(by_level, ends))


class Total:
    """A number for every world: the units of the parts that have it."""

    def __init__(self, space: DiagramWorlds, parts: Sequence[tuple[int, Any]]) -> None:
        units: Counter[Any] = Counter()
        for number, worlds in parts:
            units[worlds] += number
        self._space = space
        # Large parts first: after them little is left that is neither met nor out of reach.
        self._parts = sorted(
            ((number, worlds) for worlds, number in units.items() if number),
            key=lambda part: (-part[0], part[1].node_var() or 0),
        )

    def at_least(self, need: int) -> Any:
        """The worlds whose number is `need` or more."""
        all_, none = self._space.everything(), self._space.nothing()
        rest = sum(number for number, _ in self._parts)
        layers = [{need} if 0 < need <= rest else set[int]()]
        left = [rest]
        for number, _ in self._parts:
            left.append(left[-1] - number)
            after = {now - units for now in layers[-1] for units in (0, number)}
            layers.append({now for now in after if 0 < now <= left[-1]})
            if sum(map(len, layers)) > MOST_LEFT:
                raise MemoryError
        found: dict[int, Any] = {}

        def met(now: int, most: int) -> Any:
            return all_ if now <= 0 else none if now > most else found[now]

        for place in reversed(range(len(self._parts))):
            self._space.check()
            number, worlds = self._parts[place]
            most = left[place + 1]
            found = {
                now: worlds.ite(met(now - number, most), met(now, most)) for now in layers[place]
            }
        return self._space.counted(met(need, rest))
