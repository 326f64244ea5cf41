"""The share of draws in which a task is ready.

Sums are evaluated at all draws first, then the allocations known so far, each put to the checker
at the drawn figures. Only what neither settles is searched, and leaves an allocation or a no that
holds in every draw that is worse in all figures.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from statistics import NormalDist

import numpy as np

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.results.certificate import Proof
from allocator.results.ranges import Chance, Failing
from allocator.results.result import Allocation, OverRanges
from allocator.search.feasibility.question import Question
from allocator.search.minimal_sets.families import Answer
from allocator.search.ranges.draws import Draws, Marks, Numbers, Quantiles
from allocator.search.ranges.supplies import Supplies

CONFIDENCE = 0.95
FIRST_TOGETHER = 64
"""So many draws are tried with one allocation at first."""

LEAST_PART = 1.0
"""Seconds of a search, where as many are left."""


@dataclass
class DrawAnswers:
    """By draw: ready, not ready, or neither known."""

    yes: Marks
    no: Marks
    by: Counter[str] = field(default_factory=Counter)
    proofs: Counter[Proof] = field(default_factory=Counter)

    @classmethod
    def of(cls, number: int) -> DrawAnswers:
        return cls(np.zeros(number, bool), np.zeros(number, bool))

    @property
    def open(self) -> Marks:
        return ~(self.yes | self.no)

    def ready(self, which: Marks, by: str) -> None:
        self.by[by] += int((which & self.open).sum())
        self.yes |= which & ~self.no

    def refused(self, which: Marks, by: str, proof: Proof) -> None:
        """Count the draws in which the task is not ready, of those that are open yet.

        which: the draws, marked. by: what showed it. proof: where it bites.
        """
        new = which & self.open
        if count := int(new.sum()):
            self.by[by] += count
            self.proofs[proof] += count
            self.no |= new


class DrawSearch:
    """One task in all draws; sequential, so that answers do not depend on workers."""

    def __init__(self, problem: Problem, question: Question, draws: Draws) -> None:
        self._problem = problem
        self._question = question
        self.draws = draws
        self.answers = DrawAnswers.of(draws.number)
        self._gave_up = np.zeros(draws.number, bool)
        self._evaluated = False
        self._together = FIRST_TOGETHER

    @cached_property
    def _supplies(self) -> Supplies:
        return Supplies(self._problem, self._question.world, self._question.task, self.draws)

    @cached_property
    def _mildness(self) -> Quantiles:
        spans = np.array([max(1, one.high - one.low) for one in self.draws.ranges])
        return np.asarray((self.draws.harm / spans).sum(axis=1))

    def run(self, over_ranges: OverRanges, deadline: Deadline) -> None:
        """Settle as many draws as time allows; asked again it goes on."""
        every = np.ones(self.draws.number, bool)
        if over_ranges == "surely ready":
            self.answers.ready(every, "worst corner")
            return
        self.evaluate()
        if over_ranges == "surely not":
            self.answers.refused(every, "best corner", Proof(by="engines"))
        self._gave_up[:] = False
        while not deadline.expired and len(waiting := self._waiting()):
            if self._together < 2 or not self._solve_together(waiting, deadline):
                self._solve(int(waiting[0]), deadline)

    def evaluate(self) -> None:
        """Settle the draws that a sum or a known allocation does, without any search."""
        if self._evaluated:
            return
        self._evaluated = True
        self._evaluate_sums(np.ones(self.draws.number, bool))
        for allocation in list(self._question.known):
            self._recall(allocation)

    def _evaluate_sums(self, every: Marks) -> None:
        if not self._supplies.condition_holds():
            self.answers.refused(every, "condition", Proof(by="condition"))
            return
        fired, which, proofs = self._supplies.refuted()
        for number, proof in enumerate(proofs):
            self.answers.refused(fired & (which == number), "sum", proof)

    def _waiting(self) -> Numbers:
        """The draws that nothing settles yet and that no search gave up, the mildest first."""
        left = np.flatnonzero(self.answers.open & ~self._gave_up)
        return left[np.argsort(self._mildness[left], kind="stable")]

    def _solve_together(self, waiting: Numbers, deadline: Deadline) -> bool:
        """Whether one allocation settles the mildest draws that wait: it is looked for where every
        figure is as harmful as in the worst of them, so that it leaves room in all. More are
        tried together after a hit, fewer after a miss."""
        chosen = waiting[: self._together]
        self._together = min(self._together, len(waiting))
        there = self.draws.worst_of(self._problem, chosen)
        witness = self._question.quick(there, deadline.part(0.1, LEAST_PART))
        if witness is None:
            self._together //= 4
            return False
        self._recall(witness)
        self._together *= 2
        return not self.answers.open[chosen].any()

    def _recall(self, allocation: Allocation, by: str = "known plan") -> None:
        """Puts the allocation to the checker for every draw in which it may stand."""
        may = np.flatnonzero(self.answers.open & self._supplies.stands(allocation))
        self._confirm(allocation, may[np.argsort(self._mildness[may], kind="stable")], by)

    def _confirm(self, allocation: Allocation, draws: Numbers, by: str) -> None:
        """Where the checker passes it with every figure as harmful as in the worst of the draws,
        it does in each of them; else each half is tried."""
        if not len(draws):
            return
        there = self.draws.worst_of(self._problem, draws)
        if self._question.still(there, allocation) is not None:
            self.answers.ready(self._marks(draws), by)
        elif len(draws) > 1:
            middle = len(draws) // 2
            self._confirm(allocation, draws[:middle], by)
            self._confirm(allocation, draws[middle:], by)

    def _solve(self, draw: int, deadline: Deadline) -> None:
        here = self.draws.problem(self._problem, draw)
        reply = self._question.searched(here, deadline.part(0.2, LEAST_PART))
        if reply.answer is Answer.YES and reply.witness is not None:
            self.answers.ready(self._marks(draw), "search")
            self._recall(reply.witness)
            self._together = max(2, self._together)
        elif reply.answer is Answer.NO:
            # What could come differs from draw to draw; where it is too little does not.
            proof = (reply.proof or Proof(by="engines")).model_copy(update={"coming": ()})
            worse = (self.draws.harm >= self.draws.harm[draw]).all(axis=1)
            self.answers.refused(self._marks(draw), "search", proof)
            self.answers.refused(worse, "worse in all figures", proof)
        else:
            self._gave_up[draw] = True

    def _marks(self, draws: Numbers | int) -> Marks:
        marks = np.zeros(self.draws.number, bool)
        marks[draws] = True
        return marks

    @property
    def finished(self) -> bool:
        return not self.answers.open.any()

    def chance(self) -> Chance:
        """What the draws come to."""
        return chance_of(self.answers, self.draws.number)


def chance_of(answers: DrawAnswers, number: int) -> Chance:
    """Return what so many draws come to."""
    ready, undecided = int(answers.yes.sum()), int(answers.open.sum())
    low, _ = wilson(ready, number)
    _, high = wilson(ready + undecided, number)
    reasons = sorted(answers.proofs.items(), key=lambda item: (-item[1], str(item[0])))
    return Chance(
        number,
        ready,
        undecided,
        low,
        high,
        tuple(Failing(proof, count) for proof, count in reasons),
        tuple(sorted(answers.by.items())),
    )


def wilson(hits: int, draws: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share = hits / draws
    middle = (share + z * z / (2 * draws)) / (1 + z * z / draws)
    half = z * sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws))
    half /= 1 + z * z / draws
    return max(0.0, middle - half), min(1.0, middle + half)
