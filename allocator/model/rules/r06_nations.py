"""R6: how many nations contribute to a task, counted over all its periods."""

from __future__ import annotations

from allocator.model.rules.rule import Droppable, Rule, always, unless
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        if not task.min_nations and task.max_nations is None:
            continue
        counted = [(1, v.contribution(nation, task.id)) for nation in v.nations_at(task.id)]
        if task.min_nations:
            least = [*counted, (-task.min_nations, v.staffed[task.id])]
            v.program.at_least([*least, *v.drop(task.id, "min_nations", task.min_nations)], 0)
        if task.max_nations is not None and len(counted) > task.max_nations:
            spare = len(counted) - task.max_nations
            dropped = v.drop(task.id, "max_nations", -spare)
            v.program.at_most([*counted, *dropped], task.max_nations)


RULE = Rule(
    "R6",
    "number of nations",
    apply,
    columns=("min_nations", "max_nations"),
    parts=(
        Droppable("min_nations", "min_nations", lambda task: bool(task.min_nations)),
        Droppable("max_nations", "max_nations", lambda task: task.max_nations is not None),
    ),
    sums_suffice=unless(lambda task: task.min_nations > 1 or task.max_nations is not None),
    weights_suffice=unless(lambda task: task.max_nations is not None),
    holds_summed=always,
)
