"""Boxes of up to 3,000 points, every point of them asked by brute force.

Cases of the generator with every figure of availability and commitments from 0 to twice what it is.
`python tests/search/ranges/test_boxes.py` tells how often the exact chance was inside.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Range, Unit, relevant, units, with_ranges
from allocator.search.feasibility.question import Question
from allocator.search.ranges.chance import DrawSearch
from allocator.search.ranges.corners import Corners, corners_of
from allocator.search.ranges.draws import Draws, of_task
from allocator.search.ranges.together import TogetherSearch
from tests import oracle
from tests.generated_tables import BASES
from tests.generator import question
from tests.search.ranges.exact import exact

Point = tuple[int, ...]

CASES = [(42, "t3"), (206, "t2"), (82, "t2"), (89, "t2"), (79, "t2"), (121, "t3"), (131, "t3")]
"""Seeds and tasks: all of the first 400 seeds with 60 to 3,000 points that brute force asks in
some seconds, and that are neither nearly all ready nor nearly all not."""

MOST_POINTS = 3000
REPETITIONS = 100
DRAWS = 150


@dataclass(frozen=True)
class Box:
    """One task, its units, and whether it is ready at each point of the box."""

    problem: Problem
    world: World
    task: str
    units: tuple[Unit, ...]
    ready: dict[Point, bool]

    @property
    def ranges(self) -> list[Range]:
        return [one for unit in self.units for one in unit.ranges]

    @property
    def stated(self) -> Point:
        return tuple(one.figure.value for one in self.ranges)

    def question(self) -> Question:
        return Question(self.world, self.task, Settings())

    def corners(self) -> Corners:
        return corners_of(self.problem, self.question(), "unknown", Deadline(60))


@cache
def box(seed: int, task: str) -> Box:
    asked = question(seed)
    workspace, _ = from_tables(asked.tables, asked.models)
    assert workspace is not None
    problem = with_ranges(workspace, asked.problem, dict.fromkeys(BASES, 100))
    found = of_task(units(problem.ranges), relevant(problem, task))
    ranges = [one for unit in found for one in unit.ranges]
    points = list(product(*(range(one.low, one.high + 1) for one in ranges)))
    assert 60 < len(points) <= MOST_POINTS
    ready = {
        point: oracle.ready(
            at(problem, {one.figure: v for one, v in zip(ranges, point, strict=True)}),
            asked.world,
            task,
        )
        for point in points
    }
    return Box(problem, asked.world, task, found, ready)


def expected(ready: dict[Point, bool], ends: list[tuple[int, int]]) -> str:
    """The verdict over a box within the box, from all its points."""
    spans = [range(low, high + 1) for low, high in ends]
    found = {
        is_ready
        for point, is_ready in ready.items()
        if all(v in span for v, span in zip(point, spans, strict=True))
    }
    return "open" if len(found) == 2 else "surely ready" if True in found else "surely not"


@pytest.mark.parametrize(("seed", "task"), CASES)
def test_corners_and_sets_are_those_of_all_points(seed: int, task: str) -> None:
    here = box(seed, task)
    ends = [(one.low, one.high) for one in here.ranges]
    assert here.corners().verdict == expected(here.ready, ends) == "open"
    is_ready = here.ready[here.stated]
    told = TogetherSearch(here.problem, here.question(), here.units, harmful=is_ready).run(
        Deadline(60)
    )
    assert told.proved
    assert told.number == fewest(here, is_ready)
    moved = {one for unit in told.units for one in unit.ranges}
    assert here.ready[ended(here, moved, is_ready)] is not is_ready


def ended(here: Box, moved: set[Range], harmful: bool) -> Point:
    """These figures at their ends, the others as stated."""
    return tuple(
        (one.harmful if harmful else one.helpful) if one in moved else one.figure.value
        for one in here.ranges
    )


def fewest(here: Box, is_ready: bool) -> int:
    """Of all sets of units the size of the smallest that turns the verdict."""
    return min(
        size
        for size in range(1, len(here.units) + 1)
        for chosen in combinations(here.units, size)
        if here.ready[ended(here, {r for u in chosen for r in u.ranges}, is_ready)] is not is_ready
    )


@pytest.mark.parametrize(("seed", "task"), CASES)
def test_a_wider_range_never_removes_an_outcome(seed: int, task: str) -> None:
    """From the stated point outwards, one step of every figure at a time; each as enumerated."""
    here = box(seed, task)
    can = {"surely ready": {True}, "surely not": {False}, "open": {True, False}}
    before: set[bool] = set()
    for step in range(max(one.high - one.low for one in here.ranges) + 1):
        narrow = tuple(
            Range(
                one.figure,
                max(one.low, one.figure.value - step),
                min(one.high, one.figure.value + step),
            )
            for one in here.problem.ranges
        )
        problem = replace(here.problem, ranges=narrow)
        verdict = corners_of(problem, here.question(), "unknown", Deadline(60)).verdict
        own = {one.figure: (one.low, one.high) for one in narrow}
        assert verdict == expected(here.ready, [own[one.figure] for one in here.ranges])
        assert before <= can[verdict]
        before = can[verdict]
    assert before == {True, False}


def chance(here: Box) -> Fraction:
    """The exact one, over all points."""
    total = Fraction(0)
    weights = [exact(one) for one in here.ranges]
    for point, is_ready in here.ready.items():
        if is_ready:
            part = Fraction(1)
            for value, by_value in zip(point, weights, strict=True):
                part *= by_value[value]
            total += part
    return total


def repeated(here: Box) -> int:
    """In how many repetitions the exact chance lies inside the interval; each draw is asked of the
    enumeration too."""
    truth, inside = chance(here), 0
    assert 0 < truth < 1
    over = here.corners().verdict
    for seed in range(REPETITIONS):
        search = DrawSearch(here.problem, here.question(), Draws(here.units, DRAWS, seed))
        search.run(over, Deadline(60))
        assert search.finished
        drawn = [here.ready[tuple(row)] for row in search.draws.values.tolist()]
        assert search.answers.yes.tolist() == drawn
        told = search.chance()
        inside += told.low <= truth <= told.high
    return inside


def test_the_exact_chance_is_inside_in_95_of_100_repetitions() -> None:
    """Of all repetitions of all cases: none is left out."""
    inside = sum(repeated(box(seed, task)) for seed, task in CASES)
    assert 100 * inside >= 95 * REPETITIONS * len(CASES)


if __name__ == "__main__":
    for one_seed, one_task in CASES:
        test_corners_and_sets_are_those_of_all_points(one_seed, one_task)
        test_a_wider_range_never_removes_an_outcome(one_seed, one_task)
        this = box(one_seed, one_task)
        print(one_seed, one_task, len(this.ready), "points:", repeated(this), "of", REPETITIONS)
