"""R2: a scaled line keeps pace with the people deployed: one_per * filled >= personnel."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from allocator.inputs.problem import Line, Task
from allocator.model.rules.rule import Rule, always, unless
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        for line in task.lines:
            if line.one_per is not None:
                for period in task.periods:
                    _keeps_pace(v, task, line, line.one_per, period)


def _keeps_pace(v: Variables, task: Task, line: Line, one_per: int, period: int) -> None:
    supported = (task.id,) if line.of is None else line.of
    people = [
        term
        for other in supported
        if other in v.staffed
        for term in v.personnel(other, period, with_added=True)
    ]
    terms = [(one_per * c, x) for c, x in v.filled(task, line, period)]
    terms += [(-c, x) for c, x in people]
    # The line of a task that is not staffed needs nothing, whatever the tasks it would support.
    slack = v.program.most(people)
    if line.of is not None and task.id not in v.scope.must:
        terms.append((-slack, v.staffed[task.id]))
        v.program.at_least(terms, -slack)
    else:
        v.program.at_least(terms, 0)
    if line.of is None and v.scope.task is None:
        _least(v, task, line, one_per, period)


def _least(v: Variables, task: Task, line: Line, one_per: int, period: int) -> None:
    """A row that holds anyway, and bounds the relaxation: whole units for the fewest people with
    whom the task's lines have their minimum (rounding, Chvátal 1973)."""
    people = sum(_fewest_people(v, task, other, period) for other in task.lines)
    least = -(-people // one_per)
    if least > line.minimum:
        v.program.at_least([*v.filled(task, line, period), (-least, v.staffed[task.id])], 0)


def _fewest_people(v: Variables, task: Task, line: Line, period: int) -> int:
    cells = v.at_line(task.id, line.id, period)
    people = (Fraction(line.minimum * sent.personnel, sent.weight) for sent in cells)
    return ceil(min(people, default=0))


def _scaled(task: Task) -> bool:
    return any(line.scaled for line in task.lines)


RULE = Rule(
    "R2",
    "scaled lines",
    apply,
    columns=("one_per",),
    sums_suffice=unless(_scaled),
    weights_suffice=unless(_scaled),
    holds_summed=always,
)
