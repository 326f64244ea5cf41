"""Rules on tasks and offers (R6 to R11), each alone: an allocation that the program takes,
and one unit off that it refuses.

The checker, which shares no code with the program, must give the same rule as the reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from fitting import decides, staffable

from tests.handmade import line
from tests.model.alone import SUPPORT, held, limit, plain, sent, task

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
        commitments=[held(9)],
        caveats=[limit()],
    )
    assert decides("R1", asked, {}, staffed="")
