"""The packages of a ready task: minimal sets of nations, each with its best allocation."""

from __future__ import annotations

from dataclasses import replace

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.feasibility.questions import Questions
from allocator.model import build
from allocator.model.scope import alone
from allocator.plan.levels import optimise
from allocator.problem import Problem, World
from allocator.result import Allocation, Package, Packages, by_size, cells, releases

SEARCH_SHARE = 0.6
"""Of the time: the rest is for the best allocation of each package."""


class Packing:
    """The search for a task's packages. It may be run again with more time; what is known by
    then is not asked anew."""

    def __init__(
        self, problem: Problem, world: World, task: str, settings: Settings, deadline: Deadline
    ) -> None:
        self._problem = problem
        self._world = world
        self._task = task
        self._settings = settings
        scope = replace(alone(problem, world, task), nations=candidates(problem, task))
        self.questions = Questions(problem, scope, settings, deadline)
        self._best: dict[tuple[str, ...], Package] = {}

    def run(self, deadline: Deadline, *, limit: int | None = None) -> Packages:
        """The packages, smallest first up to the limit."""
        questions = self.questions
        found = questions.search(deadline.part(SEARCH_SHARE), limit=limit)
        coalitions = by_size(questions.names(mask) for mask in found.minimal)
        for nations in coalitions:
            self._optimise(nations, deadline)
        kept = tuple(self._best[nations] for nations in coalitions if nations in self._best)
        return Packages(complete=found.complete and len(kept) == len(coalitions), sets=kept)

    def _optimise(self, nations: tuple[str, ...], deadline: Deadline) -> None:
        if nations not in self._best:
            best = best_package(
                self._problem, self._world, self._task, nations, self._settings, deadline
            )
            if best is not None:
                self._best[nations] = best


def candidates(problem: Problem, task: str) -> tuple[str, ...]:
    """The nations that have anything the task's lines take, by id."""
    used = problem.task(task).capabilities
    having = {n for (n, c), units in problem.availability.items() if c in used and any(units)}
    return tuple(sorted(having))


def best_package(
    problem: Problem,
    world: World,
    task: str,
    nations: tuple[str, ...],
    settings: Settings,
    deadline: Deadline,
) -> Package | None:
    """The coalition's allocation that is best by the model's objectives in turn; None where the
    deadline came before any."""
    variables = build(problem, replace(alone(problem, world, task), nations=nations))
    for nation in nations:
        variables.program.fix(variables.switches["nation", nation], 1)
    found: Allocation | None = optimise(variables, settings, deadline).allocation
    if found is None:
        return None
    return Package(nations=nations, allocation=cells(found), released=releases(found))
