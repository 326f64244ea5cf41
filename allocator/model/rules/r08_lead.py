"""R8: the framework nation. One nation of `any_of`, or each of `all_of`, that in every period
provides a unit of `provides` and at least `min_share` of the task's personnel."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.inputs.problem import Lead, Task
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
    leads = []
    for nation in candidates:
        variable = v.program.boolean()
        leads.append((1, variable))
        for period in task.periods:
            _provides(v, task.id, lead, nation, period, variable)
            _carries_share(v, task.id, lead, nation, period, variable)
    dropped = v.drop(task.id, "lead", needed)
    v.program.at_least([*leads, *dropped, (-needed, v.staffed[task.id])], 0)


def _provides(v: Variables, task: str, lead: Lead, nation: str, period: int, leads: int) -> None:
    units = [
        (1, sent.variable)
        for sent in v.at(task, period)
        if sent.nation == nation and lead.provides in (None, sent.capability)
    ]
    v.program.at_least([*units, (-1, leads)], 0)


def _carries_share(
    v: Variables, task: str, lead: Lead, nation: str, period: int, leads: int
) -> None:
    if not lead.min_share:
        return
    own = [(1000 * s.personnel, s.variable) for s in v.at(task, period) if s.nation == nation]
    everybody = [(lead.min_share * c, x) for c, x in v.deployed(task, period)]
    slack = v.program.most(everybody)
    terms = [*own, *((-c, x) for c, x in everybody), (-slack, leads)]
    v.program.at_least(terms, -slack)


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
