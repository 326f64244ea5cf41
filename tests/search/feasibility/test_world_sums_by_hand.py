"""Sums over all worlds at once: figures followed by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.model.scope import alone
from allocator.search.feasibility.world_units import MOST_RELEASES, stepwise
from allocator.search.minimal_sets.world_sets import WorldSpace
from tests.handmade import line, problem
from tests.search.feasibility.both_sums import Sums, of_preconditions


def _task(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"task": "t", "lines": list(lines), **more}


def _sums(*args: Any, **more: Any) -> Sums:
    asked = problem(*args, **more)
    return of_preconditions(asked, asked.world(), "t")


def _veto(nation: str, requires: str, **more: Any) -> dict[str, Any]:
    return {"nation": nation, "requires": requires, **more}


def test_lines_that_share_a_pool_need_its_units_once_each() -> None:
    """Three battalions for two lines of two; the second may take headquarters, behind a vote."""
    sums = _sums(
        [_task(line(2, line="l"), line(2, "bn", "hq", line="m"))],
        {("FRA", "bn"): 3, ("GBR", "bn"): 1, ("POL", "hq"): 1},
        caveats=[_veto("GBR", "one"), _veto("POL", "two")],
        preconditions=["one", "two"],
    )
    assert sums.needed == sums.enough == [{"one"}, {"two"}]


def test_no_headquarters_make_up_for_a_line_of_battalions() -> None:
    """Enough altogether, but not of what the first line takes."""
    sums = _sums(
        [_task(line(2, line="l"), line(2, "bn", "hq", line="m"))],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "hq"): 9},
        caveats=[_veto("GBR", "one"), _veto("POL", "two")],
        preconditions=["one", "two"],
    )
    assert sums.needed == sums.enough == [{"one", "two"}]


_UNITS = st.integers(0, 3)


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(0, 5)),
    st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(0, 5)),
    st.tuples(_UNITS, _UNITS, _UNITS, _UNITS),
)
def test_in_one_period_the_sums_decide_every_world(
    one: tuple[int, int, int], two: tuple[int, int, int], units: tuple[int, int, int, int]
) -> None:
    """Two lines, substitutes of any weight, four pools each behind a vote of its own: every way
    to share the units out, tried."""
    pools = dict(zip(product(("FRA", "GBR"), ("bn", "hq")), units, strict=True))
    lines = []
    for name, (bn, hq, minimum) in (("l", one), ("m", two)):
        weights = {"bn": bn} | ({"hq": hq} if hq else {})
        lines.append({"line": name, "any_of": weights, "minimum": minimum, "target": 5})
    sums = _sums(
        [_task(*lines)],
        pools,
        caveats=[_veto(n, f"{n}_{c}", capability=c) for n, c in pools],
        preconditions=[f"{n}_{c}" for n, c in pools],
    )
    wanted = []
    for mask in range(16):
        met = {name for _, name in sums.switches(mask)}
        total = {
            kind: sum(u for (n, c), u in pools.items() if c == kind and f"{n}_{c}" in met)
            for kind in ("bn", "hq")
        }
        if any(
            one[0] * bn + one[1] * hq >= one[2]
            and two[0] * (total["bn"] - bn) + two[1] * (total["hq"] - hq) >= two[2]
            for bn in range(total["bn"] + 1)
            for hq in range(total["hq"] + 1)
        ):
            wanted.append(mask)
    assert sums.worlds.masks(sums.worlds.invert(sums.refuted)) == wanted
    if one[2] or two[2]:
        assert sums.worlds.masks(sums.proved) == wanted
    else:
        assert sums.enough == []


def test_nations_that_wait_for_each_other_in_a_chain() -> None:
    """The last one's vote brings all; without it even the first stays away."""
    sums = _sums(
        [_task(line(1))],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "bn"): 1},
        caveats=[_veto("FRA", "joins(GBR)"), _veto("GBR", "joins(POL)"), _veto("POL", "vote")],
        preconditions=["vote"],
    )
    assert sums.needed == sums.enough == [{"vote"}]


