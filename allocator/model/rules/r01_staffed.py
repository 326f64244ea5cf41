"""R1: a staffed task meets every line's minimum in every period; one that is not gets nothing."""

from __future__ import annotations

from allocator.inputs.problem import Line, Task
from allocator.model.literals import FALSE
from allocator.model.rules.rule import Rule, always
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        for period in task.periods:
            _nothing_unless_staffed(v, task, period)
            for line in task.lines:
                if line.minimum:
                    _minimum(v, task, line, period)


def _nothing_unless_staffed(v: Variables, task: Task, period: int) -> None:
    units = [(1, sent.variable) for sent in v.at(task.id, period)]
    if units and task.id not in v.scope.must:
        v.program.at_most([*units, (-v.program.most(units), v.staffed[task.id])], 0)


def _minimum(v: Variables, task: Task, line: Line, period: int) -> None:
    """filled >= minimum * staffed, less the minimum where a line switch is on."""
    terms = [*v.filled(task, line, period), (-line.minimum, v.staffed[task.id])]
    if task.id == v.scope.task:
        spared = v.literals.switch("line", line.id)
        if spared != FALSE:
            terms.append((line.minimum, spared))
    v.program.at_least(terms, 0)


RULE = Rule(
    "R1",
    "staffed",
    apply,
    columns=("periods", "minimum", "any_of"),
    sums_suffice=always,
    weights_suffice=always,
    holds_summed=always,
)
