"""The minimal sets of a monotone diagram, as a diagram of sets: counted, compared, and listed the
cheapest first, however many there are.

A set of the family is a way through a zero-suppressed diagram (Minato 1993). The minimal sets of a
question are those without its first element, and those with it that do not do without (Knuth 2011,
section 7.1.4); the minimal sets that meet all of them are found alike, its yes and no exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.search.minimal_sets.diagram_worlds import KEPT, ROOM, DiagramWorlds, Nodes, nodes
from allocator.search.minimal_sets.families import Mask

NEVER = 1 << 60
"""More than any set costs."""


@dataclass(frozen=True)
class SetFamily:
    """A family of sets of the elements in `order`, one a level of the diagram."""

    root: Any
    order: tuple[int, ...]

    @cached_property
    def number(self) -> int:
        """How many sets there are."""
        found = self._ends.astype(np.int64)
        for asking in self._nodes.deepest[1:]:
            found[asking] = found[self._nodes.yes[asking]] + found[self._nodes.no[asking]]
        return int(found[0])

    @cached_property
    def _nodes(self) -> Nodes:
        return nodes(self.root, len(self.order))

    @cached_property
    def _ends(self) -> npt.NDArray[np.bool_]:
        """By node: whether it is the end of a way through the diagram that is a set."""
        found = np.zeros(len(self._nodes.objects), dtype=np.bool_)
        for end in self._nodes.deepest[0]:
            found[end] = self._nodes.objects[end].satisfiable()
        return found

    @cached_property
    def _leasts(self) -> dict[tuple[int, ...], list[int]]:
        """What was looked for by price, by the prices."""
        return {}

    def __sub__(self, other: SetFamily) -> SetFamily:
        return SetFamily(self.root - other.root, self.order)

    def __and__(self, other: SetFamily) -> SetFamily:
        return SetFamily(self.root & other.root, self.order)

    def cheapest(self, costs: Sequence[int] | None = None) -> Iterator[Mask]:
        """Yield the sets, the cheapest first; the same on every run.

        costs: of each element, by its number; where they are left out, the sets of the fewest
        elements come first.
        """
        price = tuple(1 if costs is None else costs[number] for number in self.order)
        if price not in self._leasts:
            self._leasts[price] = self._least(price)
        least, found = self._leasts[price], self._nodes
        waiting = [(least[0], 0, 0, 0, 0)] if least[0] < NEVER else []
        come = 0  # Of ways that cost the same the newest first: the others wait, half gone.
        while waiting:
            _, _, node, mask, spent = heappop(waiting)
            level = int(found.level[node])
            if level == len(price):
                yield mask
                continue
            with_it = mask | 1 << self.order[level]
            parts = ((int(found.yes[node]), with_it, price[level]), (int(found.no[node]), mask, 0))
            for part, on, cost in parts:
                if least[part] < NEVER:
                    come -= 1
                    total = spent + cost
                    heappush(waiting, (total + least[part], come, part, on, total))

    def _least(self, price: tuple[int, ...]) -> list[int]:
        """By node: what the cheapest rest costs; NEVER where it leads to no set."""
        found, nodes = np.where(self._ends, 0, NEVER), self._nodes
        for asking in nodes.deepest[1:]:
            with_it = found[nodes.yes[asking]] + price[nodes.level[asking[0]]]
            found[asking] = np.minimum(np.minimum(with_it, found[nodes.no[asking]]), NEVER)
        listed: list[int] = found.tolist()
        return listed


class MinimalSets:
    """Makes families of minimal sets; those of one maker can be compared."""

    def __init__(self, space: DiagramWorlds) -> None:
        from oxidd.zbdd import ZBDDManager

        self._space = space
        self._manager = ZBDDManager(ROOM, KEPT, 1)
        self._manager.add_vars(space.size)
        self._single = [self._manager.singleton(level) for level in range(space.size)]
        self._made: dict[tuple[Any, int], SetFamily] = {}

    def unlocking(self, worlds: Any) -> SetFamily:
        """Return the minimal worlds of a set closed upwards."""
        return self._minimal(worlds, met=0)

    def blocking(self, worlds: Any) -> SetFamily:
        """Return the minimal sets of elements without all of which no world of a set closed
        upwards is left."""
        return self._minimal(worlds, met=1)

    def forget(self) -> None:
        """Families that were made are made again, where they are asked for."""
        self._made.clear()

    def _minimal(self, root: Any, met: int) -> SetFamily:
        """met: which of the two parts of a node is that of the element in the set."""
        if (root, met) not in self._made:
            self._made[root, met] = self._listed(root, met)
        return self._made[root, met]

    def _listed(self, root: Any, met: int) -> SetFamily:
        """met: which of the two parts of a node is that of the element in the set."""
        found = self._space.nodes(root)
        known: list[Any] = [None] * len(found.objects)
        for end in found.deepest[0]:
            yes = found.objects[end].valid() == (met == 0)
            known[end] = self._manager.base() if yes else self._manager.empty()
        with_it, without = (found.yes, found.no) if met == 0 else (found.no, found.yes)
        for asking in found.deepest[1:]:
            self._space.check()
            one = self._single[found.level[asking[0]]]
            for node, on, off in zip(
                asking.tolist(), with_it[asking].tolist(), without[asking].tolist(), strict=True
            ):
                known[node] = one.make_node(known[on] - known[off], known[off])
        return SetFamily(known[0], self._space.order)
