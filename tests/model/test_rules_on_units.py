"""Rules on units (R1 to R4), each alone: an allocation that the program takes,
and one unit off that it refuses.

The checker, which shares no code with the program, must give the same rule as the reason.
"""

from __future__ import annotations

import pytest
from fitting import decides

from allocator.engines.linear import columns_of
from allocator.engines.relaxation import optimum
from allocator.model import build
from allocator.model.scope import joint
from tests.handmade import line
from tests.model.alone import SUPPORT, held, plain, sent, task
from tests.plenty import plenty

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


def test_r2_the_relaxation_has_whole_units_for_the_fewest_people() -> None:
    """30 people, and 5 of each medical unit, are carried by 1.5 of them; two are needed."""
    lines = [line(3), {"line": "m", "any_of": {"med": 1}, "one_per": 25}]
    asked = plain(
        task(lines=lines),
        have={("FRA", "bn"): 3, ("FRA", "med"): 3},
        capabilities={"med": {"personnel": 5}},
    )
    variables = build(asked, joint(asked, asked.world("today")))
    variables.program.fix(variables.staffed["t"], 1)
    terms = tuple((1, cell.variable) for cell in variables.at_line("t", "m", 1))
    values, _ = optimum(columns_of(variables.program), terms, plenty()) or ((), ())
    assert sum(values[variable] for _, variable in terms) == pytest.approx(2)


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
        commitments=[held(1, rotating="yes", release_requires="always")],
    )
    assert decides("R3", asked, sent(FRA=units), released={("c0", 1): 1}) is fits


@pytest.mark.parametrize(("available", "fits"), [(4, True), (3, False)])
def test_r3_a_rotating_commitment_takes_its_recovery_along(available: int, fits: bool) -> None:
    """One unit serving here and one elsewhere, rotation 2, both with one recovering: four."""
    asked = plain(
        task(0),
        have={("FRA", "bn"): available},
        capabilities={"bn": {"rotation": 2}},
        commitments=[held(1, rotating="yes")],
        horizon=2,
    )
    assert decides("R3", asked, sent(FRA=1, FRA_2=1)) is fits


@pytest.mark.parametrize(("quantity", "fits"), [(1, True), (2, False)])
def test_r3_standing_commitments_come_off_first(quantity: int, fits: bool) -> None:
    """Two of three are left, or one."""
    assert decides("R3", plain(commitments=[held(quantity)]), sent(FRA=2)) is fits


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
    asked = plain(task(0), commitments=[held(5, release_requires="always")])
    back = {("c0", 1): released} if released else {}
    assert decides("R3", asked, sent(FRA=units), released=back) is fits


# --- R4 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quantity", "fits"), [(2, True), (1, False)])
def test_r4_never_more_than_the_quantity(quantity: int, fits: bool) -> None:
    """Two units are released of a commitment of two, not of one."""
    asked = plain(commitments=[held(quantity, release_requires="always")])
    assert decides("R4", asked, sent(FRA=1), released={("c0", 1): 2}) is fits


@pytest.mark.parametrize(("start", "fits"), [(1, True), (2, False)])
def test_r4_only_where_the_condition_holds(start: int, fits: bool) -> None:
    """Asked for the period of the release."""
    asked = plain(commitments=[held(1, release_requires="vote")], preconditions=["vote"], horizon=2)
    world = asked.world(with_={"vote": start})
    units = sent(FRA=1, FRA_2=1)
    assert decides("R4", asked, units, released={("c0", 1): 1}, world=world) is fits
    assert decides("R4", asked, units, released={("c0", 2): 1}, world=world)
