"""Runs and deadlines of tests that are not about time."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.analysis import Analysis, Request
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.progress import Progress, silent
from allocator.results.run import Command, RunRecord


def plenty() -> Deadline:
    return Deadline(60)


def analyse(
    problem: Problem,
    world: World | None = None,
    *,
    command: Command = "solve",
    tasks: Iterable[str] = (),
    workers: int = 1,
    seed: int = 0,
    deadline: Deadline | None = None,
    progress: Progress = silent,
) -> RunRecord:
    """One command on a problem as it is, without a workspace; on all tasks where none is named."""
    asked = Request(
        problem,
        world or problem.world(),
        command,
        tuple(tasks) or tuple(task.id for task in problem.tasks),
        {"seed": seed, "workers": workers},
        {},
        progress,
    )
    return Analysis(asked, deadline or plenty()).run()
