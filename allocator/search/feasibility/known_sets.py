"""Sets of switches of which it is known whether they are enough, and what shows it."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest, nsmallest

from allocator.results.result import Allocation
from allocator.search.minimal_sets.families import Mask, antichain

MOST_KEPT = 1000
"""So many sets keep the allocation that showed them; more would fill the memory."""

MOST_TOLD = 200
"""So many sets that are enough, or are not, are told to others: a search may come to thousands."""


def _size(mask: Mask) -> tuple[int, Mask]:
    """Order by the number of switches; ties by the switches themselves."""
    return mask.bit_count(), mask


class KnownSets:
    """What answers of one scope say of other sets: more switches than enough are enough, fewer
    than not enough are not. `certain` holds the sets whose no stands."""

    def __init__(self) -> None:
        self.certain: set[Mask] = set()
        self.witnesses: dict[Mask, Allocation] = {}
        self._enough: list[Mask] = []
        self._too_few: list[Mask] = []

    def are_enough(self, on: Mask) -> bool:
        return any(known & on == known for known in self._enough)

    def are_too_few(self, on: Mask) -> bool:
        return any(known & on == on for known in self._too_few)

    def add_enough(self, on: Mask) -> None:
        self._enough.append(on)

    def add_too_few(self, on: Mask) -> None:
        self._too_few = [known for known in self._too_few if known & on != known]
        self._too_few.append(on)

    def take_back(self, on: Mask) -> None:
        """Forget every no that would make this one."""
        self._too_few = [known for known in self._too_few if known & on != on]

    def keep(self, on: Mask, allocation: Allocation) -> None:
        """Keep what showed that these are enough, as long as there is room."""
        if len(self.witnesses) < MOST_KEPT:
            self.witnesses[on] = allocation

    def smallest_enough(self) -> list[Mask]:
        """The smallest few, none within another; they say most."""
        return antichain(nsmallest(MOST_TOLD, set(self._enough), key=_size))

    def largest_too_few(self, more: Iterable[Mask]) -> list[Mask]:
        """The largest few that are certain, of them and `more` that are."""
        return nlargest(MOST_TOLD, self.certain.union(more), key=_size)
