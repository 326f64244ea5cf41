"""Corners of random boxes against every point of the box, by brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from allocator.checker import is_valid
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Range, best, relevant, worst
from allocator.planner import Planner
from allocator.search.blockers.verdict import judge
from allocator.search.ranges.corners import corners
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import Question, question

SEEDS = range(24)
LARGEST_BOX = 20


def box(problem: Problem, ranges: tuple[Range, ...]) -> Iterator[Problem]:
    """The problem at every point of the box, groups apart: their corners are the same."""
    spans = [range(one.low, one.high + 1) for one in ranges]
    for point in product(*spans):
        yield at(problem, dict(zip((one.figure for one in ranges), point, strict=True)))


def size(ranges: tuple[Range, ...]) -> int:
    points = 1
    for one in ranges:
        points *= one.high - one.low + 1
    return points


def outcomes(asked: Question, task: str) -> set[bool] | None:
    """What the task is at the points of the box; None where that takes too long to list."""
    ranges = relevant(asked.problem, task)
    if size(ranges) > LARGEST_BOX:
        return None
    try:
        return {oracle.ready(point, asked.world, task) for point in box(asked.problem, ranges)}
    except NotTinyError:
        return None


EXPECTED = {
    frozenset({True}): "surely ready",
    frozenset({False}): "surely not",
    frozenset({True, False}): "open",
}


@pytest.mark.parametrize("offered", [False, True])
def test_corners_say_what_every_point_of_the_box_says(offered: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        asked = question(seed, ranged=True, offered=offered)
        for task in asked.problem.tasks:
            every = outcomes(asked, task.id)
            if every is None:
                seen["too large"] += 1
                continue
            problem, world = asked.problem, asked.world
            stated = judge(problem, world, task.id, Settings(), Deadline(60)).verdict
            found = corners(problem, world, task.id, stated, Settings(), Deadline(60))
            assert not found.faults, (seed, task.id)
            assert found.verdict == EXPECTED[frozenset(every)], (seed, task.id)
            seen[found.verdict] += 1
    assert min(seen[word] for word in EXPECTED.values()) >= 1, seen


def test_a_run_says_it_beside_the_verdict_and_verify_asks_it_again() -> None:
    from allocator.analysis.second_opinions.result import recheck
    from allocator.checker import check_result

    for seed in range(6):
        asked = question(seed, ranged=True)
        run = planner_of(asked).solve("m", time_limit=30)
        told = {record.task: record.over_ranges for record in run.result.tasks}
        assert set(told) == {task.id for task in asked.problem.tasks}
        for task, over in told.items():
            every = outcomes_today(asked, task)
            assert every is None or over == EXPECTED[frozenset(every)], (seed, task)
        world = asked.problem.world()
        assert not check_result(run.problem, world, run.result)
        again = recheck(run.problem, world, run.result, Deadline(30))
        assert not [fault for fault in again.faults if "corner" in fault]


def outcomes_today(asked: Question, task: str) -> set[bool] | None:
    return outcomes(replace(asked, world=asked.problem.world()), task)


def planner_of(asked: Question) -> Planner:
    from allocator.inputs.inspection import from_tables

    workspace, issues = from_tables(asked.tables, asked.models)
    assert workspace is not None, issues
    return Planner(workspace)


@pytest.mark.parametrize(
    ("said", "true"),
    [("surely ready", "open"), ("surely not", "open"), ("open", "surely ready")],
)
def test_a_forged_verdict_over_ranges_is_found(said: str, true: str) -> None:
    from allocator.analysis.second_opinions.result import recheck

    for seed in range(40):
        asked = question(seed, ranged=True)
        run = planner_of(asked).solve("m", time_limit=30)
        record = next((r for r in run.result.tasks if r.over_ranges == true), None)
        if record is None:
            continue
        forged = run.result.model_copy(
            update={"tasks": (record.model_copy(update={"over_ranges": said}),)}
        )
        again = recheck(run.problem, run.world, forged, Deadline(30))
        assert [fault for fault in again.faults if "corner" in fault]
        return
    raise AssertionError(f"no task is {true}")


def test_a_workspace_without_ranges_says_nothing_of_them() -> None:
    from allocator.report.tables import plan as plan_tables
    from allocator.results.jsons import result_bytes

    run = planner_of(question(3)).solve("m")
    assert b"over_ranges" not in result_bytes(run.result)
    assert "over_ranges" not in plan_tables.tasks(run).header
    ranged = planner_of(question(3, ranged=True)).solve("m")
    assert "over_ranges" in plan_tables.tasks(ranged).header


def test_the_worst_corner_is_worse_than_any_point_and_the_best_is_better() -> None:
    """A plan of a worse point passes the checker at every better one, with what may be released
    there."""
    from allocator.search.feasibility.question import fitting

    passed = 0
    for seed in range(40):
        asked = question(seed, ranged=True)
        problem, world = asked.problem, asked.world
        for task in problem.tasks:
            only = problem.companions(task.id)
            try:
                found = next(iter(oracle_allocations(worst(problem), world, only, task.id)), None)
            except NotTinyError:
                continue
            if found is not None:
                for better in (problem, best(problem)):
                    assert is_valid(better, world, fitting(better, world, found), only=only)
                passed += 1
    assert passed >= 10


def oracle_allocations(problem, world, only, task):  # type: ignore[no-untyped-def]
    from tests.brute.enumeration import Enumeration

    return (found for found, _ in Enumeration(problem).allocations(world, only, task))
