"""What is left of the time goes to the plan, where its share was not enough."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.analysis import enduring
from allocator.analysis.options import how_to_ask
from allocator.deadline import Deadline
from allocator.inputs.problem.losses import losses
from allocator.results.endurance import Endurance
from allocator.results.result import Plan
from allocator.search.plan.joint import joint_plan
from tests.handmade import line, problem


class Slow:
    """The joint plan, found at the second try; `given`: seconds that each had."""

    def __init__(self) -> None:
        self.given: list[float] = []

    def __call__(
        self, problem: Any, world: Any, settings: Any, deadline: Deadline, *more: Any
    ) -> Plan:
        self.given.append(deadline.remaining())
        if len(self.given) == 1:
            return Plan(status="unknown")
        return joint_plan(problem, world, settings, deadline, *more)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow()
    monkeypatch.setattr(enduring, "joint_plan", made)
    return made


def endured(limit: float) -> Endurance:
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1})
    how = how_to_ask(time_limit=limit)
    return enduring.endured(asked, asked.world(), losses([("nation", "FRA")], [1]), how)


def test_without_a_plan_there_is_nothing_to_ask(slow: Slow) -> None:
    """Its share; then the rest, and no answer before that is over."""
    found = endured(60)
    share, rest = slow.given
    assert share < 30 < rest
    assert [one.state for one in found.events[0].tasks] == ["falls"]


def test_a_short_time_is_the_plans(slow: Slow) -> None:
    endured(enduring.PLAN_LEAST)
    assert slow.given[0] > 0.6 * enduring.PLAN_LEAST
