"""The phases of `solve`, what people wait for first: verdicts, a plan, packages, blockers.

What it comes to is what `solve` comes to: the phases are the same, only their order is another, and
none of them hangs on it where it is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from allocator.analysis.analysis import Analysis
from allocator.analysis.blocking import block_task
from allocator.analysis.elsewhere import look_elsewhere
from allocator.analysis.judging import judge_over_ranges
from allocator.analysis.live.kept_answers import KeptAnswers, TaskAnswer, is_whole
from allocator.analysis.live.reads import Reads
from allocator.analysis.packing import MOST_PACKAGES, pack_task
from allocator.analysis.planning import plan_jointly, with_contested
from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.progress import Phase
from allocator.results.blocking import VerdictMap
from allocator.results.result import Level, Plan
from allocator.results.run import RunRecord
from allocator.search.blockers.verdict_map import reversible_preconditions
from allocator.search.plan.levels import FIRST_SECONDS

FIRST_PLAN = 1.5
"""Seconds for a first plan, with its gap where it is not proved by then."""

Stage = Literal["verdicts", "level", "first plan", "plan", "packages", "blockers", "what_if"]
"""What has just become known."""


@dataclass(frozen=True)
class Step:
    """run: all that is known by now, as a run that is not yet done. level: where one was reached,
    that one. recalled: tasks that were not asked about again. as_before: nothing at all was."""

    stage: Stage
    run: RunRecord
    level: Level | None = None
    recalled: frozenset[str] = frozenset()
    as_before: bool = False


Tell = Callable[[Step], None]
Work = Callable[[Request, TaskState, Deadline], TurnOutcome]


class LiveAnalysis(Analysis):
    """One question while it is worked on. tell: hears of each step, with all that is known by then.
    From any of its threads, one at a time."""

    def __init__(self, asked: Request, deadline: Deadline, kept: KeptAnswers, tell: Tell) -> None:
        super().__init__(asked, deadline)
        self._kept = kept
        self._tell = tell
        self._plan = Plan()
        self._as_before = False
        self._done: set[str] = set()
        self._telling = Lock()
        reads = Reads(asked)
        self.keys = {task: reads.task(task) for task in asked.tasks}
        self._map_keys = {task: reads.elsewhere(task) for task in asked.tasks}
        self._plan_key = reads.plan()
        self._recalled = self._recall()

    def run(self) -> RunRecord:
        whole, tasks = self._deadline, self._asked.tasks
        self._live("verdicts", tasks, judge_over_ranges, whole.part(0.4))
        self._plan_all(whole)
        self._live("packages", self._with("ready"), pack_task, whole.part(0.4))
        self._live("blockers", self._with("blocked", "short"), self._block, whole.part(0.6))
        self._live("what_if", tasks, self._look_elsewhere, whole)
        self._look_at_plan(self._plan, whole)
        return self._run(self._plan)

    # What is kept

    def _recall(self) -> frozenset[str]:
        """Takes over what is known of tasks that nothing has changed for."""
        found = {task: self._kept.recall(key) for task, key in self.keys.items()}
        known = {t: answer.state() for t, answer in found.items() if isinstance(answer, TaskAnswer)}
        self._known |= known
        return frozenset(known)

    def _keep(self, task: str) -> None:
        known = self._known[task]
        packages = known.record.packages
        everywhere = known.notes.everywhere
        if everywhere is not None and everywhere.complete and not known.faults:
            self._kept.keep(self._map_keys[task], everywhere)
        listed = packages.complete or len(packages.sets) >= MOST_PACKAGES
        if listed and is_whole(known):
            answer = TaskAnswer(known.record, known.notes, known.certificate)
            self._kept.keep(self.keys[task], answer)
            self._known[task] = answer.state()  # What was asked on the way may take much memory.
            self._done.add(task)

    def _block(self, asked: Request, known: TaskState, part: Deadline) -> TurnOutcome:
        """As `block_task`; and what that says of other worlds, where it says all of it."""
        step = block_task(asked, known, part)
        if not reversible_preconditions(asked.problem, asked.world):
            look_elsewhere(asked, known, part)
        return step

    def _look_elsewhere(self, asked: Request, known: TaskState, part: Deadline) -> TurnOutcome:
        """As `look_elsewhere`, unless another world on the same ground has shown all of it."""
        found = self._kept.recall(self._map_keys[known.task])
        held = reversible_preconditions(asked.problem, asked.world)
        if not isinstance(found, VerdictMap) or found.verdict(held) != known.verdict:
            return look_elsewhere(asked, known, part)
        known.note(everywhere=found)
        return TurnOutcome(f"{known.task} in other worlds: known", True)

    # The phases

    def _live(self, phase: Phase, tasks: tuple[str, ...], work: Work, deadline: Deadline) -> None:
        """A phase of the tasks that are asked about, each told and kept as soon as it is known."""
        done = self._recalled | self._done
        open_ = tuple(task for task in tasks if task not in done)

        def told(asked: Request, known: TaskState, part: Deadline) -> TurnOutcome:
            step = work(asked, known, part)
            self._keep(known.task)
            self._say(phase)  # type: ignore[arg-type]
            return step

        if len(open_) < len(tasks):
            self._say(phase)  # type: ignore[arg-type]
        self._each(phase, open_, told, deadline)

    def _plan_all(self, whole: Deadline) -> None:
        """A first plan soon, with its gap where it is not proved; then the one that the command
        finds, which has more time for each of its steps."""
        kept = self._kept.recall(self._plan_key)
        if isinstance(kept, Plan):
            self._plan = kept
            self._as_before = len(self._recalled) == len(self._asked.tasks)
            self._say("plan")
            return
        with self._phase("plan"), self._naming():
            first = min(1.0, FIRST_PLAN / max(whole.remaining(), FIRST_PLAN))
            self._better(plan_jointly(self._asked, whole.part(first), self._reached))
            self._say("first plan")
            part = whole.part(0.4, FIRST_SECONDS)
            self._better(plan_jointly(self._asked, part, self._reached))
        with self._naming(), whole.within_limits():
            ready = self._with("ready")
            self._plan = with_contested(self._asked, self._plan, ready, whole.part(0.2))
        if self._plan.status == "optimal" and not whole.expired:
            self._kept.keep(self._plan_key, self._plan)
        self._say("plan")

    def _better(self, plan: Plan) -> None:
        """Takes the later plan, unless it came to nothing."""
        if plan.status != "unknown" or self._plan.status == "unknown":
            self._plan = plan

    def _reached(self, level: Level) -> None:
        self._say("level", level)

    def _say(self, stage: Stage, level: Level | None = None) -> None:
        with self._telling:
            if not self._deadline.cancelled:
                run = self._run(self._plan)
                self._tell(Step(stage, run, level, self._recalled, self._as_before))
