"""Indices, shares and prices over all worlds, against listing every world."""

from __future__ import annotations

import sys
from itertools import permutations
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.search.minimal_sets.families import antichain
from allocator.search.minimal_sets.world_map import world_map
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS

SIZE = 5
FAMILIES = st.lists(st.integers(1, (1 << SIZE) - 1), min_size=1, max_size=6).map(antichain)
NAMES = [f"p{i}" for i in range(SIZE)]


def ready(family: list[int], world: int) -> bool:
    return any(mask & world == mask for mask in family)


@given(FAMILIES, st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), min_size=SIZE, max_size=SIZE))
def test_shares_and_indices_equal_those_of_listing_all_worlds(
    family: list[int], chances: list[float]
) -> None:
    """Banzhaf by swings, Shapley by orderings, the likelihood by summing over worlds."""
    found = world_map(NAMES, family, dict(zip(NAMES, chances, strict=True)))
    worlds = range(1 << SIZE)
    assert found.exact
    assert found.ready == sum(ready(family, w) for w in worlds) / len(worlds)
    assert found.likelihood == pytest.approx(
        sum(_chance(w, chances) for w in worlds if ready(family, w))
    )
    pivots = [0] * SIZE
    for order in permutations(range(SIZE)):
        world = 0
        for element in order:
            if not ready(family, world) and ready(family, world | 1 << element):
                pivots[element] += 1
            world |= 1 << element
    for i, item in enumerate(found.influence):
        swings = sum(
            ready(family, w | 1 << i) and not ready(family, w) for w in worlds if not w >> i & 1
        )
        assert item.banzhaf == pytest.approx(swings / (1 << (SIZE - 1)))
        assert item.shapley == pytest.approx(pivots[i] / factorial(SIZE))
        assert item.necessary == all(mask >> i & 1 for mask in family)
        assert item.never_needed == (not any(mask >> i & 1 for mask in family))


def _chance(world: int, chances: list[float]) -> float:
    product = 1.0
    for i, chance in enumerate(chances):
        product *= chance if world >> i & 1 else 1 - chance
    return product


def test_the_security_council_has_its_published_indices() -> None:
    """Five permanent members with 7 votes, ten with 1, 39 needed (Felsenthal and Machover 1998):
    the members as elements, so that a known voting rule checks the indices."""
    permanent = (1 << 5) - 1
    family = [permanent | others << 5 for others in range(1 << 10) if others.bit_count() == 4]
    found = world_map([f"m{i}" for i in range(15)], family, {})
    assert len(family) == 210
    assert found.ready * 2**15 == 848
    total = sum(item.banzhaf for item in found.influence)
    assert found.influence[0].banzhaf / total == pytest.approx(0.1669, abs=5e-5)
    assert found.influence[5].banzhaf / total == pytest.approx(0.0165, abs=5e-5)
    assert found.influence[0].shapley == pytest.approx(0.1963, abs=5e-5)
    assert found.influence[5].shapley == pytest.approx(0.00186, abs=5e-6)
    assert found.likelihood is None


def test_substitutes_may_change_places() -> None:
    found = world_map(["a", "b", "c", "d"], [0b0101, 0b0110], {})
    assert [item.substitutes for item in found.influence] == [("b",), ("a",), (), ()]


def test_those_that_are_always_together_replace_each_other_nowhere() -> None:
    """A substitute stands in for one that is absent."""
    for family in ([0b011], [0b011, 0b100]):
        found = world_map(["a", "b", "c"], family, {})
        assert [item.substitutes for item in found.influence] == [(), (), ()]


@pytest.fixture
def no_diagrams(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setitem(sys.modules, "oxidd.bdd", None)


@pytest.mark.usefixtures("no_diagrams")
def test_above_the_table_shares_are_sampled_and_say_so() -> None:
    """Half of all worlds have element 0; the interval covers that."""
    size = MOST_ELEMENTS + 10
    found = world_map([f"p{i}" for i in range(size)], [1], {})
    assert not found.exact
    assert abs(found.ready - 0.5) < 2 * found.margin
    assert found.influence[0].banzhaf == 1.0
    assert found.influence[0].shapley is None
    assert found == world_map([f"p{i}" for i in range(size)], [1], {})


@pytest.mark.usefixtures("no_diagrams")
@pytest.mark.parametrize(("minimal", "ready"), [([0b11], 0.25), ([(1 << 30) - 1], 0.0), ([0], 1.0)])
def test_no_figure_of_a_sample_is_exact(minimal: list[int], ready: float) -> None:
    """Not where the sample shows nothing, or all, either; a likelihood is drawn like the rest. The
    draw is fixed, so that this cannot fail by chance once it has passed."""
    names = [f"p{i}" for i in range(MOST_ELEMENTS + 10)]
    found = world_map(names, minimal, dict.fromkeys(names, 0.5))
    assert found.likelihood is not None
    assert min(found.margin, found.banzhaf_margin, found.likelihood_margin) > 0.0009
    assert abs(found.ready - ready) <= 1.5 * found.margin
    assert abs(found.likelihood - ready) <= 1.5 * found.likelihood_margin
    index = 0.5 if minimal == [0b11] else 0.0
    assert abs(found.influence[0].banzhaf - index) <= 1.5 * found.banzhaf_margin
