"""One run through its phases: verdicts, the joint plan, blockers, packages, the checker.

Each phase has its share of what is left of the time, and hands on what it does not use.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

from allocator.analysis.blocking import block_task
from allocator.analysis.elsewhere import look_elsewhere
from allocator.analysis.judging import judge_over_ranges
from allocator.analysis.outlook import departures_from, front_of_plan, front_of_task
from allocator.analysis.packing import pack_task
from allocator.analysis.planning import plan_jointly, with_contested
from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome, largest_first, naming
from allocator.analysis.surviving import survive_task
from allocator.deadline import Deadline
from allocator.progress import Event, Phase
from allocator.results.result import Plan, Result, Verdict, WorldRecord, said_of_offers
from allocator.results.run import PlanNotes, RunRecord
from allocator.search.blockers.verdict_map import reversible_preconditions
from allocator.search.plan.levels import FIRST_SECONDS


class Analysis:
    """The work of one command."""

    def __init__(self, asked: Request, deadline: Deadline) -> None:
        self._asked = asked
        self._deadline = deadline
        self._known = {task: TaskState(task) for task in asked.tasks}
        if asked.problem.ranges:
            # The time may come between a verdict and what is said of it over the ranges.
            for known in self._known.values():
                known.update(over_ranges="unknown")
        self._rounds = TaskScheduler(asked.workers, asked.progress)
        self._seconds: dict[str, float] = {}
        self._beyond = PlanNotes()

    def run(self) -> RunRecord:
        """Through the phases that the command asks for."""
        command, whole = self._asked.command, self._deadline
        plan = Plan()
        # First, because a plan need not try a task that is not ready by itself; it takes nothing
        # from the plan's time.
        for_plan = max(FIRST_SECONDS, 0.4 * whole.remaining())
        self._each("verdicts", self._asked.tasks, judge_over_ranges, whole.part(0.4))
        if command == "solve":
            with self._phase("plan"), self._naming():
                plan = plan_jointly(self._asked, whole.part(0.4, for_plan))
            if self._with("unknown") and not whole.expired:
                # What the plan staffs is ready; the others get another turn.
                self._each("verdicts", self._with("unknown"), judge_over_ranges, whole.part(0.4))
            with self._naming(), self._deadline.within_limits():
                plan = with_contested(self._asked, plan, self._with("ready"), whole.part(0.2))
        if command != "packages":
            share = 0.6 if command == "solve" else self._before_other_worlds
            self._each("blockers", self._with("blocked", "short"), block_task, whole.part(share))
        share = {"solve": 0.4, "packages": 0.2, "blockers": 1.0}[command]
        self._each("what_if", self._asked.tasks, look_elsewhere, whole.part(share))
        more = 0.5 if self._asked.more else 1.0
        # Handing over all tasks to look for nothing takes its time where the plan is large.
        if command == "packages" or (command == "solve" and not whole.cancelled):
            self._each("packages", self._with("ready"), pack_task, whole.part(more))
        if self._asked.front and command == "packages":
            self._each("front", self._with("ready"), front_of_task, whole)
        if self._asked.survive is not None and command != "solve":
            self._each("survive", self._asked.tasks, survive_task, whole)
        self._look_at_plan(plan, whole)
        return self._run(plan)

    @property
    def _before_other_worlds(self) -> float:
        """The share of blockers where they are all that is asked: other worlds need no search
        where the world is its own ground."""
        return 0.8 if reversible_preconditions(self._asked.problem, self._asked.world) else 1.0

    def _look_at_plan(self, plan: Plan, deadline: Deadline) -> None:
        """What is asked of the joint plan beyond itself."""
        if self._asked.command != "solve":
            return
        if self._asked.departures:
            with self._phase("departures"), self._naming():
                share = 0.6 if self._asked.front else 1.0
                found = departures_from(self._asked, plan, deadline.part(share))
                self._beyond = replace(self._beyond, departures=found)
        if self._asked.front:
            with self._phase("front"), self._naming():
                self._beyond = replace(self._beyond, front=front_of_plan(self._asked, deadline))

    def _each(
        self,
        phase: Phase,
        tasks: tuple[str, ...],
        work: Callable[[Request, TaskState, Deadline], TurnOutcome],
        deadline: Deadline,
    ) -> None:
        def turn(task: str, part: Deadline) -> TurnOutcome:
            with part.within_limits():
                return work(self._asked, self._known[task], part)
            # With more time another turn could add to it, with more memory none is given.
            return TurnOutcome(f"{task}: no time or memory for it", part.out_of_memory)

        with self._phase(phase):
            ordered = largest_first(self._asked.problem, tasks)
            self._rounds.each(phase, ordered, turn, deadline)

    def _with(self, *verdicts: Verdict) -> tuple[str, ...]:
        return tuple(task for task, known in self._known.items() if known.verdict in verdicts)

    def _naming(self) -> AbstractContextManager[None]:
        return naming("model", self._asked.problem.model)

    @contextmanager
    def _phase(self, phase: Phase) -> Iterator[None]:
        began = time.monotonic()
        self._asked.progress(Event(phase, 0, 0, ""))
        try:
            with self._deadline.within_limits():
                yield
        finally:
            self._seconds[phase] = self._seconds.get(phase, 0.0) + time.monotonic() - began

    def _run(self, plan: Plan) -> RunRecord:
        asked = self._asked
        result = Result(
            model=asked.problem.model,
            world=WorldRecord(name=asked.world.name, holds=dict(asked.world.starts)),
            plan=plan,
            tasks=tuple(known.record for known in self._known.values()),
            **said_of_offers(asked.problem),
        )
        faults = (
            *(fault for known in self._known.values() for fault in known.faults),
            *self._deadline.faults,
        )
        return RunRecord(
            command=asked.command,
            problem=asked.problem,
            world=asked.world,
            result=result,
            notes={task: known.notes for task, known in sorted(self._known.items())},
            certificates=tuple(
                known.certificate for known in self._known.values() if known.certificate
            ),
            plan_notes=self._beyond,
            seconds=self._seconds,
            options=asked.options,
            inputs=asked.inputs,
            faults=faults,
            interrupted=self._deadline.interrupted,
            timed_out=self._deadline.ran_out(bool(self._with("unknown")) and not faults),
            out_of_memory=self._deadline.out_of_memory,
        )
