"""R6: how many nations contribute to a task, and which must, counted over all its periods. Of a
task that goes on, those that served before count for the least number and the members."""

from __future__ import annotations

from allocator.inputs.problem import Task
from allocator.model.rules.rule import Droppable, Rule, always, unless
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        served = v.problem.past.served_at(task.id)
        for nation in task.members:
            if nation not in served:
                _contributes(v, task, nation)
        needed = max(0, task.min_nations - len(served))
        if not needed and task.max_nations is None:
            continue
        counted = [(1, v.contribution(nation, task.id)) for nation in v.nations_at(task.id)]
        if needed:
            new = [(1, v.contribution(nation, task.id)) for nation in v.nations_at(task.id)
                   if nation not in served]  # fmt: skip
            least = [*new, (-needed, v.staffed[task.id])]
            v.program.at_least([*least, *v.drop(task.id, "min_nations", needed)], 0)
        if task.max_nations is not None and len(counted) > task.max_nations:
            spare = len(counted) - task.max_nations
            dropped = v.drop(task.id, "max_nations", -spare)
            v.program.at_most([*counted, *dropped], task.max_nations)


def _contributes(v: Variables, task: Task, nation: str) -> None:
    units = [(1, sent.variable) for sent in v.at(task.id) if sent.nation == nation]
    dropped = v.drop(task.id, "members", 1)
    v.program.at_least([*units, *dropped, (-1, v.staffed[task.id])], 0)


RULE = Rule(
    "R6",
    "number of nations",
    apply,
    columns=("min_nations", "max_nations", "members"),
    parts=(
        Droppable("min_nations", "min_nations", lambda task: bool(task.min_nations)),
        Droppable("max_nations", "max_nations", lambda task: task.max_nations is not None),
        Droppable("members", "members", lambda task: bool(task.members)),
    ),
    sums_suffice=unless(
        lambda task: task.min_nations > 1 or task.max_nations is not None or task.members
    ),
    weights_suffice=unless(lambda task: task.max_nations is not None or task.members),
    holds_summed=always,
)
