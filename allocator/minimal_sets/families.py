"""Sets of elements as bit masks, and the two families of a monotone question.

Elements are numbered 0 … n-1; a set is the integer with their bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

Mask = int


class Answer(Enum):
    """Three-valued: an answer that did not come is no no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass
class Families:
    """What is certain. `complete`: both families are whole. `undecided`: candidates left open.
    `whole_to`: every minimal set of at most so many elements is there."""

    minimal: list[Mask] = field(default_factory=list)
    blocking: list[Mask] = field(default_factory=list)
    complete: bool = False
    undecided: list[Mask] = field(default_factory=list)
    whole_to: int = -1

    def beside(self, earlier: Families) -> Families:
        """These and what an earlier search of the same question found: each set is certain by
        itself, so a search that is cut off sooner takes nothing back."""
        if self.complete:
            return self
        minimal = list(dict.fromkeys((*earlier.minimal, *self.minimal)))
        blocking = list(dict.fromkeys((*earlier.blocking, *self.blocking)))
        whole_to = max(self.whole_to, earlier.whole_to)
        return Families(minimal, blocking, earlier.complete, self.undecided, whole_to)


def minimal_transversals(family: Sequence[Mask]) -> list[Mask]:
    """The minimal sets that meet every set of the family (Berge's algorithm).

    The family without sets has the empty transversal; one with an empty set has none.
    """
    transversals = [0]
    done: list[Mask] = []
    for edge in family:
        done.append(edge)
        missing = [mask for mask in transversals if not mask & edge]
        transversals = [mask for mask in transversals if mask & edge]
        transversals += [
            mask | element
            for mask in missing
            for element in bits(edge)
            if stays_minimal(mask, element, done)
        ]
    return transversals


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


def stays_minimal(mask: Mask, element: Mask, edges: Sequence[Mask]) -> bool:
    """Whether each element of `mask` still meets some set that no other element meets.

    `element` itself does: it is added for a set that `mask` misses.
    """
    extended = mask | element
    needed = mask
    for edge in edges:
        met = edge & extended
        if met & (met - 1) == 0:
            needed &= ~met
            if not needed:
                return True
    return not needed
