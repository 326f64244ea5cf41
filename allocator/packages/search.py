"""The packages of a ready task: minimal sets of nations, each with its best allocation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allocator.blockers.minimal_sets import Search
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.model import build
from allocator.model.scope import alone
from allocator.plan.levels import optimise
from allocator.problem import Problem, World
from allocator.questions import Questions
from allocator.result import Allocation, Package, Packages, by_size, cells, releases


def packages(
    problem: Problem,
    world: World,
    task: str,
    settings: Settings,
    deadline: Deadline,
    *,
    limit: int | None = None,
    found: Callable[[int], None] = lambda count: None,
) -> tuple[Packages, list[str]]:
    """The packages, smallest first up to the limit, and the faults that were noticed.

    `found` is told how many are certain so far.
    """
    scope = replace(alone(problem, world, task), nations=candidates(problem, task))
    questions = Questions(problem, scope, settings, deadline)
    certain = 0

    def count(mask: int) -> None:
        nonlocal certain
        certain += 1
        found(certain)

    searched = Search(
        len(questions.elements),
        questions.ask,
        questions.certain,
        deadline.part(0.6),
        limit=limit,
        found=count,
    ).run()
    coalitions = by_size(questions.names(mask) for mask in searched.minimal)
    best = [
        best_package(problem, world, task, nations, settings, deadline) for nations in coalitions
    ]
    kept = tuple(package for package in best if package is not None)
    complete = searched.complete and len(kept) == len(coalitions)
    return Packages(complete=complete, sets=kept), questions.faults


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
