"""Minimal transversals of a family of sets: of a large family of few members in a table of all
sets of them, else by search on bitmasks (MMCS: Murakami and Uno 2014)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Whoever checks small families, as `review` does, starts without it.
    import numpy as np
    import numpy.typing as npt

MOST_TABLED = 24
"""Members up to which all sets of them fit a table of 16 MiB."""

LARGE = 100
"""Sets of a family from which on the table is the quicker way."""


def minimal_transversals(sets: Collection[Collection[str]]) -> frozenset[frozenset[str]]:
    """The minimal sets that meet every given set. A family with an empty set has none; the empty
    family has the empty set."""
    members = sorted({member for one in sets for member in one})
    if len(sets) < LARGE or len(members) > MOST_TABLED:
        return frozenset(each_minimal_transversal(sets))
    return _by_table(sets, members)


def is_minimal_transversal(one: frozenset[str], sets: Collection[frozenset[str]]) -> bool:
    """Whether it meets every given set, and each of its members meets one by itself."""
    alone: set[str] = set()
    for other in sets:
        met = one & other
        if not met:
            return False
        if len(met) == 1:
            alone |= met
    return alone == one


def _by_table(sets: Collection[Collection[str]], members: list[str]) -> frozenset[frozenset[str]]:
    """As `minimal_transversals`: what lies outside a given set does not meet it, nor does
    anything within."""
    import numpy as np

    size = len(members)
    bit = {member: 1 << place for place, member in enumerate(members)}
    everything = (1 << size) - 1
    meets = np.ones(1 << size, dtype=np.bool_)
    meets[[everything - sum(bit[member] for member in set(one)) for one in sets]] = False
    for place in range(size):
        without, with_ = _halves(meets, place)
        without &= with_
    minimal = meets.copy()
    for place in range(size):
        without, _ = _halves(meets, place)
        _, with_ = _halves(minimal, place)
        with_ &= ~without
    found = map(int, np.flatnonzero(minimal))
    return frozenset(frozenset(m for m in members if mask & bit[m]) for mask in found)


def _halves(
    table: npt.NDArray[np.bool_], place: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Views of a table over all sets: those without the member in this place, and the same sets
    with it."""
    halves = table.reshape(-1, 2, 1 << place)
    return halves[:, 0], halves[:, 1]


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
