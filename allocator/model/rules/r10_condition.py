"""R10: a task is staffed only if its own condition holds in every period of its window."""

from __future__ import annotations

from allocator.model.literals import TRUE
from allocator.model.rules.rule import Droppable, Rule, always
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        for period in task.periods:
            condition = v.literals.of(task.requires, task.id, period)
            if condition == TRUE:
                continue
            allowed = [(1, condition)] if condition >= 0 else []
            dropped = v.drop(task.id, "condition", 1)
            v.program.at_least([*allowed, *dropped, (-1, v.staffed[task.id])], 0)


RULE = Rule(
    "R10",
    "condition of the task",
    apply,
    columns=("requires",),
    parts=(Droppable("condition", "condition", lambda task: True),),
    sums_suffice=always,
    weights_suffice=always,
    holds_summed=always,
)
