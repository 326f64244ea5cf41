"""The figures that a task's verdict can hang on, one cell of the workspace each.

A verdict is monotone in every one of them. More availability (of which a commitment that takes the
rest takes no more than all that comes on top), a smaller commitment or a lower
minimum leave every allocation valid that was. So does a lower rotation: in R3 both
`window` (fewer periods on the left, fewer rotating commitments on the right) and `no surge`
(at most `ceil((availability - standing) / rotation) - rotating` units in a period) only loosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from allocator.inputs.problem import Commitment, Problem, Task
from allocator.results.fragility import Figure

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace


LONGEST_ROTATION = 12
"""Rotations beyond this, or twice today's, are not tried: one in place out of twelve held."""

ROOM = 100
"""Units beyond all that the task's lines could take, so that the search's far end is far."""


def figures(workspace: Workspace, problem: Problem, task: str) -> tuple[Figure, ...]:
    """Those that the lines of the task, and of tasks that may stand beside it, depend on."""
    beside = problem.companions(task)
    used = {c for name in beside for c in problem.task(name).capabilities}
    found = (
        *_availability(workspace, problem, used),
        *_commitments(workspace, problem, used),
        *_minimums(workspace, problem, beside),
        *_rotations(workspace, problem, used),
    )
    return tuple(sorted(found, key=lambda figure: (figure.kind, figure.row, figure.place)))


def _availability(workspace: Workspace, problem: Problem, used: set[str]) -> Iterator[Figure]:
    for row in workspace.availability:
        if row.capability in used:
            capability = problem.capabilities[row.capability]
            yield Figure(
                "availability",
                f"{row.nation} {row.capability}",
                f"{problem.names[row.nation]}: {capability.name}",
                row.quantity,
                capability.unit,
                row.basis,
                str(workspace.place(row)),
                row.source,
                row.nation,
                row.capability,
                tuple(row.periods.within(problem.calendar)),
            )


def _commitments(workspace: Workspace, problem: Problem, used: set[str]) -> Iterator[Figure]:
    having = {(row.nation, row.capability) for row in workspace.availability}
    for row in workspace.commitments:
        if not isinstance(row.quantity, int):
            continue  # The rest is whatever is left: no figure of its own.
        if row.capability in used and (row.nation, row.capability) in having:
            yield Figure(
                "commitment",
                row.commitment,
                f"{problem.names[row.nation]}: {row.purpose}",
                row.quantity,
                problem.capabilities[row.capability].unit,
                row.basis,
                str(workspace.place(row)),
                row.source,
                row.nation,
                row.capability,
                tuple(row.periods.within(problem.calendar)),
            )


def _minimums(workspace: Workspace, problem: Problem, tasks: frozenset[str]) -> Iterator[Figure]:
    for task in workspace.models[problem.model].tasks:
        for row in task.lines if task.task in tasks else ():
            line = problem.task(task.task).line(row.line or row.capability or "")
            if line.minimum:
                units = {problem.capabilities[c].unit for c, weight in line.weights.items()}
                yield Figure(
                    "minimum",
                    f"{task.task}.{line.id}",
                    f"{problem.task(task.task).title}: {line.id}",
                    line.minimum,
                    " or ".join(sorted(units)),
                    "requirement",
                    workspace.place(row).line,
                    row.source or task.source,
                )


def _rotations(workspace: Workspace, problem: Problem, used: set[str]) -> Iterator[Figure]:
    for row in workspace.capabilities:
        if row.capability in used:
            yield Figure(
                "rotation",
                row.capability,
                f"Rotation: {row.name}",
                row.rotation,
                "held for one in place",
                "convention",
                str(workspace.place(row)),
                row.source,
                capability=row.capability,
            )


def farthest(problem: Problem, figure: Figure, *, up: bool) -> int:
    """The value at which the search in one direction ends."""
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
    if figure.kind == "availability":
        return problem.with_availability(_with_units(problem, figure, value))
    if figure.kind == "commitment":
        return replace(problem, commitments=_with_quantity(problem, figure, value))
    if figure.kind == "minimum":
        return replace(problem, tasks=_with_minimum(problem, figure, value))
    capability = replace(problem.capabilities[figure.capability], rotation=value)
    return replace(problem, capabilities={**problem.capabilities, capability.id: capability})


def _with_units(
    problem: Problem, figure: Figure, value: int
) -> Mapping[tuple[str, str], tuple[int, ...]]:
    key = (figure.nation, figure.capability)
    units = tuple(
        held + (value - figure.value if period in figure.periods else 0)
        for period, held in enumerate(problem.availability[key], 1)
    )
    return {**problem.availability, key: units}


def _with_quantity(problem: Problem, figure: Figure, value: int) -> tuple[Commitment, ...]:
    quantity = tuple(value if period in figure.periods else 0 for period in problem.periods)
    return tuple(
        replace(c, quantity=quantity) if c.id == figure.row else c for c in problem.commitments
    )


def _with_minimum(problem: Problem, figure: Figure, value: int) -> tuple[Task, ...]:
    task_id, line_id = figure.row.split(".", 1)
    task = problem.task(task_id)
    lines = tuple(
        replace(line, minimum=value) if line.id == line_id else line for line in task.lines
    )
    return tuple(replace(t, lines=lines) if t.id == task_id else t for t in problem.tasks)
