"""Yes/no questions about one task alone, with switches on or off.

Sums answer most noes, what is already known most of the rest; the engines answer what is left. A
yes passes the checker before it counts; a no stands only with a sum or a second opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Outcome, Settings
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.model.variables import switches
from allocator.results.blocking import Switch
from allocator.results.certificate import Proof
from allocator.results.result import Allocation
from allocator.search.feasibility.coalition_sums import CoalitionSums
from allocator.search.feasibility.known_diagram import DiagramQuestion
from allocator.search.feasibility.known_sets import KnownSets
from allocator.search.feasibility.known_worlds import KnownWorlds
from allocator.search.feasibility.one_period import OnePeriod, fits
from allocator.search.feasibility.passing import Passing
from allocator.search.feasibility.sums import Sums
from allocator.search.feasibility.task_program import TaskProgram
from allocator.search.feasibility.written_proofs import WrittenProofs
from allocator.search.minimal_sets.families import Answer, Cut, Families, Mask, positions
from allocator.search.minimal_sets.search import Search
from allocator.search.minimal_sets.table_search import AUDITED, TableSearch
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS

MOST_MISSES = 8
"""After so many guesses in a row that fail, guessing is given up."""

SUMS_SHARE = 0.6
"""Of a search's time, for the sums over all sets before anything is asked."""


