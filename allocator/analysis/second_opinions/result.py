"""Every yes and no of a result asked again: the checker judges a yes, a sum or a second engine
a no.

What plain Python can check without a search is in `allocator.checker`; this is the rest. Nothing
of the first search is used, only what the result says and its certificate shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from allocator.analysis.second_opinions.levels import check_levels, holding
from allocator.checker import Checked
from allocator.checker.families import counted_again
from allocator.checker.transversals import each_minimal_transversal
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.ranges import best, worst
from allocator.model.scope import Scope, alone, joint
from allocator.results.blocking import Switch
from allocator.results.result import Family, Result, TaskRecord, Verdict
from allocator.search.blockers.gaps import liftable
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer, Mask, positions
from allocator.search.packages.search import candidates
from allocator.words import count as named

PASSING = "allocations that pass the checker"
"""What a yes rests on."""

MOST_OTHERS = 300
"""So many times it is asked whether a family lacks a set."""

MOST_PACKAGES = 1000
"""`solve` lists no more packages of a task; that there are others is no news."""


@dataclass
class SecondOpinion:
    """What came of it. `proofs` counts the answers by what they rest on; `undecided` names the
    claims that nobody contradicted and nobody confirmed in time. `known_now`: what the run leaves
    open, and is known now. hurried: whether the run may have left things open for want of time.
    command: what the run was asked. limit: how many packages of a task it was asked for; None for
    all."""

    faults: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    proofs: Counter[str] = field(default_factory=Counter)
    known_now: list[str] = field(default_factory=list)
    hurried: bool = True
    command: str = "solve"
    limit: int | None = None

    def left_open(self, what: str) -> None:
        """Notes what the run could have known; a fault only where it had time for it."""
        (self.known_now if self.hurried else self.faults).append(what)


def recheck(
    problem: Problem,
    world: World,
    result: Result,
    deadline: Deadline,
    checked: Checked | None = None,
    found: SecondOpinion | None = None,
    given: GivenPlan | None = None,
) -> SecondOpinion:
    """Ask every claim of the result again that its certificate does not show, the tasks first, then
    the plan's bounds.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. deadline: when to end at the latest. checked: what plain Python has shown
    already. found: what is known so far, added to; a new one where it is left out. given: the plan
    whose rows the joint plan was to hold.
    """
    found = found or SecondOpinion()
    for record in result.tasks:
        _Task(problem, world, record, deadline, found, checked or Checked()).run()
    if result.plan.status != "unknown":
        scope, said = joint(problem, world), result.plan.levels
        check_levels(problem, scope, said, "", deadline, found, holding(given))
    elif found.command == "solve" and not found.hurried:
        found.faults.append("the joint plan: unknown, though there was time for one")
    return found


class _Task:
    """The claims about one task."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        record: TaskRecord,
        deadline: Deadline,
        found: SecondOpinion,
        checked: Checked,
    ) -> None:
        self._problem = problem
        self._world = world
        self._record = record
        self._deadline = deadline
        self._found = found
        self._checked = checked

    def run(self) -> None:
        scope = alone(self._problem, self._world, self._record.task)
        relevant = relevant_preconditions(self._problem, self._world, self._record.task)
        self._verdict(self._questions(replace(scope, preconditions=relevant)))
        if self._record.over_ranges:
            self._over_ranges(scope)
        if self._record.verdict == "ready":
            nations = candidates(self._problem, self._world, self._record.task)
            self._packages(self._questions(replace(scope, nations=nations)))
        if self._record.verdict == "short":
            best = self._problem.meeting(self._world, self._problem.open_preconditions(self._world))
            self._lifts(self._questions(liftable(self._problem, best, self._record.task)))

    def _verdict(self, questions: StaffingOracle) -> None:
        everything = questions.everything
        match self._record.verdict:
            case "ready":
                self._yes(questions, 0, "ready")
            case "short":
                if not self._shown("short", ()):
                    self._no(questions, everything, "short")
            case "blocked":
                self._no(questions, 0, "blocked: not ready as it stands")
                self._yes(questions, everything, "blocked: ready with everything met")
                self._sets(questions)
            case "unknown":
                self._unknown(questions)

    def _over_ranges(self, scope: Scope) -> None:
        """What follows from the verdict as stated is asked as well: it is another's word."""
        low, high = (
            StaffingOracle(corner(self._problem), scope, Settings(), self._deadline)
            for corner in (worst, best)
        )
        match self._record.over_ranges:
            case "surely ready":
                self._yes(low, 0, "ready at the worst corner of the ranges")
            case "surely not":
                self._no(high, 0, "not ready at the best corner of the ranges")
            case "open":
                self._no(low, 0, "not ready at the worst corner of the ranges")
                self._yes(high, 0, "ready at the best corner of the ranges")
            case _:
                self._found.undecided.append(f"{self._record.task}: over its ranges")

    def _unknown(self, questions: StaffingOracle) -> None:
        """What the verdict is, if it is known now."""
        found = _verdict(questions)
        where = f"{self._record.task}: unknown"
        if found == "unknown":
            self._found.undecided.append(where)
        else:
            self._found.left_open(f"{where}; asked again, it is {found}")

    def _sets(self, questions: StaffingOracle) -> None:
        families = (self._record.unlocking, self._record.blocking)
        named = [("precondition", m) for family in families for one in family.sets for m in one]
        if self._strange(questions, named):
            return
        for unlocking in self._record.unlocking.sets:
            if self._shown("unlocking", unlocking):
                continue
            on = questions.mask(("precondition", name) for name in unlocking)
            self._yes(questions, on, f"unlocking {_set(unlocking)}")
        for blocking in self._record.blocking.sets:
            if self._shown("blocking", blocking):
                continue
            off = questions.mask(("precondition", name) for name in blocking)
            self._no(questions, questions.everything & ~off, f"blocking {_set(blocking)}")
        if not (self._record.unlocking.complete and self._record.blocking.complete):
            self._incomplete_sets(questions)

    def _incomplete_sets(self, questions: StaffingOracle) -> None:
        """Of families that are each other's transversals none of this need be asked."""
        for members in self._record.unlocking.sets:
            self._each_needed(questions, [("precondition", one) for one in members], "unlocking")
        for blocking in self._record.blocking.sets:
            off = questions.mask(("precondition", name) for name in blocking)
            for name in blocking:
                back = questions.mask([("precondition", name)])
                on = questions.everything & ~off | back
                self._yes(questions, on, f"blocking {_set(blocking)} without {name}")
        if self._record.unlocking.in_all is None and self._record.blocking.in_all is None:
            listed = [[("precondition", m) for m in one] for one in self._record.unlocking.sets]
            self._others(questions, listed, "unlocking set", self._record.unlocking.complete)
        else:
            self._counted("unlocking", self._record.unlocking, self._record.blocking)
            self._counted("blocking", self._record.blocking, self._record.unlocking)

    def _counted(self, name: str, family: Family, dual: Family) -> None:
        """That there are as many as is said, where the checker has not counted them again."""
        if family.in_all is not None and not counted_again(family, dual):
            told = f"{self._record.task}: that there are {family.in_all:,} {name} sets"
            self._found.undecided.append(told)

    def _each_needed(self, questions: StaffingOracle, rows: Sequence[Switch], what: str) -> None:
        """That no member can be left out."""
        on = questions.mask(rows)
        for row in rows:
            without = on & ~questions.mask([row])
            named = _set(tuple(name for _, name in rows))
            self._no(questions, without, f"{what} {named} without {row[1]}")

    def _others(
        self, questions: StaffingOracle, listed: Sequence[Sequence[Switch]], what: str, whole: bool
    ) -> None:
        """Whether there are sets beside those listed. whole: there are said to be none."""
        if not whole and self._found.command == ("blockers" if what == "package" else "packages"):
            return  # Nobody asked for more.
        answer, more = missed(questions, [questions.mask(rows) for rows in listed], self._found)
        where = f"{self._record.task}: no {what} beside the {len(listed)} that are listed"
        told = f"{self._record.task}: {what} {_set(questions.names(more))} is not listed"
        if answer == "unknown" and whole:
            self._found.undecided.append(where)
        elif answer == "yes" and whole:
            self._found.faults.append(told)
        elif answer == "yes":
            self._found.left_open(told)
        elif answer == "no" and not whole:
            self._found.left_open(f"{where}; it is said that there may be")

    def _packages(self, questions: StaffingOracle) -> None:
        coalitions = self._checked.coalitions.get(self._record.task)
        listed = [package.nations for package in self._record.packages.sets]
        sets = [*listed, *(coalitions or ())]
        if self._strange(questions, [("nation", name) for one in sets for name in one]):
            return
        if coalitions is None:
            self._leave_one_out(questions)
            self._other_packages(questions)
            return
        # The packages meet all of these, and nothing less does: that no nation can be left out
        # of a package, and that none is missing, follows.
        for coalition in coalitions:
            if not self._shown("coalition", coalition):
                off = questions.mask(("nation", name) for name in coalition)
                claim = f"nothing without any of {_set(coalition)}"
                self._no(questions, questions.everything & ~off, claim)

    def _leave_one_out(self, questions: StaffingOracle) -> None:
        for package in self._record.packages.sets:
            self._each_needed(questions, [("nation", n) for n in package.nations], "package")

    def _other_packages(self, questions: StaffingOracle) -> None:
        said = self._record.packages
        if said.only:
            self._found.undecided.append(f"{self._record.task}: no other package was asked for")
            return
        if said.in_all is not None:
            told = f"{self._record.task}: that there are {said.in_all:,} packages"
            self._found.undecided.append(told)
        listed = [[("nation", name) for name in one.nations] for one in said.sets]
        limit = self._found.limit or MOST_PACKAGES
        if said.complete or (said.whole_to is None and len(listed) < limit):
            self._others(questions, listed, "package", said.complete)
            return
        answer, more = missed(questions, [questions.mask(rows) for rows in listed], self._found)
        told = f"{self._record.task}: package {_set(questions.names(more))} is not listed"
        small = said.whole_to is not None and more.bit_count() <= said.whole_to
        if answer == "yes" and small:
            self._found.faults.append(f"{told}; all of {said.whole_to} nations are said to be")
        elif answer == "yes" and len(listed) < limit:
            self._found.left_open(told)

    def _lifts(self, questions: StaffingOracle) -> None:
        for lift in self._record.gaps.lifts:
            rows = [("caveat", name) for name in lift.caveats]
            rows += [("commitment", name) for name in lift.commitments]
            if self._strange(questions, rows):
                continue
            on = questions.mask(rows)
            named = _set((*lift.caveats, *lift.commitments))
            self._yes(questions, on, f"lifting {named}")
            self._each_needed(questions, rows, "lifting")
        listed = [
            [("caveat", c) for c in lift.caveats] + [("commitment", k) for k in lift.commitments]
            for lift in self._record.gaps.lifts
        ]
        if all(set(rows) <= set(questions.elements) for rows in listed):
            self._others(questions, listed, "lift", self._record.gaps.lifts_complete)

    def _strange(self, questions: StaffingOracle, named: Sequence[tuple[str, str]]) -> bool:
        """Whether anything is named that has no part in the question, which is a fault."""
        strange = sorted({name for kind, name in named if (kind, name) not in questions.elements})
        for name in strange:
            self._found.faults.append(f"{self._record.task}: {name} has no part in it")
        return bool(strange)

    def _shown(self, kind: str, members: tuple[str, ...]) -> bool:
        """Whether the certificate shows the claim in plain Python."""
        if (self._record.task, kind, members) not in self._checked.shown:
            return False
        proof = "witnesses" if kind == "unlocking" else "sums and steps"
        self._found.proofs[f"{proof} in the certificate, read again in plain Python"] += 1
        return True

    def _yes(self, questions: StaffingOracle, on: int, claim: str) -> None:
        answer = questions.ask(on).value
        self._note(answer, "yes", PASSING, claim)

    def _no(self, questions: StaffingOracle, on: int, claim: str) -> None:
        answer, proof = questions.second(on)
        self._note(answer.value, "no", proof, claim)

    def _note(self, answer: str, claimed: str, proof: str, claim: str) -> None:
        where = f"{self._record.task}: {claim}"
        if answer == claimed:
            self._found.proofs[proof] += 1
        elif answer == "unknown":
            self._found.undecided.append(where)
        else:
            self._found.faults.append(f"{where}; asked again, the answer is {answer}")

    def _questions(self, scope: Scope) -> StaffingOracle:
        return StaffingOracle(self._problem, scope, Settings(), self._deadline)


