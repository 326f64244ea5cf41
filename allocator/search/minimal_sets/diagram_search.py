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
from allocator.search.minimal_sets.families import Answer, Families, Mask
from allocator.search.minimal_sets.growing import Growing
from allocator.search.minimal_sets.table_search import AUDITED
from allocator.search.minimal_sets.whole import Counts

MOST_LISTED = 10_000
"""Sets of a family; more are counted, and the cheapest listed."""

MOST_PAIRS = 50_000_000
"""Sets of one family times sets of the other, where both are listed: the checker compares them."""

LISTED_OF_MANY = 1_000
"""The cheapest so many are listed where there are too many."""

ROUNDS_SHARE = 0.5
"""Of the time, for worlds that sums leave open: where they are many, the cheapest way is looked for
by itself, and needs the rest."""

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
    widened: after a no, more elements with which somebody says that the answer is no as well.
    costs: of each element, whole and above 0: of sets that are too many to list, the cheapest are.
    found: told of each minimal set that is listed.
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
        widened: Callable[[Mask], Mask],
        costs: list[int],
        found: Callable[[Mask], None] = lambda mask: None,
    ) -> None:
        self._space = space
        self._sets = MinimalSets(space)
        self._no = refuted
        self._yes = proved
        self._ask = ask
        self._listing = deadline.part(ROUNDS_SHARE)
        self._costs = costs
        self._found = found
        self._undecided: list[Mask] = []
        self._growing = Growing(
            (1 << space.size) - 1, ask, certain, widened, self._known_no, self._known_yes
        )

    def run(self) -> Families:
        """Search to the end or the deadline; the families say which it was."""
        self._audit()
        open_ = self._open()
        while open_.number and not self._undecided and not self._listing.expired:
            self._round([*islice(open_.cheapest(), A_ROUND)])
            open_ = self._open()
        return self._families(open_)

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
            if self._undecided or self._listing.expired:
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
        complete = not open_.number
        few = unlocking.number * blocking.number <= MOST_PAIRS
        listed = few and max(unlocking.number, blocking.number) <= MOST_LISTED
        whole = complete and listed
        families = Families(self._listed(unlocking, few), self._listed(blocking, True), whole)
        for mask in families.minimal:
            self._found(mask)
        if not complete:
            families.undecided = self._undecided
            if len(families.minimal) == unlocking.number:
                families.whole_to = next(open_.cheapest()).bit_count() - 1
        elif not listed:
            families.whole = Ready(self._space, self._yes, unlocking.number, blocking.number)
        return families

    def _listed(self, family: SetFamily, whole: bool) -> list[Mask]:
        """All sets of the family, or the cheapest of too many."""
        most = MOST_LISTED if whole and family.number <= MOST_LISTED else LISTED_OF_MANY
        return [*islice(family.cheapest(self._costs), most)]