class StaffingOracle:
    """The questions of one scope about its task. Elements are the scope's switches, by kind and
    name; a mask says which are on.

    `witness` is the last allocation that passed the checker. `faults` gathers what should never
    happen: an allocation that the checker refuses, a no that a second engine contradicts. The
    answers concerned are unknown, or what the second engine shows: `corrected` says whether a no
    was taken back so.
    """

    def __init__(
        self, problem: Problem, scope: Scope, settings: Settings, deadline: Deadline
    ) -> None:
        if scope.task is None:
            raise ValueError("a question is about one task")
        self.problem = problem
        self.scope = scope
        self.deadline = deadline
        self.faults: list[str] = []
        self.corrected = False
        self._settings = settings
        self._task = problem.task(scope.task)
        self.elements: tuple[Switch, ...] = tuple(sorted(switches(problem, scope)))
        self._sums = Sums(problem, scope, self.elements)
        self._passing = Passing(problem, scope, scope.task, self.elements)
        self._known = KnownSets()
        self._audited = 0
        self._said_no: dict[Mask, Outcome] = {}
        self._said_no_together: dict[Mask, Outcome] = {}
        self._misses = 0
        self._written = WrittenProofs(problem, scope, self.elements)
        self._found = Families()
        self._tables: KnownWorlds | None = None
        self.witness: Allocation | None = None

    # Built when first asked for, since sums and guesses answer most questions; TimeUpError where
    # there is no time for it.

    @cached_property
    def _program(self) -> TaskProgram:
        return TaskProgram(
            self.problem, self.scope, self.elements, self._settings, self.deadline.check
        )

    @cached_property
    def _small(self) -> OnePeriod | None:
        if not fits(self.problem, self.scope):
            return None
        return OnePeriod(self.problem, self.scope, self._settings, self.deadline.check)

    @cached_property
    def _coalitions(self) -> CoalitionSums | None:
        """Where switches are nations, and too many for a table of all their sets."""
        nations = {kind for kind, _ in self.elements} == {"nation"}
        if not nations or len(self.elements) <= MOST_ELEMENTS:
            return None
        return CoalitionSums(self.problem, self.scope, self.elements)

    @cached_property
    def _diagram(self) -> DiagramQuestion:
        return DiagramQuestion(
            self.problem, self.scope, self.elements, self.ask, self.certain, self._widened
        )

    @property
    def everything(self) -> Mask:
        return (1 << len(self.elements)) - 1

    def names(self, mask: Mask) -> tuple[str, ...]:
        """The names of the elements of a mask, sorted."""
        return tuple(sorted(self.elements[position][1] for position in positions(mask)))

    def mask(self, elements: Iterable[Switch]) -> Mask:
        return sum(1 << self.elements.index(element) for element in elements)

    def search(
        self,
        deadline: Deadline,
        *,
        limit: int | None = None,
        wanted: Callable[[Mask], bool] = lambda mask: True,
        largest: int | None = None,
        most_questions: int | None = None,
        at_once: bool = False,
        found: Callable[[Mask], None] = lambda mask: None,
    ) -> Families:
        """All minimal sets of switches that make the task ready, and all minimal sets without
        which it is not; smallest first, as far as limits and deadline allow. Asked again, it
        keeps what it found before, and searches only where that is not all.

        `limit`: stop after so many minimal sets that are `wanted`. `largest`: sets of more
        switches are not looked for. `most_questions` cuts only the search where there are too
        many switches for a table; `at_once`: there it goes only as far as a diagram says what all
        sets are, and none is looked for by itself.
        """
        self.deadline = deadline
        if not deadline.expired and not self._found.settled:
            cut = Cut(limit=limit, wanted=wanted, largest=largest, found=found)
            self._found = self._searched(cut, most_questions, at_once).beside(self._found)
        return self._found

    def _searched(self, cut: Cut, most_questions: int | None, at_once: bool) -> Families:
        size = len(self.elements)
        if size <= MOST_ELEMENTS:
            return self._in_tables(cut)
        found = self._diagram.families(self.deadline, cut)
        if found or at_once:
            return found or Families()
        return Search(
            size, self.ask, self.certain, self.deadline, most_questions=most_questions, **cut
        ).run()

    def _in_tables(self, cut: Cut) -> Families:
        """The families by tables of all sets, from where an earlier search left them."""
        if self._tables is None:
            self._tables = KnownWorlds(self.problem, self.scope, self.elements, self._sums)
            self._passing.cover(self._tables.worlds)
        with suppress(TimeUpError):  # What sums have said by then is something to begin with.
            self._tables.sum_up(self.deadline.part(SUMS_SHARE))
        search = TableSearch(
            self._tables.worlds,
            self._tables.refuted,
            self.ask,
            self.certain,
            self.deadline,
            minimal=self._found.minimal,
            proved=self._tables.proved,
            widened=self._widened,
            likewise=self._likewise,
            **cut,
        )
        found = search.run()
        self._tables.refuted = search.refuted
        if found.complete:
            self._tables = None
        return found

    def _likewise(self, others: Sequence[Mask]) -> list[Mask]:
        """In which other worlds the last witness stands, where switches are preconditions."""
        found = self._passing.likewise(others)
        if self.witness is None:
            return []
        for other in found:
            self._known.keep(other, self.witness)
        return found

    def _widened(self, on: Mask) -> Mask:
        """More switches for which the answer is no as well, by one engine's word."""
        try:
            wider, found = self._program.widened(on, self.deadline)
        except TimeUpError:
            return on
        if wider != on and not self._known.are_enough(wider):
            self._said_no[wider] = found
            self._record_no(wider)
        return wider

    def ask(self, on: Mask) -> Answer:
        """Whether the task can be staffed alone with these switches on."""
        try:
            return self._answer(on)
        except TimeUpError:
            return Answer.UNKNOWN

    def _answer(self, on: Mask) -> Answer:
        if self._coalitions and self._coalitions.refute(on):
            return Answer.NO
        if self._coalitions and self._coalitions.prove(on):
            return self._sure(on)
        return self._asked(on)

    def _sure(self, on: Mask) -> Answer:
        """A yes that sums prove; the first few are put to the engines and the checker as well."""
        self._audited += 1
        if self._audited > AUDITED or self._asked(on) is not Answer.NO:
            return Answer.YES
        names = self.names(on)
        self.faults.append(f"{self._task.id}: an engine refuses what sums prove: {names}")
        return Answer.UNKNOWN

    def _asked(self, on: Mask) -> Answer:
        """What is known, or else found by sums, a guess or the engines."""
        if self._known.are_enough(on):
            return Answer.YES
        if self._known.are_too_few(on) or self._in_no_minimal(on):
            return Answer.NO
        if self.deadline.expired:
            return Answer.UNKNOWN
        if self._sums.refute(on):
            return self._record_no(on)
        if self._guess(on) or (self._small and self._same_in_all(self._small, on)):
            return Answer.YES
        if self._small and (refused := self._small.refuted(on, self.deadline)):
            self._said_no_together[on] = refused
            return self._record_no(on)
        return self._search(on)

    def _in_no_minimal(self, on: Mask) -> bool:
        """Whether all minimal sets are known, and these switches hold none of them."""
        found = self._found
        if found.whole is not None:
            return not found.whole.has(on)
        return found.complete and not any(known & on == known for known in found.minimal)

    def certain(self, on: Mask) -> bool:
        """Whether a no stands: a sum proves it, or two engines say so."""
        try:
            return self._confirmed(on)
        except TimeUpError:
            return False

    def _confirmed(self, on: Mask) -> bool:
        if on in self._known.certain or self._in_no_minimal(on) or self._sums.refute(on):
            return True
        if self._coalitions and self._coalitions.refute(on):
            return True
        together = self._said_no_together.get(on)
        if self._small and together and self._small.stands(together, on, self.deadline):
            self._known.certain.add(on)
            return True
        first = self._said_no.get(on) or self._program.ask(on, self.deadline)
        if first.status != "infeasible":
            return False
        second = self._program.doubted(first, on, self.deadline)
        if second.values is not None:
            self.faults.append(f"{self._task.id}: two engines disagree on {self.names(on)}")
            self._correct(on, second)
        if second.status == "infeasible":
            self._known.certain.add(on)
        return second.status == "infeasible"

    def _correct(self, on: Mask, found: Outcome) -> None:
        """A no is taken back where there is a solution, and whatever was said for its sake."""
        self.corrected = True
        self._known.take_back(on)
        self._said_no.pop(on, None)
        self._taken(on, found)

    def second(self, on: Mask) -> tuple[Answer, str]:
        """An answer that owes nothing to CP-SAT's presolve: a sum, HiGHS, or CP-SAT without it;
        and what a no rests on."""
        if self._sums.refute(on):
            return Answer.NO, "by a sum"
        claimed = Outcome("infeasible", "cpsat")
        try:
            opinion = self._program.opinion(claimed, on, self.deadline)
        except TimeUpError:
            opinion = "unknown"
        answers = {"no": Answer.NO, "yes": Answer.YES, "unknown": Answer.UNKNOWN}
        return answers[opinion], "by a second engine"

    def proved_by_sum(self, on: Mask) -> bool:
        return self._sums.refute(on)

    def proof(self, on: Mask) -> Proof:
        """What shows that the answer is no, where it is known to be."""
        by_sum = self._sums.proof(on)
        return by_sum or self._written.proof(on, self.deadline) or Proof(by="engines")

    def witnesses(self, masks: Iterable[Mask]) -> Iterator[tuple[Allocation, list[Mask]]]:
        """Allocations that pass the checker, each with those of the masks that it stands for.
        Masks for which the search kept none and a guess finds none are left out."""
        waiting = dict.fromkeys(masks)
        while waiting and not self.deadline.expired:
            mask = next(iter(waiting))
            if (allocation := self._witness_of(mask)) is None:
                del waiting[mask]
                continue
            likewise = [m for m in waiting if self._known.witnesses.get(m) is allocation]
            for other in likewise:
                del waiting[other]
            yield allocation, likewise

    def _witness_of(self, mask: Mask) -> Allocation | None:
        """The allocation that the search found for these switches, or else a guess."""
        if mask not in self._known.witnesses:
            self._guess(mask)
        return self._known.witnesses.get(mask)

    def recall_yes(self, on: Mask, allocation: Allocation) -> bool:
        """Whether an allocation from elsewhere staffs the task here; kept where it does."""
        if self._task.id not in allocation.staffed or not self._passing.passes(on, allocation):
            return False
        self._record_yes(on, allocation)
        return True

    def recall_no(self, on: Mask) -> None:
        """Keep a no that is certain from elsewhere."""
        self._record_no(on)
        self._known.certain.add(on)

    def kept(self) -> list[Allocation]:
        """The allocations that showed for some switches that they are enough."""
        return list(self._known.witnesses.values())

    def known_yes(self) -> list[Mask]:
        """Switches that allocations which pass the checker need, each enough by itself; the
        smallest few, which say most."""
        return self._known.smallest_enough()

    def known_no(self) -> list[Mask]:
        """Switches of which it is certain that they are not enough; the largest few."""
        return self._known.largest_too_few(self.everything & ~mask for mask in self._found.blocking)

    def _guess(self, on: Mask) -> bool:
        """Whether the simple way staffs the task with an allocation that passes the checker."""
        if self._misses >= MOST_MISSES:
            return False
        allocation = self._sums.guess(on)
        staffed = allocation is not None and self._task.id in allocation.staffed
        if allocation is None or not staffed or not self._passing.passes(on, allocation):
            self._misses += 1
            return False
        self._misses = 0
        self._record_yes(on, allocation)
        return True

    def _same_in_all(self, small: OnePeriod, on: Mask) -> bool:
        """Whether the same units in every period staff the task, by the checker's word."""
        allocation = small.guess(on, self.deadline)
        if allocation is None or not self._passing.passes(on, allocation):
            return False
        self._record_yes(on, allocation)
        return True

    def _search(self, on: Mask) -> Answer:
        outcome = self._program.ask(on, self.deadline)
        if outcome.status == "infeasible":
            self._said_no[on] = outcome
            return self._record_no(on)
        if outcome.values is None:
            return Answer.UNKNOWN
        return self._taken(on, outcome)

    def _taken(self, on: Mask, outcome: Outcome) -> Answer:
        """Yes, if the allocation of the engine's solution passes the checker."""
        allocation = self._program.allocation(outcome)
        if self._task.id not in allocation.staffed:
            self.faults.append(f"{self._task.id}: the solver's plan leaves it out")
            return Answer.UNKNOWN
        if not self._passing.passes(on, allocation):
            found = self._passing.violations(on, allocation)
            self.faults.extend(f"{self._task.id}: {violation}" for violation in found)
            return Answer.UNKNOWN
        self._record_yes(on, allocation)
        return Answer.YES

    def _record_yes(self, on: Mask, allocation: Allocation) -> None:
        self.witness = allocation
        self._known.keep(on, allocation)
        self._known.add_enough(self._passing.needed(on, allocation))

    def _record_no(self, on: Mask) -> Answer:
        self._known.add_too_few(on)
        return Answer.NO
