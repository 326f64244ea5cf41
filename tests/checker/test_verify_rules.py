"""Rules on units and caveats (R1 to R5) are each seen to fire on one fault planted in a valid
allocation, and only that rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allocator.checker import violations
from allocator.results.result import Allocation
from tests.checker.planted import (
    COMMITMENT,
    FRA,
    TASK,
    VALID,
    asked_of,
    rules_broken,
    with_units,
)
from tests.handmade import line, problem


def test_doing_nothing_is_valid() -> None:
    asked = asked_of()
    assert violations(asked, asked.world(), Allocation()) == ()


def test_the_allocation_is_valid_before_a_fault_is_planted() -> None:
    asked = asked_of()
    assert violations(asked, asked.world(), VALID) == ()


@pytest.mark.parametrize(
    ("allocation", "part"),
    [
        (replace(VALID, staffed=frozenset({"t", "nowhere"})), "no task nowhere"),
        (replace(VALID, staffed=frozenset()), "not staffed"),
        (with_units(POL_u_l_bn_1=1), "not staffed"),
        (with_units(FRA_t_l_bn_3=2), "periods are 1, 2"),
        (with_units(FRA_t_m_bn_1=1), "takes med"),
        (with_units(FRA_t_l_bn_1=0), "whole number"),
        (with_units(FRA_t_l_bn_1=-1), "whole number"),
        (with_units(FRA_t_l_bn_1=True), "whole number"),
        (with_units(FRA_t_l_bn_1=2.0), "whole number"),
        (with_units(USA_t_l_bn_1=1), "no such nation"),
        (with_units(FRA_t_x_bn_1=1), "no such nation"),
        (with_units(FRA_t_l_tank_1=1), "no such nation"),
        (with_units(FRA_t_l_bn_9=1), "no such nation"),
        (with_units(FRA_t_l_bn_1=1), "has 3 in period 1, its minimum is 4"),
    ],
)
def test_r1_a_staffed_task_and_its_units(allocation: Allocation, part: str) -> None:
    asked = asked_of()
    found = violations(asked, asked.world(), allocation)
    assert any(violation.rule == "R1" and part in violation.message for violation in found)


def test_r1_tasks_and_nations_that_are_not_asked_about() -> None:
    asked = asked_of()
    assert rules_broken(asked, VALID, only=frozenset({"t"})) == []
    assert rules_broken(asked, VALID, only=frozenset({"u"})) == ["R1"]
    assert rules_broken(asked, VALID, nations=("t", frozenset({"FRA", "GBR"}))) == []
    assert rules_broken(asked, VALID, nations=("t", frozenset({"FRA"}))) == ["R1"]
    assert rules_broken(asked, VALID, nations=("u", frozenset())) == []


def test_r2_a_scaled_line_carries_everybody_its_own_people_too() -> None:
    """40 people and 5 medics: one medical unit per 45 is enough, per 44 is not."""
    lines = [TASK["lines"][0], {"line": "m", "any_of": {"med": 1}, "one_per": 44}]
    found = violations(asked_of({"lines": lines}), asked_of().world(), VALID)
    assert [(v.rule, dict(v.places)) for v in found] == [
        ("R2", {"task": "t", "line": "m", "period": 1}),
        ("R2", {"task": "t", "line": "m", "period": 2}),
    ]
    assert "44 × 1 = 44 people" in found[0].message
    assert "45 are deployed" in found[0].message
    lines[1]["one_per"] = 45
    assert rules_broken(asked_of({"lines": lines}), VALID) == []


def test_r2_counts_the_tasks_that_of_names_instead() -> None:
    lines = [TASK["lines"][0], {"line": "m", "any_of": {"med": 1}, "one_per": 1, "of": ["u"]}]
    asked = asked_of({"lines": lines})
    assert rules_broken(asked, VALID) == []
    beside = replace(with_units(POL_u_l_bn_1=1), staffed=frozenset({"t", "u"}))
    assert rules_broken(asked, beside) == ["R2"]
    # The task's window ends before period 3, and so does what its lines must carry.
    later = replace(with_units(POL_u_l_bn_3=1), staffed=frozenset({"t", "u"}))
    assert rules_broken(asked, later) == []


def test_r3_no_more_than_is_available_and_free() -> None:
    asked = asked_of()
    assert rules_broken(asked, replace(VALID, released={("c0", 1): 1})) == ["R3"]
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
    broken = rules_broken(asked, allocation)
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
    asked = asked_of()
    found = violations(asked, asked.world(), replace(VALID, released=released))
    assert [violation.rule for violation in found] == ["R4"]
    assert part in found[0].message


def test_r4_only_where_the_release_condition_holds() -> None:
    asked = asked_of(commitments=[COMMITMENT | {"release_requires": "vote"}])
    today = asked.world()
    assert {v.places["period"] for v in violations(asked, today, VALID) if v.rule == "R4"} == {1, 2}
    assert rules_broken(asked, VALID) == ["R4"]
    late = asked.world(with_={"vote": 2})
    assert {v.places["period"] for v in violations(asked, late, VALID) if v.rule == "R4"} == {1}


def test_r5_nothing_in_scope_where_the_limit_is_blank() -> None:
    caveat = {"nation": "GBR", "requires": "vote", "capability": "med"}
    asked = asked_of(caveats=[caveat], capabilities={"med": {"personnel": 0}})
    found = [v for v in violations(asked, asked.world(), VALID) if v.rule == "R5"]
    assert [v.places["period"] for v in found] == [1, 2]
    assert "1 unit, " in found[0].message
    assert "allows 0" in found[0].message
    # A limit of 0 people lets units without people pass.
    asked = asked_of(
        caveats=[caveat | {"max_personnel": 0}], capabilities={"med": {"personnel": 0}}
    )
    assert "R5" not in rules_broken(asked, VALID)


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
    asked = asked_of(caveats=[{"nation": "GBR", "requires": "vote"} | caveat])
    assert rules_broken(asked, VALID) == (["R5"] if broken else [])


def test_r5_every_caveat_that_matches_applies() -> None:
    """The wider limit does not stand in for the narrower one."""
    caveats = [
        {"nation": "GBR", "requires": "vote", "max_personnel": 100},
        {"nation": "GBR", "requires": "vote", "max_personnel": 24},
    ]
    asked = asked_of(caveats=caveats)
    found = violations(asked, asked.world(), VALID)
    assert {violation.places["caveat"] for violation in found} == {"v1"}
    assert rules_broken(asked, VALID, without_caveats=frozenset({"v1"})) == []
    assert rules_broken(asked, VALID, without_caveats=frozenset({"v0"})) == ["R5"]


def test_r5_says_for_what_it_binds_a_reserve() -> None:
    caveat = {"nation": "FRA", "task": "t", "requires": "never"}
    reserve = {"task": "r", "reinforces": ["t"], "lines": [line(1)]}
    given = problem([{"task": "t", "lines": [line(1)]}, reserve], FRA, caveats=[caveat])
    sent = Allocation(frozenset({"r"}), {("FRA", "r", "l", "bn", 1): 1})
    (broken,) = violations(given, given.world(), sent)
    assert broken.message == (
        "FRA sends r in period 1 1 unit, caveat v0 allows 0 as a reserve for t"
    )
