"""The minimal sets that meet every set of a family several times over.

Branching as MMCS does (Murakami and Uno 2014), with counts in place of yes and no: the set that is
hardest to meet is met next; of its elements each is tried, those tried before it still to be had,
so that every result comes once. An element is needed while some set with it is met no more often
than it has to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from allocator.search.minimal_sets.families import Mask, bits


def fold_transversals(
    family: Sequence[Mask], fold: int, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Mask]:
    """The minimal sets that have at least `fold` elements of each set of the family, each once.

    stopped: where it returns True, no more come.
    """
    every = 0
    for one in family:
        every |= one
    yield from _extended(tuple(family), fold, 0, every, stopped)


def _extended(
    family: Sequence[Mask], fold: int, chosen: Mask, left: Mask, stopped: Callable[[], bool]
) -> Iterator[Mask]:
    """The results that hold what is chosen, and else only what is left."""
    if stopped():
        return
    hardest = _hardest(family, fold, chosen, left)
    if hardest is None:
        yield chosen
        return
    if ((chosen | left) & hardest).bit_count() < fold:
        return
    elements = bits(left & hardest)
    left &= ~hardest
    for element in elements:
        if _all_needed(family, fold, chosen | element):
            yield from _extended(family, fold, chosen | element, left, stopped)
        left |= element


def _hardest(family: Sequence[Mask], fold: int, chosen: Mask, left: Mask) -> Mask | None:
    """The set, not met often enough, with the fewest elements to spare; None where all are met."""
    unmet = (one for one in family if (one & chosen).bit_count() < fold)
    return min(unmet, key=lambda one: ((one & (chosen | left)).bit_count(), one), default=None)


def _all_needed(family: Sequence[Mask], fold: int, chosen: Mask) -> bool:
    """Whether each element is in a set that is met no more often than it has to be."""
    needed = 0
    for one in family:
        if (one & chosen).bit_count() <= fold:
            needed |= one
    return not chosen & ~needed
