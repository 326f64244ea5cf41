"""Washington waits for Europe and Europe for Washington: order finds the circle and names it."""

import pytest

from casebook import case
from casebook.order import PLEDGES
from casebook.pages_of_backstop import PARTS

TASK = "air_missile_defence"
US_ACTS = {*PARTS, "us_backstop"}


@pytest.fixture(scope="module")
def found():
    return case.planner().order([TASK, "theatre_command"], "reassurance_20k", time_limit=300)


def test_the_circle_is_the_pledges_with_any_us_part(found):
    assert found.circles.complete
    assert {frozenset(one) for one in found.circles.sets} == {
        frozenset({PLEDGES, part}) for part in US_ACTS
    }
    assert set(found.deadlocked) == {PLEDGES, *US_ACTS}


def test_nothing_else_waits_for_ever(found):
    assert found.out_of_reach == ()
    assert {"coalition_mandate", "deu_decision", "nato_plans_revised"} <= set(found.in_turn)


def test_what_only_the_united_states_has_comes_by_a_push_alone(found):
    """One side that goes first is enough, whichever it is."""
    task = found.task(TASK)
    assert task.reached == "no"
    assert task.ways_in_turn.sets == ()
    assert {(PLEDGES,), ("us_missile_defence",)} <= set(task.pushes.sets)
    assert found.task("theatre_command").earliest_month == 3


def test_no_circle_without_the_pledges_waiting():
    """If Europeans pledge without waiting, Washington comes in turn."""
    freed = case.planner().change("preconditions", precondition=PLEDGES, after="always")
    found = freed.order([TASK], "reassurance_20k", time_limit=300)
    assert found.circles.sets == ()
    assert "us_backstop" in found.in_turn
    assert found.task(TASK).reached == "yes"


def test_the_circle_rests_on_its_paragraphs():
    """Both sides of it, in what the rows cite."""
    rows = {row.precondition: row.source for row in case.planner().workspace.preconditions}
    assert "Key Results 7" in rows[PLEDGES]
    assert "Key Results 2" in rows[PLEDGES]
    assert "United States 6" in rows["us_involvement"]
    assert "United States 6" in rows["us_backstop"]
