"""R7: in no period does a nation send more than `max_share` of the task's personnel."""

from __future__ import annotations

from allocator.model.rules.rule import Droppable, Rule, always, unless
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for task in v.tasks:
        if task.max_share is not None:
            for period in task.periods:
                for nation in v.nations_at(task.id):
                    _share(v, task.id, nation, period, task.max_share)


def _share(v: Variables, task: str, nation: str, period: int, max_share: int) -> None:
    own = [(1000 * s.personnel, s.variable) for s in v.at(task, period) if s.nation == nation]
    if own:
        everybody = [(-max_share * c, x) for c, x in v.deployed(task, period)]
        dropped = v.drop(task, "max_share", -v.program.most(own))
        v.program.at_most([*own, *everybody, *dropped], 0)


RULE = Rule(
    "R7",
    "largest share",
    apply,
    columns=("max_share",),
    parts=(Droppable("max_share", "max_share", lambda task: task.max_share is not None),),
    sums_suffice=unless(lambda task: task.max_share is not None),
    weights_suffice=unless(lambda task: task.max_share is not None),
    holds_summed=always,
)
