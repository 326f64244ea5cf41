"""Minimal transversals of a family of sets (MMCS: Murakami and Uno 2014), on bitmasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator


def minimal_transversals(sets: Collection[Collection[str]]) -> frozenset[frozenset[str]]:
    """The minimal sets that meet every given set. A family with an empty set has none; the empty
    family has the empty set."""
    return frozenset(each_minimal_transversal(sets))


def each_minimal_transversal(sets: Collection[Collection[str]]) -> Iterator[frozenset[str]]:
    """As `minimal_transversals`, one after the other: there may be very many."""
    members = sorted({member for one in sets for member in one})
    # `met[m]`: the given sets that member m meets, a bit each; `inside[s]`: the members of set s.
    met = [sum(1 << s for s, one in enumerate(sets) if m in set(one)) for m in members]
    inside = [[m for m, member in enumerate(members) if member in set(one)] for one in sets]
    found = _grown(met, inside, {}, (1 << len(inside)) - 1, frozenset(range(len(members))))
    return (frozenset(members[m] for m in one) for one in found)


def _grown(
    met: list[int],
    inside: list[list[int]],
    private: dict[int, int],
    unmet: int,
    candidates: frozenset[int],
) -> Iterator[frozenset[int]]:
    """The minimal transversals that hold the members of `private`, each once. `private`: for each
    chosen member the sets that it alone meets, which may never become none."""
    if not unmet:
        yield frozenset(private)
        return
    first = (unmet & -unmet).bit_length() - 1
    choices = [m for m in inside[first] if m in candidates]
    candidates -= frozenset(choices)
    for m in choices:
        left = {other: alone & ~met[m] for other, alone in private.items()}
        if all(left.values()):
            left[m] = unmet & met[m]
            yield from _grown(met, inside, left, unmet & ~met[m], candidates)
            candidates |= {m}
