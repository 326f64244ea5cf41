"""Two problems of one period around one of several: a no of the sums is a no, and the same units
in every period are an allocation that the checker judges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.checker import violations
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.model.scope import alone
from allocator.search.feasibility.one_period import OnePeriod, fits
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer
from allocator.search.packages.search import candidates
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty
from tests.thorough import some


def _scope(asked: Problem, task: str = "t") -> Scope:
    world = asked.world()
    return replace(alone(asked, world, task), nations=candidates(asked, world, task))


@pytest.mark.parametrize("first", some(range(6000, 6400, 100)))
def test_a_no_of_the_sums_is_a_no_and_a_guess_mostly_stands(first: int) -> None:
    """Every coalition of random problems, by brute force; every rule takes part."""
    refuted = staffed = 0
    for seed in range(first, first + 100):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            nations = candidates(asked, world, task.id)
            scope = replace(alone(asked, world, task.id), nations=nations)
            if not nations or not fits(asked, scope):
                continue
            small = OnePeriod(asked, scope, Settings())
            for on in range(1 << len(nations)):
                coalition = frozenset(n for k, n in enumerate(nations) if on >> k & 1)
                try:
                    ready = oracle.ready(asked, world, task.id, (task.id, coalition))
                except NotTinyError:
                    break
                said_no = small.refuted(on, plenty())
                assert said_no is None or not ready, f"seed {seed}: {coalition}"
                if said_no is not None:
                    assert small.stands(said_no, on, plenty()), f"seed {seed}: {coalition}"
                    refuted += 1
                guess = small.guess(on, plenty())
                if guess is not None and not violations(
                    asked, world, guess, only=scope.tasks, nations=(task.id, coalition)
                ):
                    assert ready, f"seed {seed}: {coalition}"
                    staffed += 1
    assert refuted > 10
    assert staffed > 5


def test_questions_of_several_periods_are_answered_without_the_whole_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A share that no sum of the tables sees: half at the most, of two nations with unlike
    forces. The engines on the whole problem are not asked."""
    asked = problem(
        [{"task": "t", "lines": [line(4)], "max_share": 0.5}],
        {("FRA", "bn"): 4, ("GBR", "bn"): 1, ("POL", "bn"): 2},
        horizon=3,
    )
    scope = _scope(asked)
    questions = StaffingOracle(asked, scope, Settings(), plenty())
    monkeypatch.setattr(questions, "_search", lambda on: pytest.fail("asked"))
    names = {name: 1 << k for k, (_, name) in enumerate(questions.elements)}
    assert questions.ask(names["FRA"] | names["GBR"]) is Answer.NO
    assert questions.certain(names["FRA"] | names["GBR"])
    assert questions.ask(names["FRA"] | names["POL"]) is Answer.YES
    assert questions.faults == []


def test_what_may_be_released_is_counted_and_released() -> None:
    """The units are all committed; released they staff the task in every period."""
    asked = problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): 2},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": 2, "release_requires": "always"}
        ],
        horizon=2,
    )
    small = OnePeriod(asked, _scope(asked), Settings())
    guess = small.guess(1, plenty())
    assert guess is not None
    assert guess.released == {("c0", 1): 2, ("c0", 2): 2}
    assert not violations(asked, asked.world(), guess)


def test_it_is_for_one_task_of_several_periods_alone() -> None:
    one = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1})
    assert not fits(one, _scope(one))
    two = problem(
        [
            {"task": "t", "lines": [line(1)], "requires": "staffed(u)"},
            {"task": "u", "lines": [line(1)]},
        ],
        {("FRA", "bn"): 2},
        horizon=2,
    )
    assert not fits(two, _scope(two))
    assert fits(two, _scope(two, "u"))
    assert not fits(two, alone(two, two.world(), "u"))
    with pytest.raises(ValueError, match="several periods"):
        OnePeriod(one, _scope(one), Settings())
