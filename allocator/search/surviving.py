"""Which sets stand even if any few of their members are lost.

A set survives the loss of any k of its members if and only if it has more than k members in every
blocking set. No question is asked: all is read off the families that a search has found.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice

from allocator.deadline import Deadline
from allocator.results.coalitions import Survive
from allocator.results.result import by_size
from allocator.search.minimal_sets.families import Families, Mask, bits, positions
from allocator.search.minimal_sets.fold_transversals import fold_transversals

MOST_SETS = 20_000
"""More surviving sets are not listed."""

MOST_LOSSES = 100_000
"""Ways to lose members that are tried of one set, where a family is not whole."""


def surviving(names: Sequence[str], found: Families, k: int, deadline: Deadline) -> Survive:
    """Return the minimal sets that survive the loss of any k members, or the blocking sets that are
    the reason why none does. names: of the elements of the masks.

    found: the minimal sets that are known. deadline: when to end at the latest.
    """
    reasons = [one for one in found.blocking if one.bit_count() <= k]
    if reasons:
        return Survive(k, found.complete, (), _named(names, reasons))
    until = deadline.part(0.8)
    every = fold_transversals(found.blocking, k + 1, lambda: until.expired)
    sets = list(islice(every, MOST_SETS + 1))
    whole = found.complete and len(sets) <= MOST_SETS and not until.expired
    if not found.complete:
        sets = [one for one in sets if _surely(found, one, k)]
    return Survive(k, whole, _named(names, sets[:MOST_SETS]), ())


def never_ready(k: int) -> Survive:
    """Of a task that is not ready: it blocks itself, without anybody's leaving."""
    return Survive(k, True, (), ((),))


def _surely(found: Families, members: Mask, k: int) -> bool:
    """Whether a known minimal set is left whatever k members are lost. As blocking sets may be
    missing, meeting those that are known is not enough; that no member can be spared is certain."""
    losses = combinations(bits(members), min(k, members.bit_count()))
    for number, lost in enumerate(losses):
        left = members & ~sum(lost)
        if number >= MOST_LOSSES or not any(one & left == one for one in found.minimal):
            return False
    return True


def _named(names: Sequence[str], masks: Sequence[Mask]) -> tuple[tuple[str, ...], ...]:
    return by_size([names[place] for place in positions(mask)] for mask in masks)
