"""Each rule is seen to fire on one fault planted in a valid allocation, and only that rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from allocator.checker import RULES, is_valid, violations
from allocator.inputs.problem import Problem
from allocator.inputs.schema.calendar import Month
from allocator.results.result import Allocation
from tests.handmade import line, problem

UNITS = {
    ("FRA", "t", "l", "bn", 1): 2,
    ("FRA", "t", "l", "bn", 2): 2,
    ("GBR", "t", "l", "bn", 1): 2,
    ("GBR", "t", "l", "bn", 2): 2,
    ("GBR", "t", "m", "med", 1): 1,
    ("GBR", "t", "m", "med", 2): 1,
}
VALID = Allocation(frozenset({"t"}), UNITS, {("c0", 1): 1, ("c0", 2): 1})
TASK: dict[str, Any] = {
    "task": "t",
    "requires": "ceasefire",
    "min_nations": 2,
    "max_nations": 2,
    "max_share": 0.6,
    "lead": {"any_of": ["FRA", "GBR"], "provides": "med", "min_share": 0.5},
    "lines": [
        line(4, min_contribution=2),
        {"line": "m", "any_of": {"med": 1}, "one_per": 50},
    ],
}
FRA = {("FRA", "bn"): 1}
COMMITMENT = {
    "nation": "FRA",
    "capability": "bn",
    "quantity": 1,
    "release_requires": "ceasefire",
}


def _problem(task: Mapping[str, Any] | None = None, **other: Any) -> Problem:
    given: dict[str, Any] = {
        "capabilities": {"med": {"personnel": 5}},
        "preconditions": {"ceasefire": {"status": "met"}, "vote": {}},
        "commitments": [COMMITMENT],
        "caveats": [{"nation": "FRA", "requires": "vote", "capability": "med"}],
        "horizon": 3,
    }
    availability = {(n, "bn"): 2 for n in ("FRA", "GBR", "POL")} | {
        ("FRA", "med"): 1,
        ("GBR", "med"): 1,
    }
    asked = dict(TASK | {"periods": "1-2"} | dict(task or {}))
    beside = {"task": "u", "requires": "always", "lines": [line(0)]}
    return problem([asked, beside], availability, **(given | other))


def _broken(asked: Problem, allocation: Allocation, **question: Any) -> list[str]:
    found = violations(asked, asked.world(), allocation, **question)
    assert is_valid(asked, asked.world(), allocation, **question) == (not found)
    return sorted({violation.rule for violation in found})


def _units(**changes: int) -> Allocation:
    """The valid allocation with `NATION_task_line_capability_period` changed."""
    units = dict(UNITS)
    for name, quantity in changes.items():
        nation, task, line_id, capability, period = name.split("_")
        units[nation, task, line_id, capability, int(period)] = quantity
    return replace(VALID, units={key: n for key, n in units.items() if n is not None})


def _without(*keys: tuple[str, str, str, str, int]) -> Allocation:
    return replace(VALID, units={key: n for key, n in UNITS.items() if key not in keys})


def test_doing_nothing_is_valid() -> None:
    asked = _problem()
    assert violations(asked, asked.world(), Allocation()) == ()


def test_the_allocation_is_valid_before_a_fault_is_planted() -> None:
    asked = _problem()
    assert violations(asked, asked.world(), VALID) == ()


@pytest.mark.parametrize(
    ("allocation", "part"),
    [
        (replace(VALID, staffed=frozenset({"t", "nowhere"})), "no task nowhere"),
        (replace(VALID, staffed=frozenset()), "not staffed"),
        (_units(POL_u_l_bn_1=1), "not staffed"),
        (_units(FRA_t_l_bn_3=2), "periods are 1, 2"),
        (_units(FRA_t_m_bn_1=1), "takes med"),
        (_units(FRA_t_l_bn_1=0), "whole number"),
        (_units(FRA_t_l_bn_1=-1), "whole number"),
        (_units(FRA_t_l_bn_1=True), "whole number"),
        (_units(FRA_t_l_bn_1=2.0), "whole number"),
        (_units(USA_t_l_bn_1=1), "no such nation"),
        (_units(FRA_t_x_bn_1=1), "no such nation"),
        (_units(FRA_t_l_tank_1=1), "no such nation"),
        (_units(FRA_t_l_bn_9=1), "no such nation"),
        (_units(FRA_t_l_bn_1=1), "has 3 in period 1, its minimum is 4"),
    ],
)
def test_r1_a_staffed_task_and_its_units(allocation: Allocation, part: str) -> None:
    asked = _problem()
    found = violations(asked, asked.world(), allocation)
    assert any(violation.rule == "R1" and part in violation.message for violation in found)


def test_r1_tasks_and_nations_that_are_not_asked_about() -> None:
    asked = _problem()
    assert _broken(asked, VALID, only=frozenset({"t"})) == []
    assert _broken(asked, VALID, only=frozenset({"u"})) == ["R1"]
    assert _broken(asked, VALID, nations=("t", frozenset({"FRA", "GBR"}))) == []
    assert _broken(asked, VALID, nations=("t", frozenset({"FRA"}))) == ["R1"]
    assert _broken(asked, VALID, nations=("u", frozenset())) == []


def test_r2_a_scaled_line_carries_everybody_its_own_people_too() -> None:
    """40 people and 5 medics: one medical unit per 45 is enough, per 44 is not."""
    lines = [TASK["lines"][0], {"line": "m", "any_of": {"med": 1}, "one_per": 44}]
    found = violations(_problem({"lines": lines}), _problem().world(), VALID)
    assert [(v.rule, dict(v.places)) for v in found] == [
        ("R2", {"task": "t", "line": "m", "period": 1}),
        ("R2", {"task": "t", "line": "m", "period": 2}),
    ]
    assert "44 × 1 = 44 people" in found[0].message
    assert "45 are deployed" in found[0].message
    lines[1]["one_per"] = 45
    assert _broken(_problem({"lines": lines}), VALID) == []


def test_r2_counts_the_tasks_that_of_names_instead() -> None:
    lines = [TASK["lines"][0], {"line": "m", "any_of": {"med": 1}, "one_per": 1, "of": ["u"]}]
    asked = _problem({"lines": lines})
    assert _broken(asked, VALID) == []
    beside = replace(_units(POL_u_l_bn_1=1), staffed=frozenset({"t", "u"}))
    assert _broken(asked, beside) == ["R2"]
    # The task's window ends before period 3, and so does what its lines must carry.
    later = replace(_units(POL_u_l_bn_3=1), staffed=frozenset({"t", "u"}))
    assert _broken(asked, later) == []


def test_r3_no_more_than_is_available_and_free() -> None:
    asked = _problem()
    assert _broken(asked, replace(VALID, released={("c0", 1): 1})) == ["R3"]
    found = violations(asked, asked.world(), replace(VALID, released={("c0", 1): 1}))
    assert dict(found[0].places) == {"nation": "FRA", "capability": "bn", "period": 2}
    assert "2 bn of FRA" in found[0].message
    assert "1 are free" in found[0].message


@pytest.mark.parametrize(
    ("sent", "fits"),
    [
        ({1: 2}, True),
        ({1: 3}, False),  # surge: 2 × 3 > 4 + 1
        ({1: 2, 2: 2}, True),
        ({1: 2, 2: 2, 3: 2}, True),
        ({2: 2, 3: 2}, True),
    ],
)
def test_r3_a_rotation_of_two(sent: dict[int, int], fits: bool) -> None:
    assert _fits(sent, units=4, rotation=2) == fits


@pytest.mark.parametrize(
    ("sent", "fits"),
    [
        ({1: 2, 2: 1, 3: 1}, True),  # four serve or recover in period 3
        ({1: 1, 2: 2, 3: 2}, False),  # five would
        ({1: 2, 4: 2}, True),  # recovered by then
        ({1: 2, 3: 2}, True),
        ({1: 2, 2: 2, 3: 1}, False),
    ],
)
def test_r3_a_rotation_of_three(sent: dict[int, int], fits: bool) -> None:
    assert _fits(sent, units=4, rotation=3) == fits


@pytest.mark.parametrize(
    ("released", "sent", "fits"),
    [
        # Five units in twos, one of them rotating elsewhere: 3 in two periods together.
        ({}, {1: 1, 2: 1}, True),
        ({}, {1: 2}, True),  # 2 × 2 <= 5 - 2 + 1
        ({}, {1: 2, 2: 2}, False),
        # Released in period 1, the unit that served before it still recovers: 4 are free in 1.
        ({1: 1}, {1: 3}, True),  # 2 × 3 <= 5 + 1, and 3 <= 5 - 1
        ({1: 1}, {1: 3, 2: 1}, True),  # and 4 in 2, where it serves again
        ({1: 1}, {1: 3, 2: 2}, False),
        ({1: 1, 2: 1}, {1: 3, 2: 2}, True),
        ({1: 1, 2: 1}, {1: 3, 2: 3}, False),
    ],
)
def test_r3_a_rotating_commitment_recovers_as_well(
    released: dict[int, int], sent: dict[int, int], fits: bool
) -> None:
    commitment = {"rotating": "yes", "quantity": 1}
    assert _fits(sent, units=5, rotation=2, released=released, **commitment) == fits


def test_r3_before_period_1_a_rotating_commitment_stood_as_in_period_1() -> None:
    """Six units in threes; one rotates elsewhere in period 1 only, and did so before it."""
    commitment = {"rotating": "yes", "quantity": 1, "periods": "1"}
    assert _fits({1: 1}, units=4, rotation=3, **commitment)
    assert not _fits({1: 2}, units=4, rotation=3, **commitment)  # 4 - 3 × 1 = 1 is free
    assert _fits({2: 2}, units=4, rotation=3, **commitment)  # in 2: 4 - 1 - 1
    assert not _fits({2: 3}, units=4, rotation=3, **commitment)
    # A standing one locks its unit in its own periods, and nothing recovers.
    assert _fits({2: 2}, units=4, rotation=3, quantity=1, periods="1")


def test_r3_overcommitted_nations_have_nothing_and_releases_first_make_up() -> None:
    commitment = {"quantity": 3}
    assert _fits({}, units=2, rotation=1, **commitment)
    assert not _fits({1: 1}, units=2, rotation=1, released={1: 1}, **commitment)
    assert _fits({1: 1}, units=2, rotation=1, released={1: 2}, **commitment)


def _fits(
    sent: dict[int, int],
    units: int,
    rotation: int,
    released: dict[int, int] | None = None,
    **commitment: Any,
) -> bool:
    row = {"nation": "FRA", "capability": "bn", "release_requires": "always"} | commitment
    asked = problem(
        [{"task": "t", "lines": [line(0)]}],
        {("FRA", "bn"): units},
        capabilities={"bn": {"rotation": rotation}},
        commitments=[row] if commitment else [],
        horizon=4,
    )
    allocation = Allocation(
        frozenset({"t"}),
        {("FRA", "t", "l", "bn", p): n for p, n in sent.items()},
        {("c0", p): n for p, n in (released or {}).items()},
    )
    broken = _broken(asked, allocation)
    assert broken in ([], ["R3"])
    return not broken


@pytest.mark.parametrize(
    ("released", "part"),
    [
        ({("c0", 1): 2, ("c0", 2): 1}, "it has 1"),
        ({("c0", 1): 1, ("c0", 2): 1, ("c0", 3): -1}, "it has 1"),
        ({("c0", 1): 1, ("c0", 2): 1, ("nowhere", 1): 1}, "no commitment nowhere"),
        ({("c0", 1): 1, ("c0", 2): 1, ("c0", 4): 1}, "no commitment c0 in period 4"),
    ],
)
def test_r4_no_more_is_released_than_is_committed(released: dict, part: str) -> None:
    asked = _problem()
    found = violations(asked, asked.world(), replace(VALID, released=released))
    assert [violation.rule for violation in found] == ["R4"]
    assert part in found[0].message


def test_r4_only_where_the_release_condition_holds() -> None:
    asked = _problem(commitments=[COMMITMENT | {"release_requires": "vote"}])
    today = asked.world()
    assert {v.places["period"] for v in violations(asked, today, VALID) if v.rule == "R4"} == {1, 2}
    assert _broken(asked, VALID) == ["R4"]
    late = asked.world(with_={"vote": 2})
    assert {v.places["period"] for v in violations(asked, late, VALID) if v.rule == "R4"} == {1}


def test_r5_nothing_in_scope_where_the_limit_is_blank() -> None:
    caveat = {"nation": "GBR", "requires": "vote", "capability": "med"}
    asked = _problem(caveats=[caveat], capabilities={"med": {"personnel": 0}})
    found = [v for v in violations(asked, asked.world(), VALID) if v.rule == "R5"]
    assert [v.places["period"] for v in found] == [1, 2]
    assert "1 units" in found[0].message
    assert "allows 0" in found[0].message
    # A limit of 0 people lets units without people pass.
    asked = _problem(
        caveats=[caveat | {"max_personnel": 0}], capabilities={"med": {"personnel": 0}}
    )
    assert "R5" not in _broken(asked, VALID)


@pytest.mark.parametrize(
    ("caveat", "broken"),
    [
        ({"max_personnel": 24}, True),  # GBR sends 25 people
        ({"max_personnel": 25}, False),
        ({"max_personnel": 20, "capability": "bn"}, False),
        ({"max_personnel": 4, "capability": "med"}, True),
        ({"periods": "3"}, False),
        ({"periods": "2"}, True),
        ({"task": "u"}, False),
        ({"task": "t;u"}, True),
        ({"requires": "joins(FRA)"}, False),
        ({"requires": "joins(POL)"}, True),
        ({"requires": "joins(GBR)"}, False),
        ({"requires": "staffed(t)"}, False),
        ({"requires": "staffed(u)"}, True),
        ({"requires": "at_least(2, ceasefire, ceasefire)"}, False),
        ({"requires": "ceasefire and vote"}, True),
        ({"requires": "always"}, False),
    ],
)
def test_r5_a_caveat_and_its_scope(caveat: dict[str, Any], broken: bool) -> None:
    asked = _problem(caveats=[{"nation": "GBR", "requires": "vote"} | caveat])
    assert _broken(asked, VALID) == (["R5"] if broken else [])


def test_r5_every_caveat_that_matches_applies() -> None:
    """The wider limit does not stand in for the narrower one."""
    caveats = [
        {"nation": "GBR", "requires": "vote", "max_personnel": 100},
        {"nation": "GBR", "requires": "vote", "max_personnel": 24},
    ]
    asked = _problem(caveats=caveats)
    found = violations(asked, asked.world(), VALID)
    assert {violation.places["caveat"] for violation in found} == {"v1"}
    assert _broken(asked, VALID, without_caveats=frozenset({"v1"})) == []
    assert _broken(asked, VALID, without_caveats=frozenset({"v0"})) == ["R5"]


def test_r6_the_number_of_nations() -> None:
    assert _broken(_problem({"min_nations": 3, "max_nations": 3}), VALID) == ["R6"]
    assert _broken(_problem({"min_nations": 1, "max_nations": 1}), VALID) == ["R6"]


def test_r5_says_for_what_it_binds_a_reserve() -> None:
    caveat = {"nation": "FRA", "task": "t", "requires": "never"}
    reserve = {"task": "r", "reinforces": ["t"], "lines": [line(1)]}
    given = problem([{"task": "t", "lines": [line(1)]}, reserve], FRA, caveats=[caveat])
    sent = Allocation(frozenset({"r"}), {("FRA", "r", "l", "bn", 1): 1})
    (broken,) = violations(given, given.world(), sent)
    assert broken.message == (
        "FRA sends r in period 1 1 units, caveat v0 allows 0 as a reserve for t"
    )


def test_r6_every_member_contributes() -> None:
    assert _broken(_problem({"members": ["FRA", "GBR"]}), VALID) == []
    assert _broken(_problem({"members": ["FRA", "POL"]}), VALID) == ["R6"]


def test_r7_the_largest_share() -> None:
    """GBR sends 25 of 45 people, 555.6 in 1000."""
    assert _broken(_problem({"max_share": 0.555}), VALID) == ["R7"]
    assert _broken(_problem({"max_share": 0.556}), VALID) == []


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
    assert _broken(_problem({"lead": lead}), VALID) == (["R8"] if broken else [])


def test_r8_the_same_nation_leads_in_every_period() -> None:
    """A lead that changes hands is none."""
    asked = problem(
        [{"task": "t", "lead": {"any_of": ["FRA", "GBR"]}, "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        horizon=2,
    )
    sent = {("FRA", "t", "l", "bn", 1): 1, ("GBR", "t", "l", "bn", 2): 1}
    assert _broken(asked, Allocation(frozenset({"t"}), sent)) == ["R8"]


def test_r9_the_least_contribution_to_a_line() -> None:
    lines = [line(4, min_contribution=3), TASK["lines"][1]]
    asked = _problem({"lines": lines})
    assert _broken(asked, VALID) == ["R9"]
    found = violations(asked, asked.world(), VALID)[0]
    assert found.places["nation"] == "FRA"
    assert "2 units in period 1, at least 3" in found.message


def test_r9_counts_all_capabilities_of_the_line_together() -> None:
    asked = problem(
        [{"task": "t", "lines": [line(2, "bn", "hq", min_contribution=2)]}],
        {("FRA", "bn"): 1, ("FRA", "hq"): 1},
    )
    sent = {("FRA", "t", "l", "bn", 1): 1, ("FRA", "t", "l", "hq", 1): 1}
    assert _broken(asked, Allocation(frozenset({"t"}), sent)) == []


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
    assert _broken(_problem({"requires": requires}), VALID) == (["R10"] if broken else [])


def test_r10_must_hold_in_every_period_of_the_window() -> None:
    asked = _problem({"requires": "vote"})
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
    asked = _problem(offers=[OFFERS[0] | changed, *OFFERS[1:]], count="firm")
    assert _broken(asked, VALID) == broken
    assert _broken(replace(asked, count="inventory"), VALID) == []


def test_r11_names_the_nation_the_period_and_by_how_much() -> None:
    asked = _problem(offers=[OFFERS[0] | {"periods": "1"}, *OFFERS[1:]], count="indicated")
    (found,) = violations(asked, asked.world(), VALID)
    assert found.places == {"nation": "FRA", "capability": "bn", "period": 2, "task": "t"}
    assert "sends 2 bn in period 2" in found.message
    assert "indicated or firmer cover 0" in found.message
    assert found.amount == 2
    (dated,) = violations(replace(asked, starts=Month.parse("2026-01")), asked.world(), VALID)
    assert "sends 2 bn in period 2 (2026-07 to 2026-12), " in dated.message


def test_a_task_that_the_model_does_not_have_is_not_staffed() -> None:
    """An allocation cannot make it so by naming it."""
    asked = _problem({"requires": "staffed(u)"})
    smaller = replace(asked, tasks=asked.tasks[:1])
    named = replace(VALID, staffed=frozenset({"t", "u"}))
    assert _broken(smaller, named) == ["R1", "R10"]


def test_commitments_taken_out_lock_nothing_and_cannot_be_released() -> None:
    asked = _problem()
    lifted = frozenset({"c0"})
    assert _broken(asked, replace(VALID, released={}), without_commitments=lifted) == []
    assert _broken(asked, VALID, without_commitments=lifted) == ["R4"]


def test_units_of_no_nation_fill_lines_and_nothing_else() -> None:
    asked = _problem()
    added = {("t", "l", "bn", 1): 1}
    fewer = _units(FRA_t_l_bn_1=1)
    # The line is filled again; one unit of FRA is too few for the line all the same.
    assert _broken(asked, fewer) == ["R1", "R7", "R9"]
    assert _broken(asked, fewer, added=added) == ["R7", "R9"]
    none = _without(("FRA", "t", "l", "bn", 1), ("FRA", "t", "l", "bn", 2))
    filled = {("t", "l", "bn", 1): 2, ("t", "l", "bn", 2): 2}
    assert _broken(asked, none, added=filled) == ["R6", "R7"]


def test_units_of_no_nation_are_carried_by_scaled_lines() -> None:
    asked = _problem()
    assert _broken(asked, VALID, added={("t", "l", "bn", 1): 1}) == ["R2"]
    carried = {("t", "l", "bn", 1): 1, ("t", "m", "med", 1): 1}
    assert _broken(asked, VALID, added=carried) == []


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
    assert _broken(_problem(), VALID, added=added) == ["R1"]


def test_the_rules_are_numbered_in_order() -> None:
    assert list(RULES) == [f"R{number}" for number in range(1, 12)]
