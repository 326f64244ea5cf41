"""The two corner questions: with every figure at its harmful end, and at its helpful end.

Every figure has a direction, so what is ready at the worst corner is ready everywhere, and what
is not at the best corner is nowhere. One of the two follows from the verdict as stated.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.ranges import best, worst
from allocator.results.ranges import Corner, Ready
from allocator.results.result import OverRanges, Verdict
from allocator.search.feasibility.question import Question, Reply
from allocator.search.minimal_sets.families import Answer

READY: dict[Answer, Ready] = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Corners:
    worst: Corner
    best: Corner
    faults: tuple[str, ...] = ()

    @property
    def verdict(self) -> OverRanges:
        if self.worst.ready == "yes":
            return "surely ready"
        if self.best.ready == "no":
            return "surely not"
        return "open" if (self.worst.ready, self.best.ready) == ("no", "yes") else "unknown"


def corners(
    problem: Problem,
    world: World,
    task: str,
    stated: Verdict,
    settings: Settings,
    deadline: Deadline,
) -> Corners:
    """Tell whether the task is ready at either corner, given its verdict as the figures stand.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. stated: as the figures stand. settings: of the engines, such as their seed.
    deadline: when to end at the latest.
    """
    question = Question(world, task, settings)
    return corners_of(problem, question, stated, deadline)


def corners_of(
    problem: Problem, question: Question, stated: Verdict, deadline: Deadline
) -> Corners:
    """Return the same as `corners`, by a question that may know allocations already.

    problem: the model that is asked about, with its tables. stated: as the figures stand. deadline:
    when to end at the latest.
    """
    known = _follows(stated)
    if stated == "ready":
        low, high = _corner(question.reply(worst(problem), deadline)), known
    elif stated != "unknown":
        low, high = known, _corner(question.reply(best(problem), deadline))
    else:
        low = _corner(question.reply(worst(problem), deadline.part(0.5)))
        high = _corner(question.reply(best(problem), deadline))
    return Corners(low, high, tuple(question.faults))


def _follows(stated: Verdict) -> Corner:
    return Corner("yes" if stated == "ready" else "no", stated=True)


def _corner(reply: Reply) -> Corner:
    return Corner(READY[reply.answer], reply.proof)
