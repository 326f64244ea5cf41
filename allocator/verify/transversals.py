"""Minimal transversals of a family of sets, by Berge's multiplication (Berge 1989) on bitmasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def minimal(masks: Iterable[int]) -> list[int]:
    """The masks that contain no other one, each once."""
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda m: (m.bit_count(), m)):
        if not any(smaller & mask == smaller for smaller in kept):
            kept.append(mask)
    return kept


def minimal_transversals(sets: Collection[Collection[str]]) -> frozenset[frozenset[str]]:
    """The minimal sets that meet every given set. A family with an empty set has none; the empty
    family has the empty set."""
    members = sorted({member for one in sets for member in one})
    bit = {member: 1 << place for place, member in enumerate(members)}
    found = [0]
    for one in sorted(sets, key=len):
        mask = sum(bit[member] for member in set(one))
        meeting = [t for t in found if t & mask]
        grown = {t | bit[m] for t in found if not t & mask for m in one}
        found = meeting + [t for t in minimal(grown) if not any(k & t == k for k in meeting)]
    return frozenset(frozenset(m for m in members if t & bit[m]) for t in found)
