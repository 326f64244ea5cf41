"""All minimal sets that answer yes to a monotone question, and all minimal sets without which
the answer stays no.

Sets are bit masks over elements 0 … n-1. The minimal yes-sets are the minimal transversals of
the minimal blocking sets, so every minimal transversal of the blocking sets known so far is a
candidate: a yes makes it a minimal yes-set at once; a no grows to a maximal no-set, whose
complement is a new blocking set. Candidates are asked smallest first, so that nothing smaller is
missing from what has been found (implicit hitting sets; dualise and advance, Gunopulos et al.
1997, Bailey and Stuckey 2005).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable

from allocator.deadline import Deadline
from allocator.search.minimal_sets.families import (
    Answer,
    Edges,
    Families,
    Listed,
    Mask,
    antichain,
    bits,
    minimal_transversals,
    positions,
)

MOST_CANDIDATES = 200_000

LISTING_SHARE = 0.9
"""Of the time; where it brought no minimal set, the rest is for shrinking some."""

MOST_SHRUNK = 5
"""So many at the most: they need not be among the smallest."""


class Search:
    """The search for the families of one question.

    ask: the answer for a set of elements.
    certain: whether a no stands up to a second opinion; only such a no becomes a blocking set.
    limit: stop after so many minimal sets that are wanted.
    largest: sets of more elements are not looked for.
    most_questions: stop after so many questions; unlike the deadline it cuts every run at the
        same place. If no minimal set is known by then, one is shrunk from everything, or a
        few where the limit asks for more.
    found: told of each minimal set as soon as it is certain.
    """

    def __init__(
        self,
        size: int,
        ask: Callable[[Mask], Answer],
        certain: Callable[[Mask], bool],
        deadline: Deadline,
        *,
        limit: int | None = None,
        wanted: Callable[[Mask], bool] = lambda mask: True,
        largest: int | None = None,
        most_questions: int | None = None,
        found: Callable[[Mask], None] = lambda mask: None,
    ) -> None:
        self._everything = (1 << size) - 1
        self._ask = self._counted(ask)
        self._questions = 0
        self._most_questions = most_questions
        self._certain = certain
        self._deadline = deadline
        self._listing = deadline.part(LISTING_SHARE)
        self._limit = limit
        self._largest = size if largest is None else largest
        self._minimal = Listed(limit, wanted, found)
        self._edges = Edges()
        self._exact: list[Mask] = []
        self._undecided: list[Mask] = []
        self._queue: list[tuple[int, tuple[int, ...], Mask, int]] = []
        self._overflow = False
        self._push(0, 0)

    def run(self) -> Families:
        """Searches to the end, the limit or the deadline; both families say which it was."""
        while self._settled() and not self._stopped():
            candidate = heapq.heappop(self._queue)[2]
            match self._ask(candidate):
                case Answer.YES:
                    self._minimal.add(candidate)
                case Answer.NO:
                    self._refuted(candidate)
                case Answer.UNKNOWN:
                    self._undecided.append(candidate)
        if not self._minimal.sets and self._queue and not self._deadline.expired:
            self._shrink(min(self._limit or 1, MOST_SHRUNK))
        return self._families()

    def _counted(self, ask: Callable[[Mask], Answer]) -> Callable[[Mask], Answer]:
        def counting(mask: Mask) -> Answer:
            self._questions += 1
            return ask(mask)

        return counting

    def _stopped(self) -> bool:
        full = self._minimal.full or self._queue[0][0] > self._largest
        asked = self._most_questions is not None and self._questions >= self._most_questions
        return full or asked or self._overflow or self._listing.expired

    def _shrink(self, number: int) -> None:
        """Up to so many minimal sets that differ, each from everything."""
        if self._ask(self._everything) is not Answer.YES:
            return
        while len(self._minimal.sets) < number and not self._deadline.expired:
            found = self._shrunk()
            if found is None or found in self._minimal.sets:
                return
            self._minimal.add(found)

    def _shrunk(self) -> Mask | None:
        """A minimal set, by leaving elements out of everything one at a time: first those that
        are in the most sets found before. None where it is not certain to be minimal."""
        kept, minimal = self._everything, True
        used = {e: sum(bool(mask & e) for mask in self._minimal.sets) for e in bits(kept)}
        for element in sorted(used, key=lambda e: (-used[e], e)):
            answer = self._ask(kept & ~element)
            if answer is Answer.YES:
                kept &= ~element
            elif answer is Answer.UNKNOWN or not self._certain(kept & ~element):
                minimal = False
        return kept if minimal else None

    def _families(self) -> Families:
        if self._queue or self._undecided or self._overflow:
            exact = antichain(self._exact)
            return Families(self._minimal.sets, exact, False, self._undecided, self._whole_to())
        # The dual of the minimal sets, which are the dual of the blocking sets found.
        whole = len(self._exact) == len(self._edges)
        blocking = self._exact if whole else minimal_transversals(self._minimal.sets)
        return Families(self._minimal.sets, blocking, True)

    def _whole_to(self) -> int:
        """Every minimal set holds a candidate that was decided, or one that is still open."""
        open_ = [entry[0] for entry in self._queue[:1]]
        return min([*open_, *(mask.bit_count() for mask in self._undecided)]) - 1

    def _refuted(self, candidate: Mask) -> None:
        no_set, maximal = self._grow(candidate)
        if not self._certain(no_set):
            self._undecided.append(candidate)
            return
        edge = self._everything & ~no_set
        self._edges.add(edge)
        if maximal:
            self._exact.append(edge)
        self._push(candidate, len(self._edges) - 1)

    def _grow(self, no_set: Mask) -> tuple[Mask, bool]:
        """A no-set that contains this one, and whether every element outside turns it to yes."""
        maximal = True
        for element in bits(self._everything & ~no_set):
            answer = self._ask(no_set | element)
            if answer is Answer.NO:
                no_set |= element
            elif answer is Answer.UNKNOWN:
                maximal = False
        return no_set, maximal

    def _settled(self) -> bool:
        """Whether a candidate is left. While the first misses a blocking set that was found after
        it was pushed, it is extended into it; whichever else misses one is not smaller."""
        while self._queue and not self._overflow and not self._listing.expired:
            _, _, mask, since = self._queue[0]
            missed = self._edges.missed(mask, since)
            if missed is None:
                break
            heapq.heappop(self._queue)
            for longer in self._edges.extensions(mask, missed):
                self._push(longer, missed + 1)
            self._overflow = len(self._queue) > MOST_CANDIDATES
        return bool(self._queue)

    def _push(self, mask: Mask, since: int) -> None:
        """`since`: the mask meets all blocking sets before this number."""
        heapq.heappush(self._queue, (mask.bit_count(), positions(mask), mask, since))
