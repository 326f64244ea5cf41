"""Rules on tasks and offers (R6 to R11) are each seen to fire on one fault planted in a valid
allocation, and only that rule; and questions that leave out more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allocator.checker import RULES, violations
from allocator.inputs.schema.calendar import Month
from allocator.results.result import Allocation
from tests.checker.planted import (
    TASK,
    VALID,
    asked_of,
    rules_broken,
    with_units,
    without,
)
from tests.handmade import line, problem


def test_r6_the_number_of_nations() -> None:
    assert rules_broken(asked_of({"min_nations": 3, "max_nations": 3}), VALID) == ["R6"]
    assert rules_broken(asked_of({"min_nations": 1, "max_nations": 1}), VALID) == ["R6"]


def test_r6_every_member_contributes() -> None:
    assert rules_broken(asked_of({"members": ["FRA", "GBR"]}), VALID) == []
    assert rules_broken(asked_of({"members": ["FRA", "POL"]}), VALID) == ["R6"]


def test_r7_the_largest_share() -> None:
    """GBR sends 25 of 45 people, 555.6 in 1000."""
    assert rules_broken(asked_of({"max_share": 0.555}), VALID) == ["R7"]
    assert rules_broken(asked_of({"max_share": 0.556}), VALID) == []


@pytest.mark.parametrize(
    ("lead", "broken"),
    [
        ({"any_of": ["FRA"]}, False),
        ({"any_of": ["POL"]}, True),
        ({"all_of": ["FRA", "GBR"]}, False),
        ({"all_of": ["FRA", "POL"]}, True),
        ({"provides": "med"}, False),
        ({"any_of": ["FRA"], "provides": "med"}, True),
        ({"min_share": 0.555}, False),
        ({"min_share": 0.556}, True),
        ({"all_of": ["FRA", "GBR"], "min_share": 0.5}, True),
    ],
)
def test_r8_the_framework_nation(lead: dict[str, Any], broken: bool) -> None:
    assert rules_broken(asked_of({"lead": lead}), VALID) == (["R8"] if broken else [])


def test_r8_the_same_nation_leads_in_every_period() -> None:
    """A lead that changes hands is none."""
    asked = problem(
        [{"task": "t", "lead": {"any_of": ["FRA", "GBR"]}, "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        horizon=2,
    )
    sent = {("FRA", "t", "l", "bn", 1): 1, ("GBR", "t", "l", "bn", 2): 1}
    assert rules_broken(asked, Allocation(frozenset({"t"}), sent)) == ["R8"]


def test_r9_the_least_contribution_to_a_line() -> None:
    lines = [line(4, min_contribution=3), TASK["lines"][1]]
    asked = asked_of({"lines": lines})
    assert rules_broken(asked, VALID) == ["R9"]
    found = violations(asked, asked.world(), VALID)[0]
    assert found.places["nation"] == "FRA"
    assert "2 units in period 1, at least 3" in found.message


def test_r9_counts_all_capabilities_of_the_line_together() -> None:
    asked = problem(
        [{"task": "t", "lines": [line(2, "bn", "hq", min_contribution=2)]}],
        {("FRA", "bn"): 1, ("FRA", "hq"): 1},
    )
    sent = {("FRA", "t", "l", "bn", 1): 1, ("FRA", "t", "l", "hq", 1): 1}
    assert rules_broken(asked, Allocation(frozenset({"t"}), sent)) == []


@pytest.mark.parametrize(
    ("requires", "broken"),
    [
        ("vote", True),
        ("ceasefire", False),
        ("joins(FRA) and joins(GBR)", False),
        ("joins(POL)", True),
        ("staffed(t)", False),
        ("staffed(u)", True),
        ("never or at_least(2, vote, joins(FRA), ceasefire)", False),
    ],
)
def test_r10_the_tasks_own_condition(requires: str, broken: bool) -> None:
    assert rules_broken(asked_of({"requires": requires}), VALID) == (["R10"] if broken else [])


def test_r10_must_hold_in_every_period_of_the_window() -> None:
    asked = asked_of({"requires": "vote"})
    late = asked.world(with_={"vote": 2})
    assert [v.places["period"] for v in violations(asked, late, VALID)] == [1]


OFFERS = [
    {"nation": n, "capability": c, "quantity": q, "status": "firm"}
    for n, c, q in (("FRA", "bn", 2), ("GBR", "bn", 2), ("GBR", "med", 1))
]


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        ({"quantity": 1}, ["R11"]),
        ({"status": "possible"}, ["R11"]),
        ({"periods": "1"}, ["R11"]),
        ({"task": "u"}, ["R11"]),
        ({"requires": "vote"}, ["R11"]),
        ({"requires": "ceasefire and joins(FRA) and staffed(t)"}, []),
        ({"valid_until": "2026-06-14"}, ["R11"]),
        ({"valid_until": "2026-06-15"}, []),
    ],
)
def test_r11_offers_cover_what_is_sent(changed: dict, broken: list[str]) -> None:
    asked = asked_of(offers=[OFFERS[0] | changed, *OFFERS[1:]], count="firm")
    assert rules_broken(asked, VALID) == broken
    assert rules_broken(replace(asked, count="inventory"), VALID) == []


def test_r11_names_the_nation_the_period_and_by_how_much() -> None:
    asked = asked_of(offers=[OFFERS[0] | {"periods": "1"}, *OFFERS[1:]], count="indicated")
    (found,) = violations(asked, asked.world(), VALID)
    assert found.places == {"nation": "FRA", "capability": "bn", "period": 2, "task": "t"}
    assert "sends 2 bn in period 2" in found.message
    assert "indicated or firmer cover 0" in found.message
    assert found.amount == 2
    (dated,) = violations(replace(asked, starts=Month.parse("2026-01")), asked.world(), VALID)
    assert "sends 2 bn in period 2 (2026-07 to 2026-12), " in dated.message


def test_a_task_that_the_model_does_not_have_is_not_staffed() -> None:
    """An allocation cannot make it so by naming it."""
    asked = asked_of({"requires": "staffed(u)"})
    smaller = replace(asked, tasks=asked.tasks[:1])
    named = replace(VALID, staffed=frozenset({"t", "u"}))
    assert rules_broken(smaller, named) == ["R1", "R10"]


def test_commitments_taken_out_lock_nothing_and_cannot_be_released() -> None:
    asked = asked_of()
    lifted = frozenset({"c0"})
    assert rules_broken(asked, replace(VALID, released={}), without_commitments=lifted) == []
    assert rules_broken(asked, VALID, without_commitments=lifted) == ["R4"]


def test_units_of_no_nation_fill_lines_and_nothing_else() -> None:
    asked = asked_of()
    added = {("t", "l", "bn", 1): 1}
    fewer = with_units(FRA_t_l_bn_1=1)
    # The line is filled again; one unit of FRA is too few for the line all the same.
    assert rules_broken(asked, fewer) == ["R1", "R7", "R9"]
    assert rules_broken(asked, fewer, added=added) == ["R7", "R9"]
    none = without(("FRA", "t", "l", "bn", 1), ("FRA", "t", "l", "bn", 2))
    filled = {("t", "l", "bn", 1): 2, ("t", "l", "bn", 2): 2}
    assert rules_broken(asked, none, added=filled) == ["R6", "R7"]


def test_units_of_no_nation_are_carried_by_scaled_lines() -> None:
    asked = asked_of()
    assert rules_broken(asked, VALID, added={("t", "l", "bn", 1): 1}) == ["R2"]
    carried = {("t", "l", "bn", 1): 1, ("t", "m", "med", 1): 1}
    assert rules_broken(asked, VALID, added=carried) == []


@pytest.mark.parametrize(
    "added",
    [
        {("t", "l", "med", 1): 1},
        {("t", "l", "bn", 3): 1},
        {("u", "l", "bn", 1): 1},
        {("t", "x", "bn", 1): 1},
        {("t", "l", "bn", 1): 0},
    ],
)
def test_units_of_no_nation_stand_where_units_may(added: dict) -> None:
    assert rules_broken(asked_of(), VALID, added=added) == ["R1"]


def test_the_rules_are_numbered_in_order() -> None:
    assert list(RULES) == [f"R{number}" for number in range(1, 12)]
