"""When a nation leads a task (R8), as a 0/1 variable that the rule and conditions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.inputs.problem import Lead, Task

if TYPE_CHECKING:
    from allocator.model.variables import Variables


def leads(v: Variables, task: Task, lead: Lead, nation: str) -> int:
    """Return a variable that is 1 only where the nation provides and carries its share in every
    period; made once. Whether the lead names the nation is for whoever asks.

    v: of the program. task: one of the model.
    """
    key = (nation, task.id)
    if key not in v.leads:
        variable = v.leads[key] = v.program.boolean()
        with v.defining(variable):
            for period in task.periods:
                _provides(v, task.id, lead, nation, period, variable)
                _carries_share(v, task.id, lead, nation, period, variable)
    return v.leads[key]


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
