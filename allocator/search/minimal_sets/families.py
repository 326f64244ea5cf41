"""Sets of elements as bit masks, and the two families of a monotone question.

Elements are numbered 0 … n-1; a set is the integer with their bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypedDict

from allocator.search.minimal_sets.whole import Whole

Mask = int


class Answer(Enum):
    """Three-valued: an answer that did not come is no no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass
class Families:
    """What is certain. `complete`: both families are listed whole. `undecided`: candidates left
    open. `whole_to`: every minimal set of at most so many elements is there. `whole`: all there is
    to know, where the families are too many to list."""

    minimal: list[Mask] = field(default_factory=list)
    blocking: list[Mask] = field(default_factory=list)
    complete: bool = False
    undecided: list[Mask] = field(default_factory=list)
    whole_to: int = -1
    whole: Whole | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be searched for."""
        return self.complete or self.whole is not None

    def beside(self, earlier: Families) -> Families:
        """These and what an earlier search of the same question found: each set is certain by
        itself, so a search that is cut off sooner takes nothing back."""
        if self.settled:
            return self
        minimal = list(dict.fromkeys((*earlier.minimal, *self.minimal)))
        blocking = list(dict.fromkeys((*earlier.blocking, *self.blocking)))
        whole_to = max(self.whole_to, earlier.whole_to)
        return Families(minimal, blocking, earlier.complete, self.undecided, whole_to)


class Cut(TypedDict):
    """What a search for minimal sets is told of its end, and whom it tells."""

    limit: int | None
    wanted: Callable[[Mask], bool]
    largest: int | None
    found: Callable[[Mask], None]


EVERY = Cut(limit=None, wanted=lambda mask: True, largest=None, found=lambda mask: None)
"""All minimal sets are asked for, and nobody is told."""


class Listed:
    """Minimal sets as they are found, each told of, and whether as many are wanted as may come."""

    def __init__(
        self, limit: int | None, wanted: Callable[[Mask], bool], found: Callable[[Mask], None]
    ) -> None:
        self.sets: list[Mask] = []
        self._limit = limit
        self._wanted = wanted
        self._found = found
        self._number = 0

    def add(self, mask: Mask) -> None:
        self.sets.append(mask)
        self._number += self._limit is not None and self._wanted(mask)
        self._found(mask)

    @property
    def full(self) -> bool:
        return self._limit is not None and self._number >= self._limit


class Edges:
    """Sets that are to be met, numbered as they come, and for each element those it is in.

    A set of elements that meets the first k of them, each of its elements needed for one, is a
    minimal transversal of these k. Extended into the next that it misses (Berge's step), by
    elements that leave every other needed, it comes out once for each larger k.
    """

    def __init__(self) -> None:
        self._edges: list[Mask] = []
        self._with: dict[Mask, int] = {}

    def __len__(self) -> int:
        return len(self._edges)

    def add(self, edge: Mask) -> None:
        number = 1 << len(self._edges)
        self._edges.append(edge)
        for element in bits(edge):
            self._with[element] = self._with.get(element, 0) | number

    def missed(self, mask: Mask, since: int) -> int | None:
        """The first set from number `since` on that shares no element with the mask."""
        open_ = (1 << len(self._edges)) - (1 << since)
        for element in bits(mask):
            open_ &= ~self._with.get(element, 0)
        return (open_ & -open_).bit_length() - 1 if open_ else None

    def extensions(self, mask: Mask, number: int) -> Iterator[Mask]:
        """The mask, which meets all sets before this one but not this, with each element of it
        that leaves every element of the mask needed for a set before."""
        members = [self._with.get(element, 0) for element in bits(mask)]
        once = more = 0
        for met in members:
            more |= once & met
            once |= met
        once &= ~more & ((1 << number) - 1)
        for element in bits(self._edges[number]):
            by_others = once & ~self._with[element]
            if all(met & by_others for met in members):
                yield mask | element


def minimal_transversals(family: Sequence[Mask]) -> list[Mask]:
    """The minimal sets that meet every set of the family (Berge's algorithm, depth first).

    The family without sets has the empty transversal; one with an empty set has none.
    """
    edges = Edges()
    for edge in family:
        edges.add(edge)
    found = []
    waiting = [(0, 0)]
    while waiting:
        mask, since = waiting.pop()
        number = edges.missed(mask, since)
        if number is None:
            found.append(mask)
        else:
            waiting += [(longer, number + 1) for longer in edges.extensions(mask, number)]
    return found


def antichain(family: Iterable[Mask]) -> list[Mask]:
    """The family without the sets that contain another."""
    kept: list[Mask] = []
    for mask in sorted(set(family), key=lambda m: (m.bit_count(), m)):
        if not any(smaller & mask == smaller for smaller in kept):
            kept.append(mask)
    return kept


def bits(mask: Mask) -> list[Mask]:
    """The mask's elements, each as a mask, lowest first."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest)
        mask ^= lowest
    return found


def positions(mask: Mask) -> tuple[int, ...]:
    """The numbers of the mask's elements, ascending."""
    return tuple(element.bit_length() - 1 for element in bits(mask))
