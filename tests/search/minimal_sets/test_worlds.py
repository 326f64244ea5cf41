"""Tables of all worlds against plain sets of masks."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS, Total, WorldSpace

MANY = settings(max_examples=100, deadline=None)
LARGE = pytest.mark.parametrize("size", [17, 22])
Masks = set[int]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[WorldSpace, Masks]:
    size = draw(st.integers(0, 9))
    return WorldSpace(size), _drawn(draw, size)


def _drawn(draw: st.DrawFn, size: int) -> Masks:
    """Few worlds, or many."""
    number = 1 << size
    if draw(st.booleans()):
        return draw(st.sets(st.integers(0, number - 1), max_size=12))
    chosen = random.Random(draw(st.integers(0, 10**6)))
    return {mask for mask in range(number) if chosen.random() < 0.7}


@MANY
@given(_cases())
def test_a_table_is_a_set_of_masks(case: tuple[WorldSpace, Masks]) -> None:
    """There and back, counted, looked up, turned over."""
    worlds, masks = case
    table, number = worlds.of(masks), 1 << worlds.size
    assert worlds.masks(table) == sorted(masks)
    assert worlds.count(table) == len(masks)
    assert {mask for mask in range(number) if worlds.has(table, mask)} == masks
    assert list(worlds.unpacked(table)) == [mask in masks for mask in range(number)]
    assert worlds.masks(worlds.invert(table)) == sorted(set(range(number)) - masks)
    assert (worlds.invert(worlds.invert(table)) == table).all()


@pytest.mark.parametrize("size", range(10))
def test_elements_and_the_two_ends(size: int) -> None:
    """Everything, nothing, and the worlds that have an element."""
    worlds, number = WorldSpace(size), 1 << size
    assert worlds.masks(worlds.everything()) == list(range(number))
    assert worlds.masks(worlds.nothing()) == []
    assert (worlds.invert(worlds.nothing()) == worlds.everything()).all()
    assert list(worlds.sizes()) == [mask.bit_count() for mask in range(number)]
    for element in range(size):
        having = [mask for mask in range(number) if mask >> element & 1]
        assert worlds.masks(worlds.element(element)) == having
    for mask in (0, number - 1, number // 3):
        containing = [other for other in range(number) if other & mask == mask]
        assert worlds.masks(worlds.containing(mask)) == containing


@MANY
@given(_cases())
def test_above_and_below(case: tuple[WorldSpace, Masks]) -> None:
    """All that contains one of them, all that lies within one."""
    worlds, masks = case
    before = worlds.of(masks)
    table = before.copy()
    above = [m for m in range(1 << worlds.size) if any(m & one == one for one in masks)]
    below = [m for m in range(1 << worlds.size) if any(m & one == m for one in masks)]
    assert worlds.masks(worlds.above(table)) == above
    assert worlds.masks(worlds.below(table)) == below
    assert (table == before).all()


@MANY
@given(_cases())
def test_minimal_and_maximal(case: tuple[WorldSpace, Masks]) -> None:
    """By single steps: no element can be taken from, or added to, a world within the table."""
    worlds, masks = case
    bits = [1 << element for element in range(worlds.size)]
    minimal = {m for m in masks if not any(m & bit and m ^ bit in masks for bit in bits)}
    maximal = {m for m in masks if not any(not m & bit and m | bit in masks for bit in bits)}
    table = worlds.of(masks)
    assert worlds.masks(worlds.minimal(table)) == sorted(minimal)
    assert worlds.masks(worlds.maximal(table)) == sorted(maximal)


@MANY
@given(_cases(), st.data())
def test_within_keeps_the_order(case: tuple[WorldSpace, Masks], data: st.DataObject) -> None:
    """Of the masks, repeated ones too, those that all tables have."""
    worlds, masks = case
    number = 1 << worlds.size
    other = _drawn(data.draw, worlds.size)
    asked = data.draw(st.lists(st.integers(0, number - 1), max_size=20))
    tables = [worlds.of(masks), worlds.of(other)]
    assert worlds.within(tables, asked) == [m for m in asked if m in masks and m in other]
    assert worlds.within([], asked) == asked
    assert worlds.within(tables, []) == []


@MANY
@given(st.integers(0, 7), st.data())
def test_totals_of_every_world(size: int, data: st.DataObject) -> None:
    """Parts that come on in any worlds, whatever they overlap; every threshold and beyond."""
    worlds = WorldSpace(size)
    units = data.draw(st.lists(st.integers(0, 20), max_size=5))
    parts = [(number, _drawn(data.draw, size)) for number in units]
    tables = [(number, worlds.of(masks)) for number, masks in parts]
    total = Total(worlds, tables)
    sums = [sum(n for n, masks in parts if mask in masks) for mask in range(1 << size)]
    for need in {-1, 0, 1, *sums, *(s + 1 for s in sums), sum(units) + 1, 10**9}:
        expected = [mask for mask, reached in enumerate(sums) if reached >= need]
        assert worlds.masks(total.at_least(need)) == expected
        assert (worlds.at_least(need, tables) == total.at_least(need)).all()


def test_a_total_leaves_its_parts_as_they_were() -> None:
    """Tables of elements are shared."""
    worlds = WorldSpace(8)
    before = worlds.element(7).copy()
    Total(worlds, [(3, worlds.element(7)), (5, worlds.element(7))]).at_least(8)
    assert (worlds.element(7) == before).all()


def test_more_elements_than_a_table_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="25 elements"):
        WorldSpace(MOST_ELEMENTS + 1)


# --- large ------------------------------------------------------------------------------------


def _few(size: int) -> list[int]:
    return sorted(random.Random(size).sample(range(1 << size), 5))


@LARGE
def test_large_tables_hold_what_they_are_given(size: int) -> None:
    """Five worlds of many, and both ends."""
    worlds, few = WorldSpace(size), _few(size)
    masks = sorted({0, (1 << size) - 1, *few})
    table = worlds.of(masks)
    assert worlds.masks(table) == masks
    assert worlds.count(worlds.invert(table)) == (1 << size) - len(masks)
    for element in (0, 5, 6, size - 1):
        assert worlds.count(worlds.element(element)) == 1 << (size - 1)
        assert all(worlds.has(worlds.element(element), m) == bool(m >> element & 1) for m in few)


@LARGE
@pytest.mark.parametrize("closing", ["above", "below"])
def test_large_closures(size: int, closing: str) -> None:
    """Against numpy over the mask numbers; the edge of a closure is what it came from."""
    worlds, few = WorldSpace(size), _few(size)
    numbers = np.arange(1 << size)
    close: Callable[..., object] = getattr(worlds, closing)
    table = close(worlds.of(few))
    expected = np.zeros(1 << size, dtype=bool)
    for one in few:
        expected |= numbers & one == (one if closing == "above" else numbers)
    assert (worlds.unpacked(table) == expected).all()  # type: ignore[arg-type]
    edge = worlds.minimal if closing == "above" else worlds.maximal
    extreme = [m for m in few if not any(_inside(o, m, closing) for o in few if o != m)]
    assert worlds.masks(edge(table)) == extreme  # type: ignore[arg-type]


def _inside(other: int, mask: int, closing: str) -> bool:
    return other & mask == (other if closing == "above" else mask)


@LARGE
def test_large_totals(size: int) -> None:
    """Elements count 1, 2, 3 … units."""
    worlds = WorldSpace(size)
    total = Total(worlds, [(e + 1, worlds.element(e)) for e in range(size)])
    most = size * (size + 1) // 2
    for mask in _few(size):
        reached = sum(e + 1 for e in range(size) if mask >> e & 1)
        assert worlds.has(total.at_least(reached), mask)
        assert not worlds.has(total.at_least(reached + 1), mask)
    assert worlds.masks(total.at_least(most)) == [(1 << size) - 1]
    assert worlds.count(total.at_least(1)) == (1 << size) - 1
