"""What the searches over ranges claim of a box, each held against all its points."""

from __future__ import annotations

from dataclasses import replace

from allocator.deadline import Deadline
from allocator.inputs.problem.ranges import Range
from allocator.search.ranges.chance import DrawSearch
from allocator.search.ranges.corners import corners_of
from allocator.search.ranges.draws import Draws
from allocator.search.ranges.together import TogetherSearch
from tests.search.ranges.boxes import Box, chance, ended, expected, fewest

DRAWS = 150

CAN = {"surely ready": {True}, "surely not": {False}, "open": {True, False}}


def corners(here: Box) -> str:
    """The verdict over the box, as enumerated."""
    verdict = here.corners().verdict
    assert verdict == expected(here.ready, [(one.low, one.high) for one in here.ranges])
    return verdict


def sets(here: Box) -> int:
    """How many figures of an open box must be off together, as enumerated; the set turns it."""
    is_ready = here.ready[here.stated]
    search = TogetherSearch(here.problem, here.question(), here.units, harmful=is_ready)
    told = search.run(Deadline(60))
    assert told.proved
    assert told.number == fewest(here, is_ready)
    assert here.ready[ended(here, told.units, is_ready)] is not is_ready
    return told.bound


def widened(here: Box) -> set[bool]:
    """What can be in the whole box, from the stated point outwards, one step of every figure at a
    time: each verdict as enumerated, and none that removes an outcome."""
    before: set[bool] = set()
    for step in range(max(one.high - one.low for one in here.ranges) + 1):
        narrow = tuple(_narrowed(one, step) for one in here.problem.ranges)
        problem = replace(here.problem, ranges=narrow)
        verdict = corners_of(problem, here.question(), "unknown", Deadline(60)).verdict
        own = {one.figure: (one.low, one.high) for one in narrow}
        assert verdict == expected(here.ready, [own[one.figure] for one in here.ranges])
        assert before <= CAN[verdict]
        before = CAN[verdict]
    return before


def _narrowed(one: Range, step: int) -> Range:
    stated = one.figure.value
    return Range(one.figure, max(one.low, stated - step), min(one.high, stated + step))


def chances(here: Box, repetitions: int) -> int:
    """In how many repetitions the exact chance lies inside the interval; each draw is asked of the
    enumeration too."""
    truth, inside = chance(here), 0
    assert 0 < truth < 1
    over = here.corners().verdict
    for seed in range(repetitions):
        search = DrawSearch(here.problem, here.question(), Draws(here.units, DRAWS, seed))
        search.run(over, Deadline(60))
        assert search.finished
        drawn = [here.ready[tuple(row)] for row in search.draws.values.tolist()]
        assert search.answers.yes.tolist() == drawn
        told = search.chance()
        inside += told.low <= truth <= told.high
    return inside