def _verdict(questions: StaffingOracle) -> Verdict:
    """By a plan that passes the checker, by a sum, or by a second engine."""
    everything = questions.everything
    if questions.ask(0) is Answer.YES:
        return "ready"
    if questions.second(everything)[0] is Answer.NO:
        return "short"
    no = questions.second(0)[0] is Answer.NO
    return "blocked" if no and questions.ask(everything) is Answer.YES else "unknown"


def missed(
    questions: StaffingOracle, listed: Sequence[Mask], found: SecondOpinion
) -> tuple[str, Mask]:
    """Tell whether any set of switches does that holds none of those listed, and a minimal one that
    does. Whatever holds none of them lies outside one of their minimal transversals.

    questions: what can be asked about the task, set by set. found: what comes of it is added here.
    """
    named = [[str(place) for place in positions(mask)] for mask in listed]
    outside = each_minimal_transversal(named)
    for left_out in islice(outside, MOST_OTHERS):
        on = questions.everything & ~sum(1 << int(place) for place in left_out)
        if questions.ask(on) is Answer.YES:
            return "yes", _shrunk(questions, on)
        answer, proof = questions.second(on)
        if answer is not Answer.NO:
            return "unknown", 0
        found.proofs[proof] += 1
    return ("no" if next(outside, None) is None else "unknown"), 0


def _shrunk(questions: StaffingOracle, on: Mask) -> Mask:
    for place in positions(on):
        if questions.ask(on & ~(1 << place)) is Answer.YES:
            on &= ~(1 << place)
    return on


def _set(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(names) + "}"


MOST_SAID = 20
"""Answers of a kind that are named in sentences."""


def summary(found: SecondOpinion) -> Iterator[str]:
    """What was asked again, in sentences."""
    for proof, count in sorted(found.proofs.items()):
        yield f"{named(count, 'answer')} confirmed: {proof}"
    for label, told in (("known now", found.known_now), ("not decided", found.undecided)):
        for one in told[:MOST_SAID]:
            yield f"{label}: {one}"
        if len(told) > MOST_SAID:
            yield f"{label}: {len(told) - MOST_SAID:,} more; `verify --json` names all of them"
