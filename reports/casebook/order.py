"""Who waits for whom in the reference case, asked once a model and remembered."""

from __future__ import annotations

from functools import cache

from allocator.results.order import Order
from casebook import case
from casebook.case import FORCES

PLEDGES = "european_pledges"


@cache
def order(model: str) -> Order:
    """From today on; every task of the default model, the land force or all of the others."""
    tasks = [case.LAND] if model in FORCES[1:] else []
    found = case.planner().order(tasks, model, time_limit=case.SECONDS)
    assert not found.faults
    assert not found.undecided
    assert found.circles.complete
    return found
