"""R5: unless its condition holds, a caveat limits what a nation sends within its scope.

The limit counts people per task and period; where it is blank, nothing at all may be sent.
"""

from __future__ import annotations

from allocator.inputs.problem import Caveat
from allocator.model.literals import FALSE, TRUE
from allocator.model.rules.rule import Rule, always
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for caveat in v.problem.caveats:
        for task in v.tasks:
            if task.id in caveat.tasks:
                for period in task.periods:
                    if period in caveat.periods:
                        _limit(v, caveat, task.id, period)


def _limit(v: Variables, caveat: Caveat, task: str, period: int) -> None:
    in_scope = [
        sent
        for sent in v.at(task, period)
        if sent.nation == caveat.nation and sent.capability in caveat.capabilities
    ]
    if not in_scope:
        return
    limit = caveat.max_personnel or 0
    each = [(1 if caveat.max_personnel is None else s.personnel, s.variable) for s in in_scope]
    most = v.program.most(each)
    condition = v.literals.of(caveat.requires, task, period, caveat.nation)
    waived = v.literals.at_least(1, [condition, v.literals.switch("caveat", caveat.id)])
    if waived == TRUE or most <= limit:
        return
    if waived == FALSE:
        v.program.at_most(each, limit)
    else:
        v.program.at_most([*each, (limit - most, waived)], limit)


RULE = Rule(
    "R5",
    "caveats",
    apply,
    columns=("area", "axis", "reinforces"),
    sums_suffice=always,
    weights_suffice=always,
    holds_summed=always,
)
