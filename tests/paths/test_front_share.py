"""Fronts with the largest share, which no other list of brute force keeps, against every plan."""

from __future__ import annotations

from dataclasses import replace

from allocator.checker import objective_values
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.inputs.schema.objectives import LARGEST_SHARE
from allocator.model import Scope
from allocator.model.scope import alone
from allocator.search.front import front
from allocator.search.front.search import largest_share
from tests.brute.naive import MOST, number, valid_allocations
from tests.generator import question
from tests.plenty import plenty

PAIRS = (
    ("economy", LARGEST_SHARE),
    ("fewer_contingents", LARGEST_SHARE),
    (LARGEST_SHARE, "meet_targets"),
)


def test_every_point_with_the_largest_share_equals_brute_force() -> None:
    compared = 0
    for seed in range(5200, 5400):
        made = question(seed)
        for task in made.problem.tasks if number(made.problem) < MOST else ():
            scope = alone(made.problem, made.world, task.id)
            pair = PAIRS[seed % len(PAIRS)]
            found = front(made.problem, scope, pair, Settings(), plenty())
            assert found.complete, seed
            best = _unbeaten(made.problem, scope, pair)
            assert [point.values for point in found.points] == best, f"seed {seed}: {task.id}"
            compared += len(best) > 0
    assert compared > 5


def _unbeaten(asked: Problem, scope: Scope, pair: tuple[str, str]) -> list[tuple[int, ...]]:
    valued = replace(asked, objectives=tuple(name for name in pair if name != LARGEST_SHARE))
    every = set()
    for plan in valid_allocations(asked, scope.world, scope.tasks):
        if scope.task in plan.staffed:
            share = largest_share(asked, plan, scope.task)
            known = objective_values(valued, plan) | {LARGEST_SHARE: share}
            every.add(tuple(known[name] for name in pair))
    return sorted(p for p in every if not any(_beats(other, p) for other in every))


def _beats(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one != other and all(a <= b for a, b in zip(one, other, strict=True))
