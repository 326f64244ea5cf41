"""Minimal transversals against their definition."""

from __future__ import annotations

from itertools import combinations
from random import Random

from allocator.checker.transversals import minimal_transversals


def _by_definition(sets: list[frozenset[str]]) -> frozenset[frozenset[str]]:
    members = sorted({m for one in sets for m in one})
    every = [frozenset(c) for k in range(len(members) + 1) for c in combinations(members, k)]
    meeting = [t for t in every if all(t & one for one in sets)]
    return frozenset(t for t in meeting if not any(other < t for other in meeting))


def test_known_families() -> None:
    assert minimal_transversals([]) == {frozenset()}
    assert minimal_transversals([[]]) == frozenset()
    assert minimal_transversals([["a"], []]) == frozenset()
    assert minimal_transversals([["a", "b"], ["b", "c"]]) == {frozenset("b"), frozenset("ac")}


def test_random_families_against_the_definition() -> None:
    rng = Random(1)
    for _ in range(300):
        sets = [
            frozenset(rng.sample("abcdef", rng.randint(1, 4))) for _ in range(rng.randint(1, 5))
        ]
        assert minimal_transversals(sets) == _by_definition(sets)


def test_transversals_of_transversals_are_the_minimal_sets() -> None:
    rng = Random(2)
    for _ in range(100):
        sets = {frozenset(rng.sample("abcdef", rng.randint(1, 4))) for _ in range(4)}
        twice = minimal_transversals(minimal_transversals(sets))
        assert twice == {one for one in sets if not any(other < one for other in sets)}