@pytest.mark.parametrize(("british", "ready"), [(1, True), (0, False)])
def test_nations_that_wait_for_each_other_in_a_circle(british: int, ready: bool) -> None:
    """They go together; where one has nothing to send, nobody goes."""
    sums = _sums(
        [_task(line(1))],
        {("FRA", "bn"): 1, ("GBR", "bn"): british, ("POL", "bn"): 1},
        caveats=[
            _veto("FRA", "joins(GBR)"),
            _veto("GBR", "joins(POL)"),
            _veto("POL", "joins(FRA)"),
        ],
    )
    assert sums.needed == sums.enough == [set()] * ready


def test_company_of_a_capability_that_no_line_takes_is_none() -> None:
    """Britain has only what the task has no use for."""
    sums = _sums(
        [_task(line(1))],
        {("FRA", "bn"): 1, ("GBR", "hq"): 1},
        caveats=[_veto("FRA", "joins(GBR) or vote")],
        preconditions=["vote"],
    )
    assert sums.needed == sums.enough == [{"vote"}]


def test_the_tasks_own_condition_may_ask_for_company() -> None:
    """France can fill the line; Britain must be there all the same."""
    sums = _sums(
        [_task(line(1), requires="joins(GBR)")],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        caveats=[_veto("GBR", "vote")],
        preconditions=["vote"],
    )
    assert sums.needed == sums.enough == [{"vote"}]


def test_company_in_one_period_is_none_in_another() -> None:
    """Britain may come in the first period only, and so may France."""
    sums = _sums(
        [_task(line(1))],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        caveats=[_veto("FRA", "joins(GBR)"), _veto("GBR", "vote", periods="2")],
        preconditions=["vote"],
        horizon=2,
    )
    assert sums.needed == sums.enough == [{"vote"}]


def test_company_for_certain_is_asked_for_in_each_period_as_it_is_then() -> None:
    """In the first period nothing binds France; in the second Britain is there, and the agreement
    holds from then on."""
    asked = problem(
        [_task(line(2))],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        caveats=[_veto("FRA", "joins(GBR) and agreed", periods="2")],
        preconditions=["agreed", "vote"],
        worlds=[{"world": "later", "precondition": "agreed", "from_period": 2}],
        horizon=2,
    )
    sums = of_preconditions(asked, asked.world("later"), "t")
    assert sums.needed == sums.enough == [set()]


@pytest.mark.parametrize(("units", "ready"), [(3, False), (4, True)])
def test_steady_units_pay_for_their_rotation(units: int, ready: bool) -> None:
    """Two in each of two periods, relieved once: four."""
    sums = _sums(
        [_task(line(2))],
        {("FRA", "bn"): units},
        capabilities={"bn": {"rotation": 2}},
        horizon=2,
    )
    assert sums.needed == sums.enough == [set()] * ready


@pytest.mark.parametrize(
    ("rotating", "units", "ready"),
    [("no", 4, False), ("no", 5, True), ("yes", 5, False), ("yes", 6, True)],
)
def test_what_is_committed_comes_off_with_its_relief(
    rotating: str, units: int, ready: bool
) -> None:
    """One unit held in place costs one; one that rotates as ours do costs two."""
    held = {"nation": "FRA", "capability": "bn", "quantity": 1, "rotating": rotating}
    sums = _sums(
        [_task(line(2))],
        {("FRA", "bn"): units},
        capabilities={"bn": {"rotation": 2}},
        commitments=[held | {"release_requires": "never"}],
        horizon=2,
    )
    assert sums.needed == sums.enough == [set()] * ready


