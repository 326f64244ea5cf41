"""R9: in a period a nation sends a line at least `min_contribution` units, or none."""

from __future__ import annotations

from allocator.inputs.problem import Line, Task
from allocator.model.rules.rule import Rule, always, unless
from allocator.model.variables import Assignment, Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        for line in task.lines:
            if line.min_contribution > 1:
                for period in task.periods:
                    _all_or_nothing(v, line, v.at_line(task.id, line.id, period))


def _all_or_nothing(v: Variables, line: Line, at_line: list[Assignment]) -> None:
    for nation in sorted({sent.nation for sent in at_line}):
        units = [(1, sent.variable) for sent in at_line if sent.nation == nation]
        if v.program.most(units) < line.min_contribution:
            v.program.at_most(units, 0)
            continue
        sends = v.program.boolean()
        v.program.at_least([*units, (-line.min_contribution, sends)], 0)
        v.program.at_most([*units, (-v.program.most(units), sends)], 0)


def _least_contributions(task: Task) -> bool:
    return any(line.min_contribution > 1 for line in task.lines)


RULE = Rule(
    "R9",
    "least contribution",
    apply,
    columns=("min_contribution",),
    sums_suffice=unless(_least_contributions),
    weights_suffice=always,
    holds_summed=always,
)
