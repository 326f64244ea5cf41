"""One yes-or-no question asked of many problems that differ in their figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from allocator.checker import is_valid
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.conditions import holds
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.results.certificate import Proof
from allocator.results.result import Allocation
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer

MOST_KEPT = 40
"""Allocations kept to be tried again."""

MOST_TRIED = 8
"""Of these, the newest: to put all to the checker costs more than most searches."""


@dataclass(frozen=True)
class Reply:
    """A yes has a witness that passes the checker, a no its proof; unknown has neither."""

    answer: Answer
    witness: Allocation | None = None
    proof: Proof | None = None


@dataclass
class Question:
    """Whether the task can be staffed alone in one world, asked of changed problems."""

    world: World
    task: str
    settings: Settings
    faults: list[str] = field(default_factory=list)
    known: list[Allocation] = field(default_factory=list)

    def ask(self, problem: Problem, deadline: Deadline) -> Answer:
        """Yes and no are verified; unknown otherwise."""
        return self.reply(problem, deadline).answer

    def reply(self, problem: Problem, deadline: Deadline) -> Reply:
        """As `ask`, with what shows it: an allocation known already where one still passes."""
        for allocation in self.known[:MOST_TRIED]:
            if (still := self.still(problem, allocation)) is not None:
                return Reply(Answer.YES, still)
        return self.searched(problem, deadline)

    def still(self, problem: Problem, allocation: Allocation) -> Allocation | None:
        """The allocation, where the checker passes it at the figures of this problem."""
        fitted = fitting(problem, self.world, allocation)
        beside = problem.companions(self.task)
        staffs = self.task in fitted.staffed
        return fitted if staffs and is_valid(problem, self.world, fitted, only=beside) else None

    def quick(self, problem: Problem, deadline: Deadline) -> Allocation | None:
        """An allocation for this problem, if one is found: what is not found may be there."""
        scope = alone(problem, self.world, self.task)
        questions = StaffingOracle(problem, scope, self.settings, deadline)
        found = questions.ask(0) is Answer.YES
        self.faults += questions.faults
        return questions.witness if found else None

    def searched(self, problem: Problem, deadline: Deadline) -> Reply:
        """As `reply`, without what is known already."""
        scope = alone(problem, self.world, self.task)
        questions = StaffingOracle(problem, scope, self.settings, deadline)
        answer = questions.ask(0)
        if answer is Answer.NO and not questions.certain(0):
            # A witness means that the no was taken back on the way.
            answer = Answer.UNKNOWN if questions.witness is None else Answer.YES
        self.faults += questions.faults
        if questions.witness is not None:
            self.known = [questions.witness, *self.known][:MOST_KEPT]
        if answer is Answer.NO:
            return Reply(answer, proof=questions.proof(0))
        return Reply(answer, questions.witness if answer is Answer.YES else None)


def fitting(problem: Problem, world: World, allocation: Allocation) -> Allocation:
    """Return the same units, with all released that may be of the commitments of their pools:
    however large these are here, releases only ever make room.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. allocation: the units sent, and what is released for them.
    """
    pools = {(nation, capability) for nation, _, _, capability, _ in allocation.units}
    holding = {period: world.holding(period) for period in problem.periods}
    released = {
        (commitment.id, period): units
        for pool in sorted(pools)
        for commitment in problem.commitments_of(*pool)
        for period, units in enumerate(commitment.quantity, 1)
        if units and holds(commitment.release_requires, holding[period])
    }
    return replace(allocation, released=released)
