"""What becomes of a plan that is under way when somebody leaves, asked once and remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from allocator.analysis.enduring import endured
from allocator.analysis.options import how_to_ask
from allocator.inputs.problem.losses import Kind, losses
from allocator.results.endurance import Endurance
from casebook import case
from casebook.finding import SMALL

WORLD = "ceasefire"
LOST: tuple[tuple[Kind, str], ...] = (("nation", "FRA"), ("nation", "GBR"))
FROM = (3,)
"""The third half-year: a year after the force has gone in."""

OBJECTIVES = ("staff_tasks", "protect_commitments", "economy", "fewer_contingents")
"""Those that are proved in seconds; the plan that is lost from is the best by these."""


@cache
def endurance() -> Endurance:
    """The joint plan of the 20,000 with a ceasefire, when one of its two leaders leaves."""
    asked = replace(case.problem(SMALL), objectives=OBJECTIVES)
    how = how_to_ask(time_limit=case.SECONDS)
    found = endured(asked, case.world(SMALL, WORLD), losses(LOST, FROM), how)
    assert not found.faults
    assert found.plan.status == "optimal", "it is called the best by these"
    return found
