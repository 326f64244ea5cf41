"""The pool of forces by hand, and a picture that carries its numbers."""

from xml.etree import ElementTree

import pytest
from handmade import line, problem

from allocator.analysis.dilemma import least, pools, together
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.report.pictures.pool import picture


@pytest.fixture(scope="module")
def case():
    """FRA 10, 2 standing; GBR 9, 1 rotating and releasable; DEU 6 that never go; rotation 2."""
    return problem(
        [
            {"task": "guard", "priority": 1, "lines": [line(5)]},
            {"task": "reserve", "priority": 2, "lines": [line(4)]},
        ],
        {("FRA", "bn"): 10, ("GBR", "bn"): 9, ("DEU", "bn"): 6},
        capabilities={"bn": {"rotation": 2}},
        preconditions=["plans"],
        commitments=[
            {"commitment": "home", "nation": "FRA", "capability": "bn", "quantity": 2},
            {"commitment": "flank", "nation": "GBR", "capability": "bn", "quantity": 1}
            | {"rotating": "yes", "release_requires": "plans", "release_risk": 3},
        ],
        caveats=[{"nation": "DEU", "requires": "never"}],
        horizon=2,
    )


def test_net_is_what_rotation_and_commitments_leave_and_open_what_caveats_let_go(case):
    (pool,) = pools(case, case.world())
    assert (pool.capability, pool.held) == ("bn", 25)
    assert pool.parts == (("DEU", 6, 0), ("FRA", 8, 8), ("GBR", 7, 7))
    assert (pool.net, pool.open) == (21, 15)


def test_releases_open_more_and_nations_may_be_left_out(case):
    (pool,) = pools(case, case.world(with_={"plans": 1}), without=["FRA"])
    assert {n: free for n, _, free in pool.parts} == {"DEU": 0, "GBR": 9}


def test_a_horizon_may_end_within_a_rotation():
    """Four periods of 2, and two more of the next rotation."""
    case = problem(
        [{"task": "guard", "priority": 1, "lines": [line(1)]}],
        {("FRA", "bn"): 8},
        capabilities={"bn": {"rotation": 4}},
        horizon=6,
    )
    (pool,) = pools(case, case.world())
    assert (pool.net, pool.open) == (12, 12)


def test_the_least_takes_no_more_than_the_minimum(case):
    taken = least(case, case.world(), "guard", Settings(), Deadline(60))
    assert taken is not None
    assert taken.of("bn") == 10
    assert taken.risk == 0
    assert taken.released == ()


def test_without_time_nothing_is_claimed(case):
    assert least(case, case.world(), "guard", Settings(), Deadline(0)) is None


def test_together_staffs_by_priority_and_says_what_is_left_out(case):
    found = together(case, case.world(), Settings(), Deadline(60))
    assert (found.staffed, found.left_out, found.risk) == (("guard",), ("reserve",), 0)
    assert found.proved


def test_the_picture_is_xml_with_every_number_in_it():
    drawn = picture("A <pool>", [("today", 3, 10), ("later", 7, 10)], [("small", 5)], "units")
    root = ElementTree.fromstring(drawn)
    texts = [element.text for element in root.iter() if element.text and element.text.strip()]
    assert {"A <pool>", "3 of 10", "7 of 10", "small: 5"} <= set(texts)
    fills = {element.get("fill") for element in root.iter() if element.get("fill")}
    assert all(fill[1:3] == fill[3:5] == fill[5:7] for fill in fills), "greys only"
