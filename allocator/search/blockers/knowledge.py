"""What one world of a problem says of another.

More preconditions never turn a ready task into one that is not. So an allocation that staffs a task
in one world is tried in others, where the checker says whether it stands; and a no that is certain
in one world is certain in every world in which no more holds.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation, Verdict

if TYPE_CHECKING:
    from allocator.search.feasibility.oracle import StaffingOracle

MOST_PLANS = 50
"""Allocations that are kept of a task."""


class Knowledge:
    """What is certain of the tasks of one problem, whichever world it was found in. Of a second
    problem it takes and gives nothing."""

    def __init__(self) -> None:
        self._problem: Problem | None = None
        self._plans: dict[str, list[Allocation]] = {}
        self._not_ready: dict[str, list[World]] = {}
        self._lock = Lock()

    def tell(self, questions: StaffingOracle) -> None:
        """Hand what is known to the questions about a task before they are asked."""
        task, problem = questions.scope.task, questions.problem
        if task is None or not _of_worlds(questions) or not self._is_about(problem):
            return
        with self._lock:
            plans, worlds = [*self._plans.get(task, ())], [*self._not_ready.get(task, ())]
        for on in (0, questions.everything):
            here = problem.meeting(questions.scope.world, questions.names(on))
            if any(holds_no_more(here, there) for there in worlds):
                questions.recall_no(on)
            else:
                next((plan for plan in plans if questions.recall_yes(on, plan)), None)

    def learn(self, questions: StaffingOracle, verdict: Verdict = "unknown") -> None:
        """Keep what the questions have shown by now, and what their verdict rests on."""
        problem, world, task = questions.problem, questions.scope.world, questions.scope.task
        if task is None or not _of_worlds(questions):
            return
        for plan in questions.kept():
            self.staffs(problem, task, plan)
        too_few = questions.known_no()
        if verdict == "blocked":
            too_few.append(0)
        if verdict == "short":
            too_few.append(questions.everything)
        # What the questions are not about makes no difference to the task.
        asked = {name for _, name in questions.elements}
        others = [name for name in problem.open_preconditions(world) if name not in asked]
        worlds = [problem.meeting(world, (*questions.names(on), *others)) for on in too_few]
        if self._is_about(problem):
            with self._lock:
                self._not_ready.setdefault(task, []).extend(worlds)

    def staffs(self, problem: Problem, task: str, plan: Allocation) -> None:
        """Keep a plan that staffs the task, without the tasks that have no part in it.

        problem: the model that is asked about, with its tables.
        """
        if not self._is_about(problem):
            return
        with self._lock:
            kept = self._plans.setdefault(task, [])
            if len(kept) >= MOST_PLANS:
                return
            part = _part(plan, problem.companions(task))
            if part not in kept:
                kept.append(part)

    def refuses(self, problem: Problem, world: World, task: str) -> bool:
        """Whether it is certain that the task is not ready in this world, and so in no plan of it.

        problem: the model that is asked about, with its tables. world: which preconditions hold,
        and from which period. task: its id.
        """
        if not self._is_about(problem):
            return False
        with self._lock:
            worlds = tuple(self._not_ready.get(task, ()))
        return any(holds_no_more(world, there) for there in worlds)

    def _is_about(self, problem: Problem) -> bool:
        with self._lock:
            if self._problem is None:
                self._problem = problem
            return self._problem is problem or self._problem == problem


def holds_no_more(one: World, other: World) -> bool:
    """Whether whatever holds in the one holds in the other, and from no later period."""
    return all(
        name in other.starts and other.starts[name] <= start for name, start in one.starts.items()
    )


def _of_worlds(questions: StaffingOracle) -> bool:
    """Whether nothing but preconditions is switched."""
    return {kind for kind, _ in questions.elements} <= {"precondition"}


def _part(plan: Allocation, tasks: frozenset[str]) -> Allocation:
    """The plan of these tasks alone."""
    units = {key: number for key, number in plan.units.items() if key[1] in tasks}
    return Allocation(plan.staffed & tasks, units, plan.released)
