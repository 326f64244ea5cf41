"""What a review says of random plans of tiny problems equals what trying everything shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from allocator.analysis.reviewing import review
from allocator.checker import violations
from allocator.checker.fixed_plan import LIFTED, FixedPlan
from allocator.deadline import Deadline
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation
from tests import oracle
from tests.brute.given import (
    assumed,
    drawn,
    every_release,
    passing_releases,
    plan_of,
    to_lift,
)
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.thorough import some

CHUNK = 20


def _cases(first: int, *, offered: bool = False):
    """Problems with plans near what can be done, and far from it."""
    for seed in range(first, first + CHUNK):
        asked = question(seed, offered=offered)
        rng = Random(f"given {seed}")
        best = asked.problem.meeting(asked.world, asked.problem.open_preconditions(asked.world))
        unbound = replace(asked.problem, caveats=(), commitments=())
        problem, world = rng.choice(
            ((asked.problem, best), (asked.problem, asked.world), (unbound, best))
        )
        try:
            near = oracle.joint_plan(problem, world)
        except NotTinyError:
            continue
        for base in (near, None):
            yield seed, asked.problem, asked.world, drawn(asked.problem, rng, base)


def _all_released(problem: Problem, world: World, given: GivenPlan) -> Allocation:
    most = max(every_release(problem, world), key=lambda released: sum(released.values()))
    pools = {(key[0], key[3]) for key in given.units}
    used = {
        key: n
        for key, n in most.items()
        if (problem.commitment(key[0]).nation, problem.commitment(key[0]).capability) in pools
    }
    return Allocation(given.tasks, given.units, used)


@pytest.mark.parametrize("offered", [False, True])
@pytest.mark.parametrize("first", some(range(0, 200, CHUNK)))
def test_what_breaks_is_assumed_or_to_be_lifted_equals_brute_force(
    first: int, offered: bool
) -> None:
    seen: Counter[str] = Counter()
    for seed, problem, world, given in _cases(first, offered=offered):
        try:
            right = assumed(problem, world, given)
            whole = _all_released(problem, world, given)
            lifts = to_lift(problem, world, given) if not right else set()
        except NotTinyError:
            continue
        found = review(problem, world, given, Deadline(60))
        assert {_at(v.rule, v.place) for v in found.breaches} == {
            _at(v.rule, v.places) for v in violations(problem, world, whole)
        }, seed
        assert all(v.amount is None or v.amount > 0 for v in found.breaches)
        assert found.valid == bool(passing_releases(problem, world, given)), seed
        assert found.assumes_complete
        assert {frozenset(one) for one in found.assumes} == right, seed
        assert len(set(found.assumes)) == len(found.assumes)
        best = problem.meeting(world, problem.open_preconditions(world))
        broken = FixedPlan(problem, best, given.tasks, given.units).violations
        if right or not {v.rule for v in broken} <= set(LIFTED):
            lifts = set()
        listed = {frozenset((*one.caveats, *one.commitments)) for one in found.lifts}
        assert listed == lifts, seed
        seen[_kind(found.assumes, found.lifts)] += 1
    assert sum(seen.values()) >= CHUNK


def _at(rule: str, places: Mapping[str, str | int]) -> tuple[object, ...]:
    return (rule, *sorted(places.items()))


def _kind(assumes, lifts) -> str:
    if not assumes:
        return "lifts" if lifts else "never"
    return "now" if assumes == ((),) else "assumes"


@pytest.mark.parametrize("first", some(range(0, 200, CHUNK)))
def test_no_fewer_releases_do(first: int) -> None:
    """Where the plan is valid with releases, those shown do, and no fewer would."""
    for seed, problem, world, given in _cases(first):
        try:
            passing = passing_releases(problem, world, given)
        except NotTinyError:
            continue
        if passing:
            found = review(problem, world, given, Deadline(60)).allocation
            assert not violations(problem, world, found), seed
            fewest = min(sum(released.values()) for released in passing)
            assert sum(found.released.values()) == fewest, seed


@pytest.mark.parametrize("first", some(range(0, 100, CHUNK)))
def test_the_best_plan_reviews_clean(first: int) -> None:
    for seed in range(first, first + CHUNK):
        asked = question(seed, composed=seed % 2 == 0)
        try:
            best = oracle.joint_plan(asked.problem, asked.world)
        except NotTinyError:
            continue
        found = review(asked.problem, asked.world, plan_of(dict(best.units)), Deadline(60))
        idle = best.staffed - found.given.tasks  # Tasks that need nothing, and so have no row.
        breaches = [b for b in found.breaches if not idle]
        assert not breaches, seed
        assert idle or found.assumes == ((),)


def test_every_kind_of_answer_is_met() -> None:
    kinds: Counter[str] = Counter()
    for first, offered in product(range(0, 120, CHUNK), (False, True)):
        for _, problem, world, given in _cases(first, offered=offered):
            found = review(problem, world, given, Deadline(60))
            kinds[_kind(found.assumes, found.lifts)] += 1
            kinds.update(f"{b.rule}" for b in found.breaches)
            if any(b.rule == "R11" for b in found.breaches) and found.assumes:
                kinds["an offer on a condition"] += 1
    assert {"now", "assumes", "lifts", "never"} <= set(kinds)
    assert {"R1", "R3", "R5", "R10", "R11"} <= set(kinds), kinds
    assert kinds["an offer on a condition"]
