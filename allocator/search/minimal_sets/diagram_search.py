"""All minimal yes-sets and no-sets of a question of more elements than a table holds, where sums
decide nearly all of its worlds.

What sums refute and what they prove are two diagrams. The minimal worlds of those that are not
refuted are minimal sets where they are proved; the others are asked about, as they would be with
tables, until none is left: both diagrams are one then, and its minimal sets are all there are.
Each of them is certain before that: a world that nothing refutes, with nothing but noes below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from allocator.deadline import Deadline
from allocator.errors import AllocatorError
from allocator.model.program import Check
from allocator.search.minimal_sets.diagram_sets import MinimalSets, SetFamily
from allocator.search.minimal_sets.diagram_worlds import DiagramWorlds
from allocator.search.minimal_sets.diagrams import counts_of
from allocator.search.minimal_sets.families import EVERY, Answer, Cut, Families, Mask
from allocator.search.minimal_sets.growing import Growing
from allocator.search.minimal_sets.table_search import AUDITED
from allocator.search.minimal_sets.whole import Counts

MOST_LISTED = 10_000
"""Sets of a family; more are counted, and the cheapest listed."""

MOST_PAIRS = 50_000_000
"""Sets of one family times sets of the other, where both are listed: the checker compares them."""

LISTED_OF_MANY = 1_000
"""The cheapest so many are listed where there are too many."""

A_ROUND = 100
"""Worlds asked about before the diagrams are made again."""


class Ready:
    """All that there is to know of a question, in one diagram: the worlds that are ready.

    space: of all worlds. ready: those. unlocking, blocking: how many sets its families have.
    """

    def __init__(self, space: DiagramWorlds, ready: Any, unlocking: int, blocking: int) -> None:
        self._space = space
        self._ready = ready
        self.unlocking = unlocking
        self.blocking = blocking

    def has(self, mask: Mask) -> bool:
        """Whether the answer for a set is yes."""
        return self._space.has(self._ready, mask)

    def counts(self, chances: Sequence[float | None], check: Check) -> Counts | None:
        """What is counted over all worlds; None where the diagram is too large for that.

        chances: of each element, that it is met. check: raises TimeUpError where the time is up.
        """
        return counts_of(self._space, self._ready, chances, check)

    def substitutes(self, one: int, other: int) -> bool:
        """Whether one element may take the place of the other in every minimal set that has only
        one of them, and some have: the worlds are the same once they are exchanged, and with
        neither of them fewer are ready."""
        alone = self._space.where(self._ready, {one: True, other: False})
        instead = self._space.where(self._ready, {one: False, other: True})
        neither = self._space.where(self._ready, {one: False, other: False})
        return bool(alone == instead and alone != neither)


class ContradictedError(AllocatorError):
    """Sums or an engine refuse what sums prove: they are not to be trusted with this question."""


class DiagramSearch:
    """The search for the families of one question.

    space: of all its worlds. refuted, proved: the worlds that are no, or yes, for certain to begin
    with. ask: the answer for one world. certain: whether a no stands up to a second opinion.
    rounds: until when worlds are asked about that nothing decides; what is known by then is listed
    by the deadline. widened: after a no, more elements with which somebody says that the answer is
    no as well. cut: which minimal sets are asked for, and whom to tell of each. costs: of each
    element, whole and above 0: of sets that are too many to list, the cheapest are; those of the
    fewest elements where they are left out.
    """

    def __init__(
        self,
        space: DiagramWorlds,
        refuted: Any,
        proved: Any,
        ask: Callable[[Mask], Answer],
        certain: Callable[[Mask], bool],
        deadline: Deadline,
        *,
        rounds: Deadline,
        widened: Callable[[Mask], Mask],
        cut: Cut = EVERY,
        costs: list[int] | None = None,
    ) -> None:
        self._space = space
        self._sets = MinimalSets(space)
        self._no = refuted
        self._yes = proved
        self._ask = ask
        self._rounds = rounds
        self._deadline = deadline
        self._costs = costs
        self._cut = cut
        self._undecided: list[Mask] = []
        self._told: set[Mask] = set()
        self._growing = Growing(
            (1 << space.size) - 1, ask, certain, widened, self._known_no, self._known_yes
        )

    def run(self) -> Families:
        """Search to the end or the deadline; the families say which it was."""
        self._audit()
        open_ = self._open()
        while open_.number and not self._ended(open_):
            self._round([*islice(open_.cheapest(), A_ROUND)])
            open_ = self._open()
            self._tell(self._listed(self._sure(self._sets.unlocking), False))
        return self._families(open_)

    def _ended(self, open_: SetFamily) -> bool:
        """Whether no more worlds are asked about: where the time is up, an engine does not answer,
        or as much is known as is asked for."""
        largest, limit = self._cut["largest"], self._cut["limit"]
        if self._undecided or self._rounds.expired:
            return True
        if largest is not None and next(open_.cheapest()).bit_count() > largest:
            return True
        if limit is None:
            return False
        return len(self._asked_for(self._sure(self._sets.unlocking))[0]) == limit

    def _tell(self, masks: list[Mask]) -> None:
        """Of those that nobody was told of yet."""
        for mask in masks:
            if mask not in self._told:
                self._told.add(mask)
                self._cut["found"](mask)

    def _audit(self) -> None:
        """The first of the sets that sums prove are put to the engines and the checker; and what
        they prove they must not refute."""
        if (self._yes & self._no).satisfiable():
            raise ContradictedError
        proved = self._sure(self._sets.unlocking)
        for mask in islice(proved.cheapest(self._costs), AUDITED):
            if self._ask(mask) is Answer.NO:
                raise ContradictedError

    def _sure(self, family: Callable[[Any], SetFamily]) -> SetFamily:
        """Those sets of a family that are minimal whatever the worlds are that are still open."""
        left = self._space.invert(self._no)
        return family(left) if left == self._yes else family(left) & family(self._yes)

    def _open(self) -> SetFamily:
        """The minimal ones of the worlds that nothing refutes that are not known to be yes."""
        left = self._space.invert(self._no)
        return self._sets.unlocking(left) - self._sets.unlocking(self._yes)

    def _round(self, masks: list[Mask]) -> None:
        yes: list[Mask] = []
        no: list[Mask] = []
        for mask in masks:
            if self._undecided or self._rounds.expired:
                break
            if any(mask & closed == mask for closed in no):
                continue
            match self._ask(mask):
                case Answer.YES:
                    yes.append(mask)
                case Answer.NO:
                    wider, sure = self._growing.around(mask)
                    (no if sure else self._undecided).append(wider)
                case Answer.UNKNOWN:
                    self._undecided.append(mask)
        space = self._space
        self._yes |= space.any_of(space.containing(mask) for mask in yes)
        everything = (1 << space.size) - 1
        self._no |= space.any_of(space.without(everything & ~mask) for mask in no)
        self._sets.forget()

    def _known_no(self, mask: Mask) -> bool:
        return self._space.has(self._no, mask)

    def _known_yes(self, mask: Mask) -> bool:
        return self._space.has(self._yes, mask)

    def _families(self, open_: SetFamily) -> Families:
        unlocking, blocking = self._sure(self._sets.unlocking), self._sure(self._sets.blocking)
        few = unlocking.number * blocking.number <= MOST_PAIRS
        listed = few and max(unlocking.number, blocking.number) <= MOST_LISTED
        complete = listed and not open_.number
        families = Families(blocking=self._listed(blocking, True), complete=complete)
        if unlocking.number <= MOST_LISTED and (few or self._costs is None):
            families.minimal, whole_to = self._listed(unlocking, True), self._space.size
        else:
            families.minimal, whole_to = self._asked_for(unlocking)
        if open_.number:
            families.undecided = self._undecided
            families.whole_to = min(whole_to, next(open_.cheapest()).bit_count() - 1)
        elif not listed:
            families.whole = Ready(self._space, self._yes, unlocking.number, blocking.number)
            families.whole_to = whole_to
        self._tell(families.minimal)
        return families

    def _asked_for(self, family: SetFamily) -> tuple[list[Mask], int]:
        """Of too many sets the first that are asked for, and up to which size none of these is
        missing; -1 where they do not come by size."""
        found: list[Mask] = []
        largest = self._space.size if self._cut["largest"] is None else self._cut["largest"]
        size = 0
        for mask in family.cheapest(self._costs):
            size = mask.bit_count()
            full = len(found) == (self._cut["limit"] or LISTED_OF_MANY)
            if full or self._deadline.expired or (size > largest and self._costs is None):
                break
            if self._cut["wanted"](mask):
                found.append(mask)
        else:
            size = self._space.size + 1
        return found, -1 if self._costs is not None else size - 1

    def _listed(self, family: SetFamily, whole: bool) -> list[Mask]:
        """All sets of the family, or the cheapest of too many."""
        most = MOST_LISTED if whole and family.number <= MOST_LISTED else LISTED_OF_MANY
        return [*islice(family.cheapest(self._costs), most)]
