"""Caveats (R5), and what they ask for, alone: an allocation that the program takes,
and one unit off that it refuses.

The checker, which shares no code with the program, must give the same rule as the reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from fitting import decides, taken

from allocator.checker import violations
from allocator.inputs.problem import Problem
from allocator.results.result import Allocation
from tests.handmade import line
from tests.model.alone import Units, limit, plain, sent, task

# --- R5 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "fits"), [(20, True), (19, False)])
def test_r5_people_within_the_scope(most: int, fits: bool) -> None:
    """Two units of ten."""
    assert decides("R5", plain(caveats=[limit(max_personnel=most)]), sent(FRA=2)) is fits


def test_r5_no_number_means_nothing_at_all() -> None:
    """Not even units without people; a limit of 0 people lets those through."""
    for more, fits in (({}, False), ({"max_personnel": 0}, True)):
        asked = plain(caveats=[limit(**more)], capabilities={"bn": {"personnel": 0}})
        assert decides("R5", asked, sent(FRA=1)) is fits


@pytest.mark.parametrize(
    ("requires", "fits"),
    [
        ("joins(FRA)", True),  # its own
        ("joins(GBR)", False),
        ("joins(FRA) and joins(GBR)", False),
        ("joins(FRA) and vote", False),
        ("at_least(2, vote, joins(FRA), joins(FRA))", True),  # a repeated entry counts twice
        ("at_least(2, vote, joins(FRA), joins(GBR))", False),
        ("at_least(3, joins(FRA), joins(FRA), vote)", False),
        ("staffed(t)", True),
        ("staffed(far)", False),  # the model has no such task
        ("staffed(far) or always", True),
        ("ceasefire", True),
        ("vote", False),
    ],
)
def test_r5_the_condition_lifts_the_caveat(requires: str, fits: bool) -> None:
    """France alone at the task, in a world with a ceasefire and without a vote."""
    asked = _conditional(requires)
    assert decides("R5", asked, sent(FRA=1)) is fits


def _conditional(requires: str) -> Problem:
    """The table of another model knows task `far`."""
    from allocator.inputs.inspection import from_tables
    from allocator.inputs.problem import build

    other = {"name": "other", "horizon": {"periods": 1, "months_per_period": 6}}
    far = {"task": "far", "lines": [line(1)]}
    base = {"name": "m", "horizon": {"periods": 1, "months_per_period": 6}}
    tables: dict[str, list[dict[str, Any]]] = {
        "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR")],
        "capabilities": [{"capability": "bn", "name": "bn", "domain": "land", "unit": "u",
                          "personnel": 10}],
        "availability": [{"nation": n, "capability": "bn", "quantity": 2, "basis": "estimate"}
                         for n in ("FRA", "GBR")],
        "preconditions": [{"precondition": p, "name": p, "kind": "political", "status": s}
                          for p, s in (("ceasefire", "met"), ("vote", "open"))],
        "caveats": [{"caveat": "v0", "basis": "estimate"} | limit(requires)],
        "commitments": [],
        "worlds": [],
    }  # fmt: skip
    workspace, issues = from_tables(tables, [base | {"tasks": [task()]}, other | {"tasks": [far]}])
    assert workspace is not None, [str(issue) for issue in issues]
    return build(workspace, "m")


@pytest.mark.parametrize(("british", "fits"), [(1, True), (0, False)])
def test_r5_joins_is_asked_for_task_and_period(british: int, fits: bool) -> None:
    """Britain at the task in period 1 does not help in period 2."""
    asked = plain(caveats=[limit("joins(GBR)")], horizon=2)
    units = sent(FRA=1, FRA_2=1, GBR=1, GBR_2=british)
    assert decides("R5", asked, units) is fits


def test_r5_several_caveats_all_apply() -> None:
    """The tightest counts."""
    for tight, fits in ((20, True), (10, False)):
        caveats = [limit(max_personnel=30), limit(max_personnel=tight)]
        assert decides("R5", plain(caveats=caveats), sent(FRA=2)) is fits


LEAD = {"any_of": ["GBR"], "provides": "hq", "min_share": 0.5}


def _with_a_lead(requires: str, **more: Any) -> Problem:
    """FRA and GBR may send battalions and headquarters; a caveat of FRA."""
    have = {(n, c): 3 for n in ("FRA", "GBR") for c in ("bn", "hq")}
    lines = [line(1), {"line": "h", "any_of": {"hq": 1}, "minimum": 0}]
    caveats = [limit(requires)] if requires else []
    asked = task(lines=lines, **({"lead": LEAD} | more))
    return plain(asked, have=have, caveats=caveats, horizon=2)


def _of(units: dict[str, int]) -> Units:
    """`GBR_hq_2` in period 2."""
    found: Units = {}
    for name, quantity in units.items():
        nation, capability, period = f"{name}_1".split("_")[:3]
        found[nation, "t", "h" if capability == "hq" else "l", capability, int(period)] = quantity
    return found


FRA_AND_GBR = {"FRA_bn": 1, "FRA_bn_2": 1, "GBR_hq": 1, "GBR_hq_2": 1}


@pytest.mark.parametrize(
    ("requires", "more", "units", "fits"),
    [
        ("led_by(GBR)", {}, FRA_AND_GBR, True),
        ("led_by(GBR)", {}, FRA_AND_GBR | {"FRA_bn": 2}, False),  # 1 of 3 of the people
        ("led_by(GBR)", {}, FRA_AND_GBR | {"FRA_bn_2": 2}, False),  # in every period
        ("led_by(GBR)", {}, {"FRA_bn": 1, "FRA_bn_2": 1, "GBR_hq": 1, "GBR_bn_2": 1}, False),
        ("led_by(FRA)", {}, FRA_AND_GBR, False),  # the lead does not name it
        ("led_by(FRA) or led_by(GBR)", {}, FRA_AND_GBR, True),
        ("led_by(FRA)", {"lead": {"min_share": 0.5}}, FRA_AND_GBR, True),  # its own, asked for
        ("led_by(FRA)", {"lead": {"min_share": 0.6}}, FRA_AND_GBR, False),  # and not given
        ("led_by(GBR)", {"lead": {"all_of": ["GBR"]}}, FRA_AND_GBR, True),
        ("led_by(GBR)", {"lead": {"all_of": ["FRA"]}}, FRA_AND_GBR, False),
        ("at_least(2, led_by(GBR), led_by(GBR), never)", {}, FRA_AND_GBR, True),
    ],
)
def test_r5_led_by_asks_for_r8_of_one_nation(
    requires: str, more: dict[str, Any], units: dict[str, int], fits: bool
) -> None:
    """Named, provides and carries its share in every period; whoever else leads."""
    asked = _with_a_lead(requires, **more)
    broken = violations(asked, asked.world(), Allocation(frozenset("t"), _of(units)))
    assert taken(asked, Allocation(frozenset("t"), _of(units))) is (not broken)
    assert ("R5" not in {violation.rule for violation in broken}) is fits


@pytest.mark.parametrize(("lead", "fits"), [({"any_of": ["GBR"]}, True), (None, False)])
def test_r10_a_task_without_a_lead_is_led_by_nobody(
    lead: dict[str, Any] | None, fits: bool
) -> None:
    """However much a nation sends."""
    more = {} if lead is None else {"lead": lead}
    asked = plain(task(1, requires="led_by(GBR)", **more))
    assert decides("R10", asked, sent(GBR=3)) is fits


def test_r5_a_reserve_has_its_own_lead() -> None:
    """Who leads the task that it reinforces does not count."""
    reserve = RESERVE | {"lead": {"any_of": ["FRA", "GBR"]}}
    leads = {"any_of": ["GBR"]}
    asked = plain(task(lead=leads), reserve, caveats=[limit("led_by(GBR)", task="t")])
    units = sent(GBR=1)
    assert not decides("R5", asked, units | _at_reserve(FRA=1), staffed="r t")
    assert decides("R5", asked, units | _at_reserve(FRA=1, GBR=1), staffed="r t")


RESERVE = {"task": "r", "lines": [line(0)], "reinforces": ["t"]}


def _at_reserve(**units: int) -> Units:
    return {(n, "r", line_, c, p): units for (n, _, line_, c, p), units in sent(**units).items()}


@pytest.mark.parametrize(("scope", "fits"), [({"task": "t"}, False), ({"task": "u"}, True)])
def test_r5_binds_a_reserve_for_the_task_in_scope(scope: dict[str, str], fits: bool) -> None:
    """Nobody counts as a reserve for a place where it may not go."""
    asked = plain(task(), RESERVE, {"task": "u", "lines": [line(1)]}, caveats=[limit(**scope)])
    assert decides("R5", asked, _at_reserve(FRA=1), staffed="r") is fits


@pytest.mark.parametrize(("joining", "fits"), [("r", True), ("t", False)])
def test_r5_reads_the_condition_for_the_reserve(joining: str, fits: bool) -> None:
    """Company at the task that is reinforced is no company at the reserve."""
    asked = plain(task(), RESERVE, caveats=[limit("joins(GBR)", task="t")])
    units = _at_reserve(FRA=1) | {("GBR", joining, "l", "bn", 1): 1}
    units |= {("GBR", "t", "l", "bn", 1): 1}
    assert decides("R5", asked, units, staffed="r t") is fits


@pytest.mark.parametrize(("there", "fits"), [(1, True), (2, False)])
def test_r5_counts_the_people_at_the_reserve(there: int, fits: bool) -> None:
    """Those at the task that it reinforces have a limit of their own."""
    asked = plain(task(), RESERVE, caveats=[limit(max_personnel=10, task="t")])
    units = _at_reserve(FRA=there) | sent(FRA=1)
    assert decides("R5", asked, units, staffed="r t") is fits


def test_two_nations_that_wait_for_each_other_may_go_together() -> None:
    """Each caveat asks for the other: both or neither."""
    caveats = [limit("joins(GBR)"), {"nation": "GBR", "requires": "joins(FRA)"}]
    asked = plain(caveats=caveats)
    assert decides("R5", asked, sent(FRA=1, GBR=1))
    assert not decides("R5", asked, sent(FRA=1))
