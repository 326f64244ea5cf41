"""Lines below their target."""

from __future__ import annotations

from allocator.checker.case import Case
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation, Shortfall


def shortfalls(problem: Problem, allocation: Allocation) -> tuple[Shortfall, ...]:
    """The lines that are not scaled and are below their target, in each period of their task's
    window, staffed or not; by task, line and period. Figures in the line's weighted units."""
    case = Case(problem, World("", {}), allocation)
    found = [
        Shortfall(
            task=task.id,
            line=line.id,
            period=period,
            minimum=line.minimum,
            target=line.target,
            filled=case.filled(task, line.id, period),
        )
        for task in problem.tasks
        for line in task.lines
        for period in task.periods
        if not line.scaled
    ]
    below = (row for row in found if row.filled < row.target)
    return tuple(sorted(below, key=lambda row: (row.task, row.line, row.period)))
