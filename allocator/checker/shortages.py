"""What a plan fills of the lines of its tasks, and how short it leaves them."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checker.case import Case
from allocator.inputs.problem import Line, Problem, Task, World
from allocator.results.result import Allocation
from allocator.results.review import Shortage


def shortages(problem: Problem, allocation: Allocation) -> tuple[Shortage, ...]:
    """The lines of staffed tasks below what they need or should have, in the model's order."""
    return tuple(one for one in fillings(problem, allocation) if one.filled < one.target)


def fillings(problem: Problem, allocation: Allocation) -> Iterator[Shortage]:
    """Yield every line of the staffed tasks in each of its periods, in the model's order; of a
    scaled line, what the people deployed ask for.

    problem: the model that is asked about, with its tables. allocation: the plan.
    """
    case = Case(problem, World("", {}), allocation)
    for task in case.staffed_tasks:
        for line in task.lines:
            for period in task.periods:
                yield _filling(case, task, line, period)


def _filling(case: Case, task: Task, line: Line, period: int) -> Shortage:
    needed = line.minimum
    if line.one_per is not None:
        tasks = (task.id,) if line.of is None else line.of
        people = sum(case.deployed(name, period) for name in tasks)
        needed = max(needed, -(-people // line.one_per))
    filled = case.filled(task, line.id, period)
    target = needed if line.scaled else max(needed, line.target)
    return Shortage(task.id, line.id, period, needed, target, filled)
