"""Which figures a task's verdict can hang on, and how far each is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.inputs.problem import Problem
from allocator.inputs.problem.figures import Figure, all_figures, at
from allocator.inputs.problem.ranges import uses
from allocator.search.fragility.need import most_needed

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace


MOST_UNITS = 10**9
"""No pool is tried beyond so many: the engines' sums have to hold them."""


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
        return max(figure.value, _longest(problem, figure.capability))
    if figure.kind == "minimum":
        return figure.value + _everything(problem, figure) + 1
    if figure.kind == "commitment":
        return figure.value + max(problem.availability[figure.nation, figure.capability]) + 1
    return figure.value + min(_takeable(problem, figure) or MOST_UNITS, MOST_UNITS)


def is_last(problem: Problem, figure: Figure, *, up: bool) -> bool:
    """Whether no value beyond the one that `farthest` returns says anything else.

    problem: the model that is asked about, with its tables. figure: the one that is changed. up:
    whether it is made larger.
    """
    if not up or not figure.more_helps:
        return True
    most = _takeable(problem, figure)
    return most is not None and most <= MOST_UNITS


def _longest(problem: Problem, capability: str) -> int:
    """From here on every rotation says the same: windows reach back beyond the first period, one
    unit is in place at the most, and nobody has one where any deployment is relieved likewise."""
    pools = (max(units) for (_, held), units in problem.availability.items() if held == capability)
    return max(problem.horizon, *pools, 0) + 1


def _everything(problem: Problem, figure: Figure) -> int:
    """All units of a line's capabilities that anybody has, weighted."""
    task, line = figure.row.split(".", 1)
    weights = problem.task(task).line(line).weights
    return sum(
        weights[capability] * max(units)
        for (_, capability), units in problem.availability.items()
        if capability in weights
    )


def _takeable(problem: Problem, figure: Figure) -> int | None:
    """As many as all tasks could need, rotation and commitments included; None: not known."""
    needed = most_needed(problem, figure.nation, figure.capability)
    if needed is None:
        return None
    tied = sum(max(c.quantity) for c in problem.commitments_of(figure.nation, figure.capability))
    return problem.capabilities[figure.capability].rotation * (needed + tied)


def changed(problem: Problem, figure: Figure, value: int) -> Problem:
    """The problem with one figure set to another value."""
    return at(problem, {figure: value})
