"""How far a verdict can be trusted, in a sentence."""

from __future__ import annotations

from collections import Counter

from allocator.results.fragility import FRAGILE, KINDS, Figure, Fragility
from allocator.words import count, listing, some

NAMED = 6
"""Capabilities that are named."""


def summary(found: Fragility) -> str:
    """A sentence on how far the verdict can be trusted."""
    if not found.answered:
        return "The time limit came before the verdict: try a longer --time-limit."
    fragile = len(found.fragile)
    # A change that is not the nearest, or of a figure left open, may lie within.
    known = "" if all(flip.exact for flip in found.flips) else "known to be "
    said = (
        f"{'At least ' if found.undecided else ''}{count(len(found.flips), 'change')} of a single "
        f"figure would turn it, {fragile or 'none'} of them {known}within {FRAGILE} %."
    )
    if not found.flips and found.undecided:
        said = "No change of a single figure is known to turn it."
    if found.steady:
        said += f" {count(len(found.steady), 'figure')} alone never would ({_kinds(found.steady)})."
    if found.undecided:
        said += f" {count(len(found.undecided), 'figure')} undecided in the time."
    return said + _not_asked(found)


def _not_asked(found: Fragility) -> str:
    if found.problem is None or not found.not_asked:
        return ""
    names = some([found.problem.capabilities[one].name for one in found.not_asked], NAMED)
    return (
        f" Not asked about: the rotation of {names}. What a nation holds of it is taken from its "
        "offers and grows with the rotation, so that more of it may help or harm."
    )


def _kinds(figures: tuple[Figure, ...]) -> str:
    """`3 rotations, 12 minimums`, in the order of the kinds."""
    counts = Counter(figure.kind for figure in figures)
    words = {"availability": "row of availability"}
    return listing(_many(counts[kind], words.get(kind, kind)) for kind in KINDS if counts[kind])


def _many(number: int, word: str) -> str:
    if word == "row of availability":
        return f"{number:,} {'row' if number == 1 else 'rows'} of availability"
    return count(number, word)
