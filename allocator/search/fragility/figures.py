"""Which figures a task's verdict can hang on, and how far each is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.inputs.problem import Problem
from allocator.inputs.problem.figures import Figure, all_figures, at
from allocator.inputs.problem.ranges import uses

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace


LONGEST_ROTATION = 12
"""Rotations beyond this, or twice today's, are not tried: one in place out of twelve held."""

ROOM = 100
"""Units beyond all that the task's lines could take, so that the search's far end is far."""


def figures(workspace: Workspace, problem: Problem, task: str) -> tuple[Figure, ...]:
    """Return those that the lines of the task, and of tasks that may stand beside it, depend on.

    workspace: the tables and models behind it. problem: the model that is asked about, with its
    tables.
    """
    used = uses(problem, task)
    found = (f for f in all_figures(workspace, problem) if used.depends_on(f) and _asked(f))
    return tuple(sorted(found, key=lambda figure: (figure.kind, figure.row, figure.place)))


def _asked(figure: Figure) -> bool:
    """A line that asks for nothing is no figure that may be wrong."""
    return figure.kind != "minimum" or figure.value > 0


def farthest(problem: Problem, figure: Figure, *, up: bool) -> int:
    """Return the value at which the search in one direction ends.

    problem: the model that is asked about, with its tables. figure: the one that is changed. up:
    whether it is made larger.
    """
    if not up:
        return 1 if figure.kind == "rotation" else 0
    if figure.kind == "rotation":
        return max(LONGEST_ROTATION, 2 * figure.value)
    if figure.kind == "minimum":
        return figure.value + _everything(problem, figure) + 1
    if figure.kind == "commitment":
        return figure.value + max(problem.availability[figure.nation, figure.capability]) + 1
    return figure.value + _takeable(problem, figure)


def _everything(problem: Problem, figure: Figure) -> int:
    """All units of a line's capabilities that anybody has, weighted."""
    task, line = figure.row.split(".", 1)
    weights = problem.task(task).line(line).weights
    return sum(
        weights[capability] * max(units)
        for (_, capability), units in problem.availability.items()
        if capability in weights
    )


def _takeable(problem: Problem, figure: Figure) -> int:
    """More than all lines could take of a capability, rotation and commitments included."""
    rotation = problem.capabilities[figure.capability].rotation
    lines = (line for task in problem.tasks for line in task.lines)
    wanted = sum(line.minimum for line in lines if figure.capability in line.weights)
    tied = sum(max(c.quantity) for c in problem.commitments_of(figure.nation, figure.capability))
    return rotation * (wanted + tied + ROOM)


def changed(problem: Problem, figure: Figure, value: int) -> Problem:
    """The problem with one figure set to another value."""
    return at(problem, {figure: value})
