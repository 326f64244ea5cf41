"""Minimal transversals against their definition."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import pytest

from allocator.checker import transversals
from allocator.checker.transversals import (
    each_minimal_transversal,
    is_minimal_transversal,
    minimal_transversals,
)


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
    every = [frozenset(c) for k in range(7) for c in combinations("abcdef", k)]
    for _ in range(300):
        sets = [
            frozenset(rng.sample("abcdef", rng.randint(1, 4))) for _ in range(rng.randint(1, 5))
        ]
        right = _by_definition(sets)
        assert minimal_transversals(sets) == right
        assert {one for one in every if is_minimal_transversal(one, sets)} == right


@pytest.mark.parametrize("seed", range(20))
def test_the_table_finds_what_the_search_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Families large enough for the table, and small ones that the threshold lets in."""
    rng, tabled = Random(seed), 0
    by_table = transversals._by_table

    def counted(*args: Any) -> frozenset[frozenset[str]]:
        nonlocal tabled
        tabled += 1
        return by_table(*args)

    monkeypatch.setattr(transversals, "_by_table", counted)
    names = [f"m{number}" for number in range(12)]
    for many in (0, 1, 3, 30, 150):
        monkeypatch.setattr(transversals, "LARGE", min(many, 100))
        sets = [frozenset(rng.sample(names, rng.randint(many < 2, 6))) for _ in range(many)]
        assert minimal_transversals(sets) == frozenset(each_minimal_transversal(sets))
    assert tabled == 5


def test_a_family_of_many_members_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transversals, "_by_table", None)
    pairs = [{f"a{number}", f"b{number}"} for number in range(13)]
    sets = pairs + [{"a0", "b0", f"a{number}"} for number in range(1, 13)] * 9
    assert len(minimal_transversals(sets)) == 2**13


def test_transversals_of_transversals_are_the_minimal_sets() -> None:
    rng = Random(2)
    for _ in range(100):
        sets = {frozenset(rng.sample("abcdef", rng.randint(1, 4))) for _ in range(4)}
        twice = minimal_transversals(minimal_transversals(sets))
        assert twice == {one for one in sets if not any(other < one for other in sets)}
