"""A few packages that differ most, because a planner reads five, not five hundred.

The first is the best of all. Each further one is as far as can be from the nearest of those
chosen (greedy max-min dispersion; Ravi, Rosenkrantz and Tayi 1994). Of equally far ones the
better ranked is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

SHOWN = 5


@dataclass(frozen=True)
class Pick:
    """The place of a package in the list; how far it is from the nearest pick before it, None
    for the first."""

    place: int
    distance: Fraction | None


Members = tuple[frozenset[str], frozenset[str]]
"""The nations of a package, and those of them that can lead it."""


def distance(one: Members, other: Members) -> Fraction:
    """The part of the nations of both that only one of them has, and 1 more where no nation can
    lead both though each has one that leads."""
    together = one[0] | other[0]
    apart = Fraction(len(one[0] ^ other[0]), len(together)) if together else Fraction(0)
    led = bool(one[1]) and bool(other[1])
    return apart + (1 if led and not one[1] & other[1] else 0)


def different(packages: Sequence[Members], order: Sequence[int], most: int = SHOWN) -> list[Pick]:
    """Return the picks among the packages; `order` ranks their places, best first.

    most: how many are wanted.
    """
    if not order:
        return []
    picks = [Pick(order[0], None)]
    nearest = {place: distance(packages[place], packages[order[0]]) for place in order[1:]}
    while nearest and len(picks) < most:
        place = max(nearest, key=lambda p: nearest[p])
        picks.append(Pick(place, nearest.pop(place)))
        for other in nearest:
            nearest[other] = min(nearest[other], distance(packages[other], packages[place]))
    return picks
