"""What a plan may be optimised for: each objective declared once, for all that name it.

How one is built is in `allocator/model/objectives.py`; what it comes to by its definition, a second
time, in `allocator/checker/objectives.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ObjectiveKind:
    """An objective as planners name and read it.

    id: as models name it. title: what its value counts. short: the same in a word or two.
    maximised: whether more is better. is_default: whether a model that names no objectives has it.
    in_front: whether it may be traded against others in a front. shown: the title where people
    read its figures, each divided by `per`; as it is where left out.
    """

    id: str
    title: str
    short: str
    maximised: bool = False
    is_default: bool = True
    in_front: bool = True
    shown: str = ""
    per: int = 1


KINDS = (
    ObjectiveKind("staff_tasks", "tasks staffed", "tasks", maximised=True, in_front=False),
    ObjectiveKind(
        "meet_targets",
        "shortfall against targets, in millionths of a target",
        "shortfall",
        shown="shortfall against targets, in target-periods",
        per=1_000_000,
    ),
    ObjectiveKind(
        "protect_commitments", "risk of released commitments, summed over periods", "risk"
    ),
    ObjectiveKind("economy", "people deployed, summed over periods", "people"),
    ObjectiveKind("fewer_contingents", "contingents (a nation at a task)", "contingents"),
    ObjectiveKind(
        "share_burden", "largest burden of a nation, per thousand active personnel", "burden"
    ),
    ObjectiveKind(
        "stay_within_offers",
        "units sent beyond what is offered, summed over periods",
        "beyond offers",
        is_default=False,
        in_front=False,
    ),
)
"""In the order in which a model that names none has its defaults."""

BY_ID = {kind.id: kind for kind in KINDS}
OBJECTIVES = tuple(kind.id for kind in KINDS if kind.is_default)
"""What a model that names none is optimised for, in this order."""

EVERY_OBJECTIVE = tuple(BY_ID)

LARGEST_SHARE = "largest_share"
"""The largest part of a task's people that one nation sends in any period, in thousandths: of a
task that is asked about alone its own, whatever is staffed beside it; of the joint plan that of any
task. No objective of the models, so it has rows of its own."""

OF_FRONTS = (*(kind.id for kind in KINDS if kind.in_front), LARGEST_SHARE)
"""What may be traded off in a front."""

MOST_IN_A_FRONT = 3