def test_a_release_is_possible_but_not_for_certain() -> None:
    """With the vote the sum no longer refutes; steady units count as if nothing were released."""
    held = {"nation": "FRA", "capability": "bn", "quantity": 2, "release_requires": "vote"}
    sums = _sums([_task(line(2))], {("FRA", "bn"): 3}, commitments=[held], preconditions=["vote"])
    assert sums.needed == [{"vote"}]
    assert sums.enough == []


@pytest.mark.parametrize("number", [2, MOST_RELEASES, MOST_RELEASES + 1])
def test_releases_add_up_as_far_as_they_are_counted_one_by_one(number: int) -> None:
    """A pool with more switches counts with its most."""
    votes = [f"vote{n:02}" for n in range(number)]
    held = [
        {"nation": "FRA", "capability": "bn", "quantity": 1, "release_requires": vote}
        for vote in votes
    ]
    sums = _sums(
        [_task(line(number))], {("FRA", "bn"): number}, commitments=held, preconditions=votes
    )
    assert sums.needed == ([set(votes)] if number <= MOST_RELEASES else [set()])


def test_a_limit_on_people_lets_some_come_and_none_for_certain() -> None:
    """The sum of the table does not count people; with the vote the limit is gone."""
    sums = _sums(
        [_task(line(2))],
        {("FRA", "bn"): 2},
        caveats=[_veto("FRA", "vote", max_personnel=20)],
        preconditions=["vote"],
    )
    assert sums.needed == [set()]
    assert sums.enough == [{"vote"}]


@pytest.mark.parametrize(
    "more",
    [
        {"min_nations": 2},
        {"max_nations": 1},
        {"max_share": 0.5},
        {"lead": {"any_of": ["FRA"]}},
    ],
)
def test_nothing_is_proved_of_a_task_that_asks_for_more_than_units(more: dict[str, Any]) -> None:
    """Who sends them matters as well; what is too little stays too little."""
    sums = _sums(
        [_task(line(2), **more)],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        caveats=[_veto("GBR", "vote")],
        preconditions=["vote"],
    )
    assert sums.needed == [{"vote"}]
    assert sums.enough == []


@pytest.mark.parametrize("more", [{"one_per": 100}, {"min_contribution": 2}])
def test_nothing_is_proved_of_lines_that_ask_for_more_than_units(more: dict[str, Any]) -> None:
    """Scaled lines and least contributions."""
    sums = _sums([_task(line(2, **more))], {("FRA", "bn"): 4})
    assert sums.needed == [set()]
    assert sums.enough == []


def test_somebody_must_be_there_to_lead() -> None:
    """Britain alone may lead, and sends its headquarters only after the vote; France has enough of
    all that the lines need."""
    sums = _sums(
        [_task(line(1), line(1, "hq", line="m"), lead={"any_of": ["GBR"], "provides": "hq"})],
        {("FRA", "bn"): 1, ("FRA", "hq"): 1, ("GBR", "bn"): 1, ("GBR", "hq"): 1},
        caveats=[_veto("GBR", "vote", capability="hq")],
        preconditions=["vote"],
    )
    assert sums.needed == [{"vote"}]


def test_whoever_cannot_come_in_every_period_leads_nobody() -> None:
    """Poland goes where Britain leads, which it may in both periods only after the vote."""
    sums = _sums(
        [_task(line(1), lead={"any_of": ["FRA", "GBR"]})],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "bn"): 1},
        caveats=[
            _veto("GBR", "vote", periods="2"),
            _veto("POL", "led_by(GBR)"),
            _veto("FRA", "joins(POL)", periods="1"),
        ],
        preconditions=["vote"],
        horizon=2,
    )
    assert sums.needed == [{"vote"}]


@pytest.mark.parametrize(("least", "needed"), [(1, [set()]), (2, [{"vote"}])])
def test_less_than_a_line_takes_is_nothing(least: int, needed: list[set[str]]) -> None:
    """France has one battalion, and a second kind of unit behind a vote."""
    sums = _sums(
        [_task(line(3, "bn", "hq", min_contribution=least))],
        {("FRA", "bn"): 1, ("FRA", "hq"): 1, ("GBR", "bn"): 2},
        caveats=[_veto("FRA", "vote", capability="hq")],
        preconditions=["vote"],
    )
    assert sums.needed == needed


