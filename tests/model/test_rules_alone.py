"""Each rule of the program alone: an allocation that it takes, and one unit off that it refuses.

The checker, which shares no code with the program, must give the same rule as the reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from fitting import decides, staffable, taken

from allocator.checker import violations
from allocator.inputs.problem import Problem
from allocator.results.result import Allocation, UnitKey
from tests.handmade import line, problem

Units = dict[UnitKey, int]


def sent(**units: int) -> Units:
    """Units of `bn` sent to line `l` of task `t`: by nation, in period 1; `FRA_2` in period 2."""
    found = {}
    for name, quantity in units.items():
        nation, _, period = name.partition("_")
        if quantity:
            found[nation, "t", "l", "bn", int(period or 1)] = quantity
    return found


def task(minimum: int = 1, **more: Any) -> dict[str, Any]:
    return {"task": "t", "lines": [line(minimum)], **more}


def plain(*tasks: dict[str, Any], **more: Any) -> Problem:
    """Three units each of FRA and GBR, unless the case says otherwise."""
    have = more.pop("have", {("FRA", "bn"): 3, ("GBR", "bn"): 3})
    return problem(tasks or [task()], have, **more)


# --- R1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("units", "fits"), [(2, True), (1, False)])
def test_r1_every_line_reaches_its_minimum(units: int, fits: bool) -> None:
    """One unit short of it is not staffed."""
    assert decides("R1", plain(task(2)), sent(FRA=units)) is fits


@pytest.mark.parametrize(("late", "fits"), [(1, True), (0, False)])
def test_r1_in_every_period(late: int, fits: bool) -> None:
    """Period 1 does not make up for period 2."""
    assert decides("R1", plain(horizon=2), sent(FRA=3, FRA_2=late)) is fits


@pytest.mark.parametrize(("minimum", "fits"), [(5, True), (6, False)])
def test_r1_units_count_by_their_weight(minimum: int, fits: bool) -> None:
    """One of weight 2 and one of weight 3 fill five."""
    lines = [{"line": "l", "any_of": {"bn": 2, "hq": 3}, "minimum": minimum}]
    asked = plain(task(lines=lines), have={("FRA", "bn"): 1, ("FRA", "hq"): 1})
    units = {("FRA", "t", "l", "bn", 1): 1, ("FRA", "t", "l", "hq", 1): 1}
    assert decides("R1", asked, units) is fits


@pytest.mark.parametrize(("staffed", "fits"), [("t", True), ("", False)])
def test_r1_a_task_that_is_not_staffed_gets_nothing(staffed: str, fits: bool) -> None:
    """Units cannot be parked at a task."""
    assert decides("R1", plain(), sent(FRA=1), staffed=staffed) is fits


# --- R2 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one_per", "fits"), [(35, True), (34, False)])
def test_r2_a_scaled_line_carries_its_own_people_too(one_per: int, fits: bool) -> None:
    """30 people and the 5 of the medical unit itself."""
    lines = [line(3), {"line": "m", "any_of": {"med": 1}, "one_per": one_per}]
    asked = plain(
        task(lines=lines),
        have={("FRA", "bn"): 3, ("FRA", "med"): 1},
        capabilities={"med": {"personnel": 5}},
    )
    assert decides("R2", asked, sent(FRA=3) | {("FRA", "t", "m", "med", 1): 1}) is fits


SUPPORT = {"task": "s", "lines": [{"line": "m", "any_of": {"med": 1}, "one_per": 10, "of": ["t"]}]}


@pytest.mark.parametrize(
    ("staffed", "units", "carried", "fits"),
    [
        ("s t", 2, 2, True),
        ("s t", 2, 1, False),
        ("t", 2, 0, True),  # the supporting task is not staffed, and needs nothing
        ("s", 0, 0, True),  # what it supports is not staffed
    ],
)
def test_r2_of_names_the_tasks_that_are_carried(
    staffed: str, units: int, carried: int, fits: bool
) -> None:
    """Only tasks that are staffed, its own task not among them."""
    asked = plain(task(), SUPPORT, have={("FRA", "bn"): 3, ("FRA", "med"): 3})
    rows = sent(FRA=units)
    if carried:
        rows["FRA", "s", "m", "med", 1] = carried
    assert decides("R2", asked, rows, staffed=staffed) is fits


# --- R3 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("units", "fits"), [(2, True), (3, False)])
def test_r3_a_pool_is_shared_by_lines_and_tasks(units: int, fits: bool) -> None:
    """Three units: one at another task leaves two."""
    asked = plain(task(), {"task": "u", "lines": [line(1)]})
    rows = sent(FRA=units) | {("FRA", "u", "l", "bn", 1): 1}
    assert decides("R3", asked, rows, staffed="t u") is fits


@pytest.mark.parametrize(
    ("units", "fits"),
    [
        ((2, 2), True),
        ((2, 3), False),  # window: five serve or recover
        ((3, 0), False),  # no surge: 2 * 3 > 4 + 1
    ],
)
def test_r3_rotation(units: tuple[int, int], fits: bool) -> None:
    """Four units of rotation 2."""
    asked = plain(task(0), have={("FRA", "bn"): 4}, capabilities={"bn": {"rotation": 2}}, horizon=2)
    assert decides("R3", asked, sent(FRA=units[0], FRA_2=units[1])) is fits


@pytest.mark.parametrize(
    ("available", "units", "fits"), [(2, 1, True), (1, 1, False), (3, 2, True)]
)
def test_r3_rotating_commitments_stood_before_period_1(
    available: int, units: int, fits: bool
) -> None:
    """One unit rotating elsewhere, released in period 1: the one it relieved still recovers, so
    one less than what is available can serve."""
    asked = plain(
        task(0),
        have={("FRA", "bn"): available},
        capabilities={"bn": {"rotation": 2}},
        commitments=[_held(1, rotating="yes", release_requires="always")],
    )
    assert decides("R3", asked, sent(FRA=units), released={("c0", 1): 1}) is fits


@pytest.mark.parametrize(("available", "fits"), [(4, True), (3, False)])
def test_r3_a_rotating_commitment_takes_its_recovery_along(available: int, fits: bool) -> None:
    """One unit serving here and one elsewhere, rotation 2, both with one recovering: four."""
    asked = plain(
        task(0),
        have={("FRA", "bn"): available},
        capabilities={"bn": {"rotation": 2}},
        commitments=[_held(1, rotating="yes")],
        horizon=2,
    )
    assert decides("R3", asked, sent(FRA=1, FRA_2=1)) is fits


def _held(quantity: int, **more: Any) -> dict[str, Any]:
    return {"nation": "FRA", "capability": "bn", "quantity": quantity,
            "release_requires": "never", **more}  # fmt: skip


@pytest.mark.parametrize(("quantity", "fits"), [(1, True), (2, False)])
def test_r3_standing_commitments_come_off_first(quantity: int, fits: bool) -> None:
    """Two of three are left, or one."""
    assert decides("R3", plain(commitments=[_held(quantity)]), sent(FRA=2)) is fits


@pytest.mark.parametrize(
    ("released", "units", "fits"),
    [
        (0, 0, True),  # overcommitted by two: nothing can be sent, and that breaks nothing
        (2, 0, True),
        (2, 1, False),  # the releases first make up the difference
        (3, 1, True),
        (3, 2, False),
    ],
)
def test_r3_an_overcommitted_nation_releases_first(released: int, units: int, fits: bool) -> None:
    """Three units, five committed."""
    asked = plain(task(0), commitments=[_held(5, release_requires="always")])
    back = {("c0", 1): released} if released else {}
    assert decides("R3", asked, sent(FRA=units), released=back) is fits


# --- R4 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quantity", "fits"), [(2, True), (1, False)])
def test_r4_never_more_than_the_quantity(quantity: int, fits: bool) -> None:
    """Two units are released of a commitment of two, not of one."""
    asked = plain(commitments=[_held(quantity, release_requires="always")])
    assert decides("R4", asked, sent(FRA=1), released={("c0", 1): 2}) is fits


@pytest.mark.parametrize(("start", "fits"), [(1, True), (2, False)])
def test_r4_only_where_the_condition_holds(start: int, fits: bool) -> None:
    """Asked for the period of the release."""
    asked = plain(
        commitments=[_held(1, release_requires="vote")], preconditions=["vote"], horizon=2
    )
    world = asked.world(with_={"vote": start})
    units = sent(FRA=1, FRA_2=1)
    assert decides("R4", asked, units, released={("c0", 1): 1}, world=world) is fits
    assert decides("R4", asked, units, released={("c0", 2): 1}, world=world)


# --- R5 ---------------------------------------------------------------------------------------


def _limit(requires: str = "never", **more: Any) -> dict[str, Any]:
    return {"nation": "FRA", "requires": requires, **more}


@pytest.mark.parametrize(("most", "fits"), [(20, True), (19, False)])
def test_r5_people_within_the_scope(most: int, fits: bool) -> None:
    """Two units of ten."""
    assert decides("R5", plain(caveats=[_limit(max_personnel=most)]), sent(FRA=2)) is fits


def test_r5_no_number_means_nothing_at_all() -> None:
    """Not even units without people; a limit of 0 people lets those through."""
    for more, fits in (({}, False), ({"max_personnel": 0}, True)):
        asked = plain(caveats=[_limit(**more)], capabilities={"bn": {"personnel": 0}})
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
        "caveats": [{"caveat": "v0", "basis": "estimate"} | _limit(requires)],
        "commitments": [],
        "worlds": [],
    }  # fmt: skip
    workspace, issues = from_tables(tables, [base | {"tasks": [task()]}, other | {"tasks": [far]}])
    assert workspace is not None, [str(issue) for issue in issues]
    return build(workspace, "m")


@pytest.mark.parametrize(("british", "fits"), [(1, True), (0, False)])
def test_r5_joins_is_asked_for_task_and_period(british: int, fits: bool) -> None:
    """Britain at the task in period 1 does not help in period 2."""
    asked = plain(caveats=[_limit("joins(GBR)")], horizon=2)
    units = sent(FRA=1, FRA_2=1, GBR=1, GBR_2=british)
    assert decides("R5", asked, units) is fits


def test_r5_several_caveats_all_apply() -> None:
    """The tightest counts."""
    for tight, fits in ((20, True), (10, False)):
        caveats = [_limit(max_personnel=30), _limit(max_personnel=tight)]
        assert decides("R5", plain(caveats=caveats), sent(FRA=2)) is fits


LEAD = {"any_of": ["GBR"], "provides": "hq", "min_share": 0.5}


def _with_a_lead(requires: str, **more: Any) -> Problem:
    """FRA and GBR may send battalions and headquarters; a caveat of FRA."""
    have = {(n, c): 3 for n in ("FRA", "GBR") for c in ("bn", "hq")}
    lines = [line(1), {"line": "h", "any_of": {"hq": 1}, "minimum": 0}]
    caveats = [_limit(requires)] if requires else []
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
    asked = plain(task(lead=leads), reserve, caveats=[_limit("led_by(GBR)", task="t")])
    units = sent(GBR=1)
    assert not decides("R5", asked, units | _at_reserve(FRA=1), staffed="r t")
    assert decides("R5", asked, units | _at_reserve(FRA=1, GBR=1), staffed="r t")


RESERVE = {"task": "r", "lines": [line(0)], "reinforces": ["t"]}


def _at_reserve(**units: int) -> Units:
    return {(n, "r", line_, c, p): units for (n, _, line_, c, p), units in sent(**units).items()}


@pytest.mark.parametrize(("scope", "fits"), [({"task": "t"}, False), ({"task": "u"}, True)])
def test_r5_binds_a_reserve_for_the_task_in_scope(scope: dict[str, str], fits: bool) -> None:
    """Nobody counts as a reserve for a place where it may not go."""
    asked = plain(task(), RESERVE, {"task": "u", "lines": [line(1)]}, caveats=[_limit(**scope)])
    assert decides("R5", asked, _at_reserve(FRA=1), staffed="r") is fits


@pytest.mark.parametrize(("joining", "fits"), [("r", True), ("t", False)])
def test_r5_reads_the_condition_for_the_reserve(joining: str, fits: bool) -> None:
    """Company at the task that is reinforced is no company at the reserve."""
    asked = plain(task(), RESERVE, caveats=[_limit("joins(GBR)", task="t")])
    units = _at_reserve(FRA=1) | {("GBR", joining, "l", "bn", 1): 1}
    units |= {("GBR", "t", "l", "bn", 1): 1}
    assert decides("R5", asked, units, staffed="r t") is fits


@pytest.mark.parametrize(("there", "fits"), [(1, True), (2, False)])
def test_r5_counts_the_people_at_the_reserve(there: int, fits: bool) -> None:
    """Those at the task that it reinforces have a limit of their own."""
    asked = plain(task(), RESERVE, caveats=[_limit(max_personnel=10, task="t")])
    units = _at_reserve(FRA=there) | sent(FRA=1)
    assert decides("R5", asked, units, staffed="r t") is fits


def test_two_nations_that_wait_for_each_other_may_go_together() -> None:
    """Each caveat asks for the other: both or neither."""
    caveats = [_limit("joins(GBR)"), {"nation": "GBR", "requires": "joins(FRA)"}]
    asked = plain(caveats=caveats)
    assert decides("R5", asked, sent(FRA=1, GBR=1))
    assert not decides("R5", asked, sent(FRA=1))


# --- R6 to R9 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "units", "fits"),
    [
        ({"min_nations": 2}, {"FRA": 2, "GBR": 1}, True),
        ({"min_nations": 2}, {"FRA": 3}, False),
        ({"max_nations": 1}, {"FRA": 3}, True),
        ({"max_nations": 1}, {"FRA": 2, "GBR": 1}, False),
        ({"min_nations": 2}, {"FRA": 1, "GBR_2": 1}, True),  # over all periods
        ({"max_nations": 1}, {"FRA": 1, "GBR_2": 1}, False),
        ({"members": ["FRA", "GBR"]}, {"FRA": 1, "GBR_2": 1}, True),
        ({"members": ["FRA", "GBR"]}, {"FRA": 3}, False),
    ],
)
def test_r6_the_number_of_nations(rule: dict[str, Any], units: dict[str, int], fits: bool) -> None:
    """A nation more or less decides."""
    assert decides("R6", plain(task(0, **rule), horizon=2), sent(**units)) is fits


@pytest.mark.parametrize(
    ("share", "british", "fits"),
    [
        (0.5, 2, True),
        (0.5, 1, False),
        (0.667, 1, True),  # 2/3 <= 0.667
        (0.666, 1, False),
        (0.6665, 1, False),  # halves to even: 0.666
        (0.6675, 1, True),  # 0.668
    ],
)
def test_r7_the_largest_share(share: float, british: int, fits: bool) -> None:
    """France sends two units, Britain two or one."""
    assert decides("R7", plain(task(max_share=share)), sent(FRA=2, GBR=british)) is fits


def test_r7_in_every_period() -> None:
    """Even over all periods, alone in each."""
    asked = plain(task(0, max_share=0.5), horizon=2)
    assert not decides("R7", asked, sent(FRA=1, GBR_2=1))
    assert decides("R7", asked, sent(FRA=1, GBR=1, FRA_2=1, GBR_2=1))


@pytest.mark.parametrize(
    ("lead", "units", "fits"),
    [
        ({"any_of": ["GBR"]}, {"FRA": 2, "GBR": 1}, True),
        ({"any_of": ["GBR"]}, {"FRA": 3}, False),
        ({"all_of": ["FRA", "GBR"]}, {"FRA": 2, "GBR": 1}, True),
        ({"all_of": ["FRA", "GBR"]}, {"FRA": 3}, False),
        ({"min_share": 0.5}, {"FRA": 1, "GBR": 1}, True),
        ({"min_share": 0.501}, {"FRA": 1, "GBR": 1}, False),
        ({"min_share": 0.5005}, {"FRA": 1, "GBR": 1}, True),  # halves to even: 0.500
        ({"any_of": ["GBR"], "min_share": 0.333}, {"FRA": 2, "GBR": 1}, True),
        ({"any_of": ["GBR"], "min_share": 0.334}, {"FRA": 2, "GBR": 1}, False),
    ],
)
def test_r8_the_framework_nation(lead: dict[str, Any], units: dict[str, int], fits: bool) -> None:
    """One of them, or each of them, with its share."""
    assert decides("R8", plain(task(lead=lead)), sent(**units)) is fits


def test_r8_the_same_nation_leads_in_every_period() -> None:
    """Two nations cannot take turns."""
    asked = plain(task(lead={"any_of": ["FRA", "GBR"]}), horizon=2)
    assert not decides("R8", asked, sent(FRA=1, GBR_2=1))
    assert decides("R8", asked, sent(FRA=1, FRA_2=1))


@pytest.mark.parametrize(("capability", "fits"), [("bn", True), ("hq", False)])
def test_r8_provides_the_capability_named(capability: str, fits: bool) -> None:
    """Any other unit does not make it the framework nation."""
    asked = plain(
        task(lines=[line(1, "bn", "hq")], lead={"provides": "bn"}),
        have={("FRA", "bn"): 1, ("FRA", "hq"): 1},
    )
    assert decides("R8", asked, {("FRA", "t", "l", capability, 1): 1}) is fits


@pytest.mark.parametrize(("units", "fits"), [(0, True), (1, False), (2, True)])
def test_r9_enough_or_nothing(units: int, fits: bool) -> None:
    """Each nation for itself: at least two, or none."""
    lines = [line(1, min_contribution=2)]
    assert decides("R9", plain(task(lines=lines)), sent(FRA=units, GBR=2)) is fits


# --- R10 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requires", "start", "fits"),
    [
        ("vote", 1, True),
        ("vote", 2, False),  # in every period of the window
        ("never", 1, False),
        ("always", 2, True),
        ("joins(FRA)", 2, True),
        ("joins(GBR)", 2, False),
        ("staffed(t)", 2, True),
        ("vote or joins(FRA)", 2, True),
        ("at_least(2, vote, vote)", 1, True),
        ("at_least(3, vote, vote)", 1, False),
        ("at_least(2, vote, joins(FRA))", 1, True),
        ("at_least(2, vote, joins(FRA))", 2, False),
    ],
)
def test_r10_the_tasks_own_condition(requires: str, start: int, fits: bool) -> None:
    """In a world with the vote from a period on."""
    asked = plain(task(requires=requires), preconditions=["vote"], horizon=2)
    world = asked.world(with_={"vote": start})
    assert decides("R10", asked, sent(FRA=1, FRA_2=1), world=world) is fits


def test_r10_tasks_that_wait_for_each_other() -> None:
    """May be staffed together, neither alone."""
    asked = plain(
        task(requires="staffed(u)"), {"task": "u", "requires": "staffed(t)", "lines": [line(0)]}
    )
    assert decides("R10", asked, sent(FRA=1), staffed="t u")
    assert not decides("R10", asked, sent(FRA=1))
    assert staffable(asked)


def test_r10_a_task_of_another_model_is_never_staffed() -> None:
    """`staffed` of a task that this model does not have is false."""
    from dataclasses import replace

    from allocator.inputs.conditions import Staffed

    asked = plain()
    waiting = replace(asked, tasks=(replace(asked.tasks[0], requires=Staffed("far")),))
    assert not decides("R10", waiting, sent(FRA=1))


# --- R11 --------------------------------------------------------------------------------------


def _offer(quantity: int = 1, **more: Any) -> dict[str, Any]:
    row = {"nation": "FRA", "capability": "bn", "quantity": quantity, "status": "firm"}
    return {**row, **more}


@pytest.mark.parametrize(("units", "fits"), [(2, True), (3, False)])
def test_r11_no_more_than_offers_cover(units: int, fits: bool) -> None:
    """Two offers add up."""
    asked = plain(offers=[_offer(), _offer()], count="firm")
    assert decides("R11", asked, sent(FRA=units)) is fits


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({}, True),
        ({"status": "in_place"}, True),
        ({"status": "indicated"}, False),
        ({"periods": "2"}, False),
        ({"task": "u"}, False),
        ({"task": "u;t"}, True),
        ({"valid_until": "2026-06-15"}, True),
        ({"valid_until": "2026-06-14"}, False),
        ({"nation": "GBR"}, False),
        ({"requires": "vote"}, False),
        ({"requires": "joins(FRA)"}, True),
        ({"requires": "joins(GBR)"}, False),
        ({"requires": "staffed(u) or joins(GBR)"}, False),
    ],
)
def test_r11_what_counts(more: dict[str, Any], fits: bool) -> None:
    """From firm on, in period 1 at task t on 15 June, where nobody else is."""
    other = {"task": "u", "lines": [line(0)]}
    asked = plain(task(), other, offers=[_offer(**more)], count="firm", preconditions=["vote"])
    assert decides("R11", asked, sent(FRA=1)) is fits
    assert decides("R11", plain(task(), other, preconditions=["vote"]), sent(FRA=1))


@pytest.mark.parametrize(("quantity", "fits"), [(2, True), (1, False)])
def test_r11_an_offer_is_shared_out_between_tasks(quantity: int, fits: bool) -> None:
    """One of t alone, one of both."""
    other = {"task": "u", "lines": [line(1)]}
    offers = [_offer(1, task="t"), _offer(quantity)]
    asked = plain(task(), other, offers=offers, count="possible")
    units = sent(FRA=2) | {("FRA", "u", "l", "bn", 1): 1}
    assert decides("R11", asked, units, staffed="t u") is fits


def test_r11_company_makes_an_offer_stand() -> None:
    """Britain at the task in the same period, not in another."""
    asked = plain(task(0), offers=[_offer(requires="joins(GBR)"), _offer(nation="GBR")],
                  count="firm", horizon=2)  # fmt: skip
    assert decides("R11", asked, sent(FRA=1, GBR=1))
    assert not decides("R11", asked, sent(FRA=1, GBR_2=1))


def test_r11_staffed_beside_it_makes_an_offer_stand() -> None:
    """A companion, named by the offer alone."""
    other = {"task": "u", "lines": [line(0)]}
    asked = plain(task(), other, offers=[_offer(requires="staffed(u)")], count="firm")
    assert asked.companions("t") == {"t", "u"}
    assert decides("R11", asked, sent(FRA=1), staffed="t u")
    assert not decides("R11", asked, sent(FRA=1))
    assert staffable(asked)


def test_doing_nothing_is_always_taken() -> None:
    """Whatever the rules, with all of them in one problem."""
    asked = plain(
        task(
            9,
            requires="never",
            min_nations=3,
            max_nations=3,
            max_share=0.1,
            lead={"min_share": 0.9},
        ),
        SUPPORT,
        have={("FRA", "bn"): 1, ("FRA", "med"): 0},
        commitments=[_held(9)],
        caveats=[_limit()],
    )
    assert decides("R1", asked, {}, staffed="")
