"""All minimal yes-sets and no-sets of a question whose worlds fit a table.

The worlds that a sum refutes are known before anything is asked. Of those left open the smallest
are asked: all that lies below them is no for certain, so a yes is a minimal set at once. A no
grows to a no-set that closes all below it (MARCO, Liffiton et al. 2016, with the whole map in a
table instead of a solver): to all but an engine's core of what was left out, or else element by
element. Whether it can grow no further is seen in the end by the map itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allocator.deadline import Deadline
from allocator.search.minimal_sets.families import (
    Answer,
    Families,
    Listed,
    Mask,
    bits,
    positions,
)
from allocator.search.minimal_sets.growing import Growing
from allocator.search.minimal_sets.world_sets import WorldSet, WorldSpace

AUDITED = 50
"""So many of the sets that sums prove are put to the engines and the checker all the same."""

LISTING_SHARE = 0.9
"""Of the time; the rest is for seeing which blocking sets are minimal, where it was cut off."""


class TableSearch:
    """The search for the families of one question.

    worlds: those that are not no for lack of an element without which there is no yes at all.
    refuted: the worlds that are no for certain to begin with; closed downwards.
    minimal: minimal sets that are known to begin with.
    proved: worlds that are yes for certain to begin with.
    ask: the answer for one world.
    certain: whether a no stands up to a second opinion; only such a no closes worlds.
    limit: stop after so many minimal sets that are wanted.
    largest: sets of more elements are not looked for.
    widened: after a no, more elements with which somebody says that the answer is no as well.
    likewise: after a yes, those of the other open worlds for which the same allocation is a yes.
    """

    def __init__(
        self,
        worlds: WorldSpace,
        refuted: WorldSet,
        ask: Callable[[Mask], Answer],
        certain: Callable[[Mask], bool],
        deadline: Deadline,
        *,
        minimal: Sequence[Mask] = (),
        proved: WorldSet | None = None,
        limit: int | None = None,
        wanted: Callable[[Mask], bool] = lambda mask: True,
        largest: int | None = None,
        widened: Callable[[Mask], Mask] = lambda mask: mask,
        likewise: Callable[[Sequence[Mask]], list[Mask]] = lambda others: [],
        found: Callable[[Mask], None] = lambda mask: None,
    ) -> None:
        self._worlds = worlds
        self._no = refuted
        self._yes = worlds.above(worlds.of(minimal)) if minimal else worlds.nothing()
        self._proved = worlds.nothing() if proved is None else proved
        self._ask = ask
        self._certain = certain
        self._listing = deadline.part(LISTING_SHARE)
        self._largest = worlds.size if largest is None else largest
        self._likewise = likewise
        self._minimal = Listed(limit, wanted, found)
        self._no_sets: list[Mask] = []
        self._undecided: list[Mask] = []
        self._everything = (1 << worlds.size) - 1
        self._growing = Growing(
            self._everything, ask, certain, widened, self._known_no, self._known_yes
        )
        self._audited = 0
        for mask in minimal:
            self._minimal.add(mask)

    @property
    def refuted(self) -> WorldSet:
        """The worlds that are no for certain by now."""
        return self._no

    def run(self) -> Families:
        """Searches to the end, the limit or the deadline; both families say which it was."""
        while (frontier := self._frontier()) and frontier[0].bit_count() <= self._largest:
            self._layer(frontier)
            if self._undecided or self._stopped():
                frontier = self._frontier()
                break
        if frontier:
            whole_to = frontier[0].bit_count() - 1
            blocking = self._beside_always(self._blocking())
            return Families(self._minimal.sets, blocking, False, self._undecided, whole_to)
        maximal = self._worlds.masks(self._worlds.maximal(self._no))
        blocking = self._beside_always([self._everything & ~no for no in maximal])
        return Families(self._minimal.sets, blocking, True)

    def _blocking(self) -> list[Mask]:
        """The blocking sets found that are minimal for certain, where the search was cut off."""
        found: dict[Mask, None] = {}
        for no in self._no_sets:
            grown, maximal = self._growing.grown(no)
            if maximal and (grown == no or self._certain(grown)):
                found[self._everything & ~grown] = None
        return list(found)

    def _beside_always(self, blocking: list[Mask]) -> list[Mask]:
        """These and each element that every world has, without which there is no yes; not where
        no yes is known: there may be none at all."""
        return bits(self._worlds.always) + blocking if self._minimal.sets else blocking

    def _frontier(self) -> list[Mask]:
        """The smallest open worlds; every world below one of them is no."""
        open_ = self._worlds.invert(self._no | self._yes)
        masks = self._worlds.masks(self._worlds.minimal(open_))
        smallest = min((mask.bit_count() for mask in masks), default=0)
        return sorted((m for m in masks if m.bit_count() == smallest), key=positions)

    def _layer(self, frontier: list[Mask]) -> None:
        """Decides worlds of one size, none of which contains another."""
        yes, no = [], []
        waiting = dict.fromkeys(frontier)
        while waiting and not self._stopped():
            mask = next(iter(waiting))
            del waiting[mask]
            sure = self._worlds.has(self._proved, mask) and self._stands(mask)
            match Answer.YES if sure else self._ask(mask):
                case Answer.YES:
                    found = [mask] if sure else [mask, *self._likewise(list(waiting))]
                    yes += found
                    for other in found:
                        waiting.pop(other, None)
                        self._minimal.add(other)
                case Answer.NO:
                    closed = self._refuted(mask)
                    no += closed
                    for other in [o for o in waiting if any(o & c == o for c in closed)]:
                        del waiting[other]
                case Answer.UNKNOWN:
                    self._undecided.append(mask)
        self._close(yes, no)

    def _stands(self, mask: Mask) -> bool:
        """Whether a yes that a sum proves is not contradicted; the first few are asked as well."""
        if self._audited >= AUDITED:
            return True
        self._audited += 1
        return self._ask(mask) is not Answer.NO

    def _close(self, yes: list[Mask], no: list[Mask]) -> None:
        if yes:
            self._yes |= self._worlds.above(self._worlds.of(yes))
        if no:
            self._no |= self._worlds.below(self._worlds.of(no))

    def _refuted(self, mask: Mask) -> list[Mask]:
        """A no-set around a no, where it is certain."""
        wider, sure = self._growing.around(mask)
        if not sure:
            self._undecided.append(wider)
            return []
        self._no_sets.append(wider)
        return [wider]

    def _known_no(self, mask: Mask) -> bool:
        return self._worlds.has(self._no, mask)

    def _known_yes(self, mask: Mask) -> bool:
        return self._worlds.has(self._proved, mask) or self._worlds.has(self._yes, mask)

    def _stopped(self) -> bool:
        return self._minimal.full or self._listing.expired
