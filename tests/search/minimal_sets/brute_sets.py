"""Minimal sets by looking at every set: what both searches are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.search.minimal_sets.families import Answer, Mask

MOST_ELEMENTS = 7
Ask = Callable[[Mask], Answer]


def yes_from(minimal: Iterable[Mask]) -> Ask:
    """The monotone question whose yes-sets are all that contain one of these."""
    sets = list(minimal)
    return lambda on: Answer.YES if any(one & on == one for one in sets) else Answer.NO


def brute(size: int, ask: Ask) -> tuple[set[Mask], set[Mask]]:
    """The minimal yes-sets, and the minimal sets without which it stays no."""
    everything = (1 << size) - 1
    yes = [mask for mask in range(1 << size) if ask(mask) is Answer.YES]
    blocking = [m for m in range(1 << size) if ask(everything & ~m) is Answer.NO]
    return least(yes), least(blocking)


def least(masks: list[Mask]) -> set[Mask]:
    return {one for one in masks if not any(o != one and o & one == o for o in masks)}
