"""Verdicts over the ranges of figures: corners, how many must be off together, chances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome, Work, largest_first
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.ranges import Spread, Unit, relevant, units
from allocator.progress import Phase
from allocator.results.ranges import Corner, RangesFound, TaskRanges, Together
from allocator.results.result import OverRanges, Verdict
from allocator.search.blockers.verdict import judge
from allocator.search.feasibility.question import Question
from allocator.search.ranges.chance import DrawSearch
from allocator.search.ranges.corners import corners_of
from allocator.search.ranges.draws import Draws, of_task
from allocator.search.ranges.first import agreed, settle_first, with_flips
from allocator.search.ranges.likelihoods import LikelyDrawSearch
from allocator.search.ranges.together import TogetherSearch

_NOT_KNOWN = Corner("unknown")


@dataclass
class _Known:
    """What is known of one task; only one thread at a time works on it."""

    question: Question
    record: TaskRanges
    faults: tuple[str, ...] = ()
    together: TogetherSearch | None = None
    search: DrawSearch | LikelyDrawSearch | None = None


class Ranging:
    """The work of `ranges` on the tasks of one problem in one world."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        tasks: tuple[str, ...],
        how: HowToAsk,
        spread: Spread,
        draws: int,
        *,
        uniform: bool = False,
        likelihoods: bool = False,
    ) -> None:
        self._problem = problem
        self._world = world
        self._how = how
        self._spread = spread
        self._draws = draws
        self._uniform = uniform
        self._likely = LikelyDrawSearch if likelihoods else DrawSearch
        self._units = units(problem.ranges)
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
        self._each("verdicts", self._known, self._corners, whole.part(0.4))
        drawn = 0.5 if self._draws else 1.0
        self._each("together", self._with_open(), self._together, whole.part(drawn))
        if self._draws:
            self._each("draws", self._known, self._chance, whole.part(0.9))
            self._each("first", self._with_open(), self._first, whole)
        return self._found(whole)

    def _each(self, phase: Phase, tasks: Iterable[str], work: Work, deadline: Deadline) -> None:
        self._rounds.each(phase, largest_first(self._problem, tasks), work, deadline)

    def _with_open(self) -> tuple[str, ...]:
        """Tasks that are open, and of which it is known which way they would turn."""
        records = (known.record for known in self._known.values())
        return tuple(r.task for r in records if r.over_ranges == "open" and r.stated != "unknown")

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
                together=known.record.together or _none_yet(stated.verdict, found.verdict),
            )
        verdict = known.record.over_ranges
        return TurnOutcome(f"{task} is {verdict}", verdict != "unknown")

    def _matter(self, task: str) -> tuple[Unit, ...]:
        return of_task(self._units, relevant(self._problem, task))

    def _together(self, task: str, deadline: Deadline) -> TurnOutcome:
        """How many figures must be off together for an open verdict to turn."""
        known = self._known[task]
        with deadline.within_limits():
            deadline.check()
            if known.together is None:
                known.together = TogetherSearch(
                    self._problem,
                    known.question,
                    self._matter(task),
                    harmful=known.record.stated == "ready",
                )
            known.record = replace(known.record, together=known.together.run(deadline))
        done = known.record.together
        return TurnOutcome(f"{task}: figures off together", done is not None and done.proved)

    def _chance(self, task: str, deadline: Deadline) -> TurnOutcome:
        """In how many draws the task is ready."""
        known = self._known[task]
        with deadline.within_limits():
            deadline.check()
            if known.search is None:
                drawn = Draws(self._matter(task), self._draws, self._how.seed, self._uniform)
                known.search = self._likely(self._problem, known.question, drawn)
            known.search.run(known.record.over_ranges, deadline)
        search = known.search
        if search is None:
            return TurnOutcome(f"{task}: no draw", False)
        known.record = replace(known.record, chance=search.chance())
        return TurnOutcome(f"{task}: {search.chance().ready:,} draws ready", search.finished)

    def _first(self, task: str, deadline: Deadline) -> TurnOutcome:
        """What to settle first."""
        known = self._known[task]
        search, both = known.search, known.record.together
        if search is not None:
            found = settle_first(search.draws, search.answers)
            if both is None or both.bound < 2:
                ready = known.record.stated == "ready"
                found = with_flips(self._problem, known.question, found, deadline, ready=ready)
            if agreed(search.answers):  # The chance moves with none that is known to turn it.
                found = tuple(one for one in found if one.flip is not None or one.flip_open)
            known.record = replace(known.record, first=found)
        return TurnOutcome(f"{task}: what to settle first", True)

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
            self._units,
            self._spread,
            self._draws,
            self._how.seed,
            self._uniform,
            faults=(*dict.fromkeys(faults), *deadline.faults),
            calendar=self._problem.calendar,
            preconditions=self._drawn() if self._likely is LikelyDrawSearch else None,
        ).timed(deadline)

    def _drawn(self) -> dict[str, float]:
        """The preconditions that are drawn, with their likelihoods."""
        known = self._problem.preconditions
        names = self._problem.open_preconditions(self._world)
        return {n: chance for n in names if (chance := known[n].likelihood) is not None}


def _none_yet(stated: Verdict, over_ranges: OverRanges) -> Together | None:
    """Of an open task, before any figures are looked at: as they are stated none turns it."""
    if over_ranges != "open" or stated == "unknown":
        return None
    return Together((), 1, harmful=stated == "ready")
