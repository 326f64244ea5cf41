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

from allocator.search.minimal_sets.diagram_worlds import KEPT, ROOM, DiagramWorlds, Nodes, nodes
from allocator.search.minimal_sets.families import Mask


@dataclass(frozen=True)
class SetFamily:
    """A family of sets of the elements in `order`, one a level of the diagram."""

    root: Any
    order: tuple[int, ...]

    @cached_property
    def number(self) -> int:
        """How many sets there are."""
        known: dict[Any, int] = {}
        for node, parts in self._nodes.upwards():
            known[node] = sum(known[part] for part in parts) if parts else int(_is_base(node))
        return known[self.root]

    @cached_property
    def _nodes(self) -> Nodes:
        return nodes(self.root)

    @cached_property
    def _leasts(self) -> dict[tuple[int, ...], dict[Any, int]]:
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
        least = self._leasts[price]
        if self.root not in least:
            return
        number = 0  # What costs the same comes as it was found.
        waiting: list[tuple[int, int, Any, Mask, int]] = []
        heappush(waiting, (least[self.root], number, self.root, 0, 0))
        while waiting:
            _, _, node, mask, spent = heappop(waiting)
            parts = node.cofactors()
            if parts is None:
                yield mask
                continue
            level = node.node_var()
            with_it = mask | 1 << self.order[level]
            for part, on, cost in ((parts[0], with_it, price[level]), (parts[1], mask, 0)):
                if part in least:
                    number += 1
                    total = spent + cost
                    heappush(waiting, (total + least[part], number, part, on, total))

    def _least(self, price: tuple[int, ...]) -> dict[Any, int]:
        """By node that leads to a set: what the cheapest rest costs."""
        found: dict[Any, int] = {}
        for node, parts in self._nodes.upwards():
            if parts is None:
                if _is_base(node):
                    found[node] = 0
                continue
            costs = ((parts[0], price[node.node_var()]), (parts[1], 0))
            rests = [found[part] + cost for part, cost in costs if part in found]
            if rests:
                found[node] = min(rests)
        return found


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
        known: dict[Any, Any] = {}
        for number, (node, parts) in enumerate(self._space.nodes(root).upwards()):
            if number % 1024 == 0:
                self._space.check()
            if parts is None:
                yes = node.valid() == (met == 0)
                known[node] = self._manager.base() if yes else self._manager.empty()
                continue
            with_it, without = known[parts[met]], known[parts[1 - met]]
            known[node] = self._single[node.node_var()].make_node(with_it - without, without)
        return SetFamily(known[root], self._space.order)


def _is_base(node: Any) -> bool:
    """Whether the end of a way through the diagram is a set."""
    return bool(node.satisfiable())
