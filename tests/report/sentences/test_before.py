"""What has to come before a way is said where its holders wait."""

from __future__ import annotations

from allocator.report.sentences.before import comes_before
from allocator.results.result import Family
from tests.handmade import line, problem

MADE = problem(
    [{"task": "t", "requires": "goal", "lines": [line(1)]}],
    {("FRA", "bn"): 1},
    preconditions={
        "goal": {"holder": "USA", "after": "step and staffed(t)", "lead_months": 6},
        "step": {"after": "first"},
        "first": {},
        "apart": {"after": "first"},
    },
)
WAYS = Family(complete=True, sets=(("goal",),))


def test_it_goes_on_from_what_is_waited_for() -> None:
    assert comes_before(MADE, MADE.world(), WAYS) == (
        "goal (USA) waits for step and t staffed, and comes 6 months later",
        "step (nobody named) waits for first",
    )


def test_what_the_world_gives_in_some_period_is_not_waited_for() -> None:
    world = MADE.world("today", {"first": 1})
    assert [text[:4] for text in comes_before(MADE, world, WAYS)] == ["goal"]


def test_nothing_where_nobody_waits() -> None:
    assert comes_before(MADE, MADE.world(), Family(complete=True, sets=(("first",),))) == ()
