"""Sets that survive losses, against trying every loss."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.search.minimal_sets.families import (
    Families,
    Mask,
    antichain,
    minimal_transversals,
)
from allocator.search.minimal_sets.fold_transversals import fold_transversals
from allocator.search.packages.search import PackageSearch
from allocator.search.surviving import surviving
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.plenty import plenty

Sets = frozenset[frozenset[str]]


def drawn(rng: Random, size: int) -> list[Mask]:
    return antichain(rng.randrange(1, 1 << size) for _ in range(rng.randint(0, 7)))


def by_trying(family: list[Mask], fold: int, size: int) -> set[Mask]:
    able = [m for m in range(1 << size) if all((m & b).bit_count() >= fold for b in family)]
    return {m for m in able if not any(o != m and o & m == o for o in able)}


@pytest.mark.parametrize("fold", [1, 2, 3])
def test_every_minimal_fold_transversal_once(fold: int) -> None:
    for seed in range(300):
        rng = Random(seed)
        size = rng.randint(1, 8)
        family = drawn(rng, size)
        found = list(fold_transversals(family, fold))
        assert len(found) == len(set(found)), seed
        assert set(found) == by_trying(family, fold, size), seed
        if fold == 1:
            assert set(found) == set(minimal_transversals(family)), seed


def survivors(problem: object, world: object, task: str, nations: tuple[str, ...], k: int) -> Sets:
    """Every set of nations that, less any k of its members, can still staff the task."""

    def stands(members: tuple[str, ...]) -> bool:
        losses = combinations(members, min(k, len(members)))
        return all(
            oracle.ready(problem, world, task, (task, frozenset(members) - set(lost)))  # type: ignore[arg-type]
            for lost in losses
        )

    able = [
        frozenset(members)
        for size in range(len(nations) + 1)
        for members in combinations(nations, size)
        if stands(members)
    ]
    return frozenset(one for one in able if not any(other < one for other in able))


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_all_that_survive_and_the_reasons_against_every_loss(first: int) -> None:
    some = none = 0
    for seed in range(first, first + 40):
        made = question(seed)
        for task in made.problem.tasks:
            packing = PackageSearch(made.problem, made.world, task.id, Settings(), plenty())
            packing.run(plenty())
            assert packing.families.complete
            names = [name for _, name in packing.questions.elements]
            for k in (1, 2):
                found = surviving(names, packing.families, k, plenty())
                try:
                    right = survivors(made.problem, made.world, task.id, made.problem.nations, k)
                    if found.reasons and found.reasons != ((),):
                        check_reasons(found.reasons, made, task.id, k)
                except NotTinyError:
                    continue
                assert found.complete
                assert frozenset(map(frozenset, found.sets)) == right, (seed, task.id, k)
                assert bool(found.reasons) != bool(found.sets), (seed, task.id, k)
                some += bool(found.sets and found.sets != ((),))
                none += bool(found.reasons)
    assert some
    assert none


def check_reasons(reasons: tuple[tuple[str, ...], ...], made: object, task: str, k: int) -> None:
    """All minimal sets of at most k nations without which nobody can do it."""
    problem, world = made.problem, made.world  # type: ignore[attr-defined]
    blocking = [
        frozenset(gone)
        for size in range(k + 1)
        for gone in combinations(problem.nations, size)
        if not oracle.ready(problem, world, task, (task, frozenset(problem.nations) - set(gone)))
    ]
    minimal = {one for one in blocking if not any(other < one for other in blocking)}
    assert set(map(frozenset, reasons)) == minimal


def test_of_a_family_that_is_cut_off_only_what_is_certain() -> None:
    """Some sets of either family are not known; each set that is named is minimal all the same."""
    named = 0
    for seed in range(300):
        rng = Random(seed)
        minimal = drawn(rng, 7)
        whole = Families(minimal, minimal_transversals(minimal), True)
        part = Families(
            [one for one in whole.minimal if rng.random() < 0.8],
            [one for one in whole.blocking if rng.random() < 0.8],
        )
        letters = tuple("abcdefg")
        for k in (1, 2):
            right = surviving(letters, whole, k, plenty())
            found = surviving(letters, part, k, plenty())
            assert not found.complete
            assert set(found.sets) <= set(right.sets), seed
            assert set(found.reasons) <= set(right.reasons), seed
            named += bool(found.sets)
    assert named > 20


def test_no_time_names_no_whole_family() -> None:
    found = surviving(("a", "b"), Families([3], [1, 2], True), 0, Deadline(0))
    assert not found.complete
