"""R8: the framework nation. One nation of `any_of`, or each of `all_of`, that in every period
provides a unit of `provides` and at least `min_share` of the task's personnel."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.inputs.problem import Lead, Task
from allocator.model.leading import leads
from allocator.model.rules.rule import Droppable, Rule, always, unless
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        if task.lead is None:
            continue
        if task.lead.all_of is None:
            candidates = task.lead.any_of or v.nations_at(task.id)
            _leaders(v, task, task.lead, candidates, needed=1)
        else:
            _leaders(v, task, task.lead, task.lead.all_of, needed=len(task.lead.all_of))


def _leaders(v: Variables, task: Task, lead: Lead, candidates: Sequence[str], needed: int) -> None:
    named = [(1, leads(v, task, lead, nation)) for nation in candidates]
    dropped = v.drop(task.id, "lead", needed)
    v.program.at_least([*named, *dropped, (-needed, v.staffed[task.id])], 0)


RULE = Rule(
    "R8",
    "framework nation",
    apply,
    columns=("lead",),
    parts=(Droppable("lead", "lead", lambda task: task.lead is not None),),
    sums_suffice=unless(lambda task: task.lead is not None),
    weights_suffice=unless(lambda task: task.lead is not None),
    holds_summed=always,
)