@pytest.mark.parametrize(("units", "needed"), [(3, [{"vote"}]), (4, [set()])])
def test_a_run_of_periods_is_counted_by_itself(units: int, needed: list[set[str]]) -> None:
    """In the first period Britain has plenty. In the two after it France can relieve its two
    battalions with four, and not with three."""
    sums = _sums(
        [_task(line(2))],
        {("FRA", "bn"): units, ("GBR", "bn"): 9},
        capabilities={"bn": {"rotation": 2}},
        caveats=[_veto("GBR", "vote", periods="2-")],
        preconditions=["vote"],
        horizon=3,
    )
    assert sums.needed == needed


@pytest.mark.parametrize(("units", "needed"), [(3, [{"vote"}]), (4, [set()])])
def test_what_must_be_staffed_beside_draws_on_the_same_pool(
    units: int, needed: list[set[str]]
) -> None:
    """Two battalions for each of two tasks, the one impossible without the other."""
    other = {"task": "u", "lines": [line(2)]}
    sums = _sums(
        [_task(line(2), requires="staffed(u)"), other],
        {("FRA", "bn"): units, ("GBR", "bn"): 9},
        caveats=[_veto("GBR", "vote")],
        preconditions=["vote"],
    )
    assert sums.needed == needed


def test_what_may_do_without_another_task_is_not_counted_with_it() -> None:
    """Staffed beside or agreed: three battalions are enough for one of them, once it is agreed."""
    sums = _sums(
        [_task(line(2), requires="staffed(u) or agreed"), {"task": "u", "lines": [line(2)]}],
        {("FRA", "bn"): 3},
        preconditions=["agreed"],
    )
    assert sums.needed == [set()]


def test_a_task_beside_may_be_served_by_nations_that_the_question_leaves_out() -> None:
    """The switches say who comes to the task itself; Britain serves the other."""
    asked = problem(
        [_task(line(1), requires="staffed(u)"), {"task": "u", "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
    )
    scope = replace(alone(asked, asked.world(), "t"), nations=("FRA", "GBR"))
    assert Sums(asked, scope).needed == [{"FRA"}, {"GBR"}]


def test_what_is_implied_counts_as_met() -> None:
    """The backstop brings the involvement about, which lifts the caveat."""
    sums = _sums(
        [_task(line(1))],
        {("FRA", "bn"): 1},
        caveats=[_veto("FRA", "involvement")],
        preconditions={
            "backstop": {"implies": "involvement"},
            "involvement": {"status": "ruled_out"},
        },
    )
    assert sums.needed == sums.enough == [{"backstop"}]


def test_a_precondition_that_comes_late_is_still_to_be_met() -> None:
    """It holds from period 2 in the world; period 1 asks for more."""
    asked = problem(
        [_task(line(1))],
        {("FRA", "bn"): 1},
        caveats=[_veto("FRA", "vote")],
        preconditions=["vote"],
        horizon=2,
    )
    late = of_preconditions(asked, asked.world(with_={"vote": 2}), "t")
    assert late.needed == late.enough == [{"vote"}]
    now = of_preconditions(asked, asked.world(with_={"vote": 1}), "t")
    assert now.needed == now.enough == [set()]


def test_steps_add_up_to_the_number_of_every_world() -> None:
    """A monotone number over the moving switches, whatever the others."""
    worlds, moving = WorldSpace(3), 0b101
    figures = {0b000: 1, 0b001: 1, 0b100: 3, 0b101: 7}
    parts = list(stepwise(worlds, moving, figures.__getitem__))
    for mask in range(8):
        assert sum(u for u, where in parts if worlds.has(where, mask)) == figures[mask & moving]
