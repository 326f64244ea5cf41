"""What is counted in decision diagrams is what tables say, and what formulas do beyond them."""

from __future__ import annotations

import sys
from itertools import combinations
from random import Random

import pytest

from allocator.deadline import Deadline
from allocator.search.minimal_sets import diagram_worlds, diagrams
from allocator.search.minimal_sets import world_map as maps
from allocator.search.minimal_sets.families import Mask, antichain
from allocator.search.minimal_sets.world_map import world_map
from allocator.search.packages.power import listed

pytest.importorskip("oxidd")


def case(seed: int) -> tuple[list[str], list[Mask], dict[str, float | None]]:
    rng = Random(seed)
    size = rng.randint(1, 9)
    sets = [rng.randrange(1 << size) for _ in range(rng.randint(0, 7))]
    names = [f"p{i}" for i in range(size)]
    chances: dict[str, float | None] = {n: rng.choice((0.0, 0.3, 0.5, 1.0)) for n in names}
    if rng.random() < 0.2:
        chances[rng.choice(names)] = None
    return names, antichain(sets), chances


def test_it_is_as_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 0
    for seed in range(200):
        names, sets, chances = case(seed)
        table = world_map(names, sets, chances)
        with monkeypatch.context() as patched:
            patched.setattr(maps, "MOST_ELEMENTS", 0)
            found = world_map(names, sets, chances)
        assert found.exact, f"seed {seed}: not counted"
        assert (found.worlds, found.ready) == (table.worlds, table.ready), f"seed {seed}"
        assert found.likelihood == pytest.approx(table.likelihood)
        assert found.influence == tuple(
            one.__class__(**{**vars(one), "shapley": pytest.approx(one.shapley)})
            for one in table.influence
        ), f"seed {seed}"
        counted += len(sets) > 1
    assert counted > 80


def test_beyond_tables_it_is_as_the_formula_has_it() -> None:
    """Any two of thirty."""
    size = 30
    names = [f"p{i:02}" for i in range(size)]
    pairs = [1 << i | 1 << j for i, j in combinations(range(size), 2)]
    found = world_map(names, pairs, dict.fromkeys(names, 0.5))
    ready = (1 << size) - 1 - size
    assert (found.exact, found.ready) == (True, ready / (1 << size))
    assert found.likelihood == pytest.approx(found.ready)
    for one in found.influence:
        assert one.banzhaf == (size - 1) / (1 << (size - 1))
        assert one.shapley == pytest.approx(1 / size)
    power = listed(names, pairs)
    assert (power.basis, power.winning) == ("listed", ready)
    assert sum(weight.shapley or 0 for weight in power.weights) == pytest.approx(1)


@pytest.mark.parametrize("how", ["not installed", "too many nodes", "no room", "no time"])
def test_otherwise_worlds_are_drawn_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    names = [f"p{i:02}" for i in range(26)]
    pairs = [1 << i | 1 << j for i, j in combinations(range(26), 2)]
    check = Deadline(60).check
    match how:
        case "not installed":
            monkeypatch.setitem(sys.modules, "oxidd.bdd", None)
        case "too many nodes":
            monkeypatch.setattr(diagrams, "MOST_NODES", 5)
        case "no room":
            monkeypatch.setattr(diagram_worlds, "ROOM", 5)
        case _:
            check = Deadline(0).check
    found = world_map(names, pairs, {}, check)
    assert not found.exact
    assert found.margin > 0
    assert {one.shapley for one in found.influence} == {None}
