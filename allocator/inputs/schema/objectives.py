"""What a plan may be optimised for."""

from __future__ import annotations

OBJECTIVES = (
    "staff_tasks",
    "meet_targets",
    "protect_commitments",
    "economy",
    "fewer_contingents",
    "share_burden",
)
"""In the order in which a model that names none has them."""

FURTHER_OBJECTIVES = ("stay_within_offers",)
"""What a model may name beside them."""

EVERY_OBJECTIVE = (*OBJECTIVES, *FURTHER_OBJECTIVES)
