"""Boxes of up to 3,000 points, every point of them asked by brute force.

`python tests/search/ranges/many_boxes.py` asks the same of as many boxes as there is time for.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.search.ranges.boxes import Box, unlisted
from tests.search.ranges.claims_of_boxes import chances, corners, sets, widened

CASES = [(42, "t3"), (206, "t2"), (82, "t2"), (89, "t2"), (79, "t2"), (121, "t3"), (131, "t3")]
"""Seeds and tasks: all of the first 400 seeds with 60 to 1,000 points that brute force asks in
some seconds, and that are neither nearly all ready nor nearly all not."""

LARGE = [(57, "t1"), (57, "t2")]
"""2,646 points each, which brute force asks in some seconds."""

REPETITIONS = 100


@cache
def box(seed: int, task: str) -> Box:
    (found,) = (one.listed() for one in unlisted(seed) if one.task == task)
    return found


@pytest.mark.parametrize(("seed", "task"), [*CASES, *LARGE])
def test_corners_and_sets_are_those_of_all_points(seed: int, task: str) -> None:
    here = box(seed, task)
    assert 60 < len(here.ready) == here.size <= 3000
    assert corners(here) == "open"
    sets(here)


@pytest.mark.parametrize(("seed", "task"), [*CASES, *LARGE])
def test_a_wider_range_never_removes_an_outcome(seed: int, task: str) -> None:
    """From the stated point outwards, one step of every figure at a time; each as enumerated."""
    assert widened(box(seed, task)) == {True, False}


def test_the_exact_chance_is_inside_in_95_of_100_repetitions() -> None:
    """Of all repetitions of all cases: none is left out."""
    inside = sum(chances(box(seed, task), REPETITIONS) for seed, task in CASES)
    assert 100 * inside >= 95 * REPETITIONS * len(CASES)
