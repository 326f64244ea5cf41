"""Whose word, or which release, would do: against brute force, and in the planner's words."""

from __future__ import annotations

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.search.blockers.relax import relaxed
from tests import oracle
from tests.generator import question

KINDS = ("caveats", "commitments")


def found(problem: Problem, world: World, task: str, kinds: tuple[str, ...] = KINDS) -> object:
    return relaxed(problem, world, task, kinds, Settings(), Deadline(30))


@pytest.mark.parametrize("seed", range(60))
def test_with_everything_met_it_is_what_gaps_lift(seed: int) -> None:
    """The same rows as the lifts of a short task, which brute force knows."""
    asked = question(seed)
    problem = asked.problem
    best = problem.meeting(asked.world, problem.open_preconditions(asked.world))
    for task in problem.tasks:
        try:
            if oracle.verdict(problem, asked.world, task.id) != "short":
                continue
            expected = oracle.lifts(problem, asked.world, task.id)
        except oracle.NotTinyError:
            continue
        got = found(problem, best, task.id)
        assert got.complete
        assert got.hopeless == (not expected)
        sets = {
            tuple(frozenset(n for k, n in s if k == kind) for kind in ("caveat", "commitment"))
            for s in got.sets
        }
        assert sets == {tuple(pair) for pair in expected}


def test_preconditions_alone_are_the_unlocking_sets() -> None:
    """Asked over preconditions only, it is the question that `blockers` answers anyway."""
    seen = 0
    for seed in range(40):
        asked = question(seed)
        for task in asked.problem.tasks:
            try:
                expected = oracle.unlocking(asked.problem, asked.world, task.id)
                blocked = oracle.verdict(asked.problem, asked.world, task.id) == "blocked"
            except oracle.NotTinyError:
                continue
            if blocked:
                seen += 1
                got = found(asked.problem, asked.world, task.id, ("preconditions",))
                assert {frozenset(n for _, n in s) for s in got.sets} == set(expected)
    assert seen > 5


@pytest.mark.parametrize("seed", range(20))
def test_without_time_only_sums_speak(seed: int) -> None:
    """No set is named, and hopeless is only said of what brute force cannot lift either."""
    asked = question(seed)
    problem = asked.problem
    best = problem.meeting(asked.world, problem.open_preconditions(asked.world))
    for task in problem.tasks:
        got = relaxed(problem, best, task.id, KINDS, Settings(), Deadline(0))
        assert got.sets == ()
        if got.hopeless:
            try:
                assert not oracle.lifts(problem, asked.world, task.id)
            except oracle.NotTinyError:
                continue
