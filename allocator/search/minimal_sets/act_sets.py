"""All minimal sets of acts that answer yes, as far as the time allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.results.result import Family, by_size
from allocator.search.minimal_sets.families import Answer, Families, Mask, positions
from allocator.search.minimal_sets.search import Search
from allocator.search.minimal_sets.table_search import TableSearch
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS, WorldSpace

Names = frozenset[str]


@dataclass(frozen=True)
class ActSets:
    """The minimal sets, and those that each of them meets; `complete` where both are whole.
    whole_to: every minimal set of at most so many acts is there."""

    minimal: tuple[Names, ...]
    blocking: tuple[Names, ...]
    complete: bool
    whole_to: int

    @property
    def family(self) -> Family:
        return Family(complete=self.complete, sets=by_size(self.minimal))


def minimal_sets(
    elements: Sequence[str],
    ask: Callable[[Names], Answer],
    deadline: Deadline,
    *,
    limit: int | None = None,
) -> ActSets:
    """Return the minimal sets of elements for which a monotone question is answered with yes.

    limit: so many are enough; they are the smallest.

    ask: the question, of a set. deadline: when to end at the latest.
    """

    def asked(mask: Mask) -> Answer:
        return Answer.UNKNOWN if deadline.expired else ask(_names(elements, mask))

    found = _searched(len(elements), asked, deadline, limit)
    return ActSets(
        tuple(_names(elements, mask) for mask in found.minimal),
        tuple(_names(elements, mask) for mask in found.blocking),
        found.complete,
        len(elements) if found.complete else found.whole_to,
    )


def _searched(
    size: int, ask: Callable[[Mask], Answer], deadline: Deadline, limit: int | None
) -> Families:
    # A no is computed here, or was certain before it came here.
    if size > MOST_ELEMENTS:
        return Search(size, ask, _stands, deadline, limit=limit).run()
    worlds = WorldSpace(size)
    return TableSearch(worlds, worlds.nothing(), ask, _stands, deadline, limit=limit).run()


def _stands(mask: Mask) -> bool:
    return True


def _names(elements: Sequence[str], mask: Mask) -> Names:
    return frozenset(elements[place] for place in positions(mask))
