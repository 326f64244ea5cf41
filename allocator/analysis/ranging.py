"""Verdicts over the ranges of figures: corners, how many must be off together, chances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.errors import UsageError
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.ranges import Spread, units
from allocator.inputs.schema.provenance import BasisWord
from allocator.near import near
from allocator.results.ranges import Corner, RangesFound, TaskRanges
from allocator.search.blockers.verdict import judge
from allocator.search.feasibility.question import Question
from allocator.search.ranges.corners import corners_of

_NOT_KNOWN = Corner("unknown")


@dataclass
class _Known:
    """What is known of one task; only one thread at a time works on it."""

    question: Question
    record: TaskRanges
    faults: tuple[str, ...] = ()


def checked_spread(given: Mapping[str, float]) -> Spread:
    """The spread by basis. Raises UsageError for a basis that there is not, and for what is no
    number of per cent above 0."""
    known = get_args(BasisWord)
    for basis, percent in given.items():
        if basis not in known:
            meant = near(basis, known)
            hint = f"did you mean {meant}?" if meant else f"there are {', '.join(known)}"
            raise UsageError(f"no basis '{basis}' to spread; {hint}")
        if isinstance(percent, bool) or not isinstance(percent, int | float):
            raise TypeError(f"the spread of {basis} is {percent!r}; a number of per cent is asked")
        if not 0 < percent < float("inf"):
            raise UsageError(f"the spread of {basis} is {percent} %; write more than 0, such as 30")
    return dict(given)


class Ranging:
    """The work of `ranges` on the tasks of one problem in one world."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        tasks: tuple[str, ...],
        how: HowToAsk,
        spread: Spread,
    ) -> None:
        self._problem = problem
        self._world = world
        self._how = how
        self._spread = spread
        self._settings = Settings(seed=how.seed)
        self._rounds = TaskScheduler(how.workers, how.progress)
        self._known = {
            task: _Known(
                Question(world, task, self._settings),
                TaskRanges(task, "unknown", "unknown", _NOT_KNOWN, _NOT_KNOWN),
            )
            for task in tasks
        }

    def run(self) -> RangesFound:
        whole = self._how.deadline
        self._rounds.each("verdicts", self._known, self._corners, whole.part(0.4))
        return self._found(whole)

    def _corners(self, task: str, deadline: Deadline) -> TurnOutcome:
        """The verdict as stated, and at the two corners."""
        known = self._known[task]
        with deadline.within_limits():
            deadline.check()
            stated = judge(self._problem, self._world, task, self._settings, deadline.part(0.5))
            witness = stated.questions.witness
            if witness is not None:
                known.question.known.append(witness)
            found = corners_of(self._problem, known.question, stated.verdict, deadline)
            known.faults = tuple(stated.questions.faults)
            known.record = replace(
                known.record,
                stated=stated.verdict,
                over_ranges=found.verdict,
                worst=found.worst,
                best=found.best,
            )
        verdict = known.record.over_ranges
        return TurnOutcome(f"{task} is {verdict}", verdict != "unknown")

    def _found(self, deadline: Deadline) -> RangesFound:
        faults = [
            fault
            for known in self._known.values()
            for fault in (*known.faults, *known.question.faults)
        ]
        return RangesFound(
            self._problem.model,
            self._world.name,
            tuple(known.record for known in self._known.values()),
            units(self._problem.ranges),
            self._spread,
            seed=self._how.seed,
            faults=(*dict.fromkeys(faults), *deadline.faults),
            timed_out=deadline.expired and not deadline.cancelled,
            interrupted=deadline.interrupted,
        )
