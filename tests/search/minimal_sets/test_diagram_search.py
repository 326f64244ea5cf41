"""Worlds, families and searches in decision diagrams: against tables and against brute force."""

from __future__ import annotations

from collections.abc import Set
from heapq import heappush
from itertools import islice, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.deadline import Deadline, TimeUpError
from allocator.search.minimal_sets import diagram_search, diagram_sets, diagram_worlds
from allocator.search.minimal_sets.diagram_search import ContradictedError, DiagramSearch
from allocator.search.minimal_sets.diagram_sets import MinimalSets
from allocator.search.minimal_sets.diagram_worlds import DiagramWorlds
from allocator.search.minimal_sets.families import EVERY, Answer, Cut, Families, Mask
from allocator.search.minimal_sets.world_map import whole_map, world_map
from allocator.search.minimal_sets.world_sets import WorldSpace
from tests.plenty import plenty
from tests.search.minimal_sets.brute_sets import MOST_ELEMENTS, Ask, brute, yes_from

pytest.importorskip("oxidd")

MANY = settings(max_examples=150, deadline=None)
Case = tuple[list[int], list[Mask], set[Mask]]


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    """The order of the elements, the sets that any yes-set contains, some worlds at random."""
    size = draw(st.integers(1, MOST_ELEMENTS))
    masks = st.integers(0, (1 << size) - 1)
    order = draw(st.permutations(range(size)))
    return order, draw(st.lists(masks, max_size=8)), draw(st.sets(masks, max_size=40))


def _everything(size: int) -> Mask:
    return (1 << size) - 1


def _search(
    order: list[int],
    ask: Ask,
    known: Set[Mask] = frozenset(),
    *,
    said: Ask | None = None,
    **how: object,
) -> Families:
    """known: worlds whose answer is known beforehand, with all that follow from it."""
    space, size = DiagramWorlds(order), len(order)
    yes = [mask for mask in known if ask(mask) is Answer.YES]
    no = [mask for mask in known if ask(mask) is Answer.NO]
    proved = space.any_of(space.containing(mask) for mask in yes)
    refuted = space.any_of(space.without(_everything(size) & ~mask) for mask in no)
    how = {
        "rounds": plenty(),
        "costs": [1] * size,
        "widened": lambda mask: mask,
        "certain": lambda _: True,
    } | how
    certain = how.pop("certain")
    return DiagramSearch(space, refuted, proved, said or ask, certain, plenty(), **how).run()  # type: ignore[arg-type]


@MANY
@given(_cases(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 127)), max_size=6))
def test_sums_are_those_of_tables(case: Case, given_parts: list[tuple[int, int]]) -> None:
    """Numbers of units, each where all of some elements are, and where none of them is."""
    order, _, _ = case
    size = len(order)
    diagram, table = DiagramWorlds(order), WorldSpace(size)
    masks = [(units, mask & _everything(size)) for units, mask in given_parts]
    parts = [(units, diagram.containing(mask)) for units, mask in masks]
    same = [(units, table.containing(mask)) for units, mask in masks]
    for need in range(sum(units for units, _ in masks) + 2):
        found, right = diagram.at_least(need, parts), table.at_least(need, same)
        for world in range(1 << size):
            assert diagram.has(found, world) == table.has(right, world)
        assert diagram.narrowed(diagram.everything(), need, parts) == found


@MANY
@given(_cases(), st.lists(st.integers(1, 5), min_size=MOST_ELEMENTS, max_size=MOST_ELEMENTS))
def test_families_are_counted_and_listed_by_price(case: Case, costs: list[int]) -> None:
    order, sets, _ = case
    size = len(order)
    space = DiagramWorlds(order)
    worlds = space.any_of(space.containing(mask) for mask in sets)
    makers = MinimalSets(space)
    minimal, blocking = brute(size, yes_from(sets))
    for family, right in ((makers.unlocking(worlds), minimal), (makers.blocking(worlds), blocking)):
        listed = list(family.cheapest(costs))
        prices = [sum(costs[i] for i in range(size) if mask >> i & 1) for mask in listed]
        assert (len(listed), set(listed), family.number) == (len(right), right, len(right))
        assert prices == sorted(prices)


@MANY
@given(_cases())
def test_both_families_equal_brute_force(case: Case) -> None:
    """Whatever was known beforehand."""
    order, sets, some = case
    ask = yes_from(sets)
    heard: list[Mask] = []
    found = _search(order, ask, some, cut=Cut(EVERY, found=heard.append))
    minimal, blocking = brute(len(order), ask)
    assert found.complete
    assert found.whole is None
    assert sorted(heard) == sorted(found.minimal)
    assert (len(found.minimal), set(found.minimal)) == (len(minimal), minimal)
    assert (len(found.blocking), set(found.blocking)) == (len(blocking), blocking)


@MANY
@given(_cases())
def test_what_is_known_beforehand_is_not_asked_about(case: Case) -> None:
    """Where all is known only what is put to the engines all the same is asked."""
    order, sets, _ = case
    ask, asked = yes_from(sets), set()

    def listening(mask: Mask) -> Answer:
        asked.add(mask)
        return ask(mask)

    found = _search(order, ask, set(range(1 << len(order))), said=listening)
    assert found.complete
    assert asked <= set(found.minimal)


@MANY
@given(_cases(), st.sets(st.integers(0, 127), max_size=30), st.sampled_from([1, 100]))
def test_answers_that_never_come_make_no_sets(case: Case, silent: set[Mask], most: int) -> None:
    """Every listed set is one, whole means whole, and nothing smaller than said is missing."""
    order, sets, known = case
    ask = yes_from(sets)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(diagram_search, "MOST_LISTED", most)
        patched.setattr(diagram_search, "LISTED_OF_MANY", 1)
        found = _search(
            order, ask, known, said=lambda on: Answer.UNKNOWN if on in silent else ask(on)
        )
    minimal, blocking = brute(len(order), ask)
    assert set(found.minimal) <= minimal
    assert set(found.blocking) <= blocking
    assert {mask for mask in minimal if mask.bit_count() <= found.whole_to} <= set(found.minimal)
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


@MANY
@given(_cases())
def test_a_no_that_nobody_confirms_closes_nothing(case: Case) -> None:
    order, sets, known = case
    ask = yes_from(sets)
    minimal, blocking = brute(len(order), ask)
    found = _search(order, ask, known, certain=lambda _: False)
    assert set(found.minimal) <= minimal
    assert set(found.blocking) <= blocking


def test_sums_that_an_engine_refuses_are_not_used() -> None:
    with pytest.raises(ContradictedError):
        _search([0, 1], yes_from([0b01]), {0b00, 0b01}, said=lambda _: Answer.NO)


@MANY
@given(_cases())
def test_what_is_too_much_to_list_is_counted(case: Case) -> None:
    """And all is said of its worlds that a table of them says."""
    order, sets, known = case
    size, ask = len(order), yes_from(sets)
    minimal, blocking = brute(size, ask)
    names = [f"p{i}" for i in range(size)]
    likelihoods: dict[str, float | None] = dict.fromkeys(names, 0.3)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(diagram_search, "MOST_LISTED", 1)
        patched.setattr(diagram_search, "LISTED_OF_MANY", 2)
        found = _search(order, ask, known)
    many = max(len(minimal), len(blocking)) > 1
    assert (found.whole is not None, found.complete) == (many, not many)
    if found.whole is None:
        return
    assert found.settled
    assert (found.whole.unlocking, found.whole.blocking) == (len(minimal), len(blocking))
    assert len(found.minimal) == min(2, len(minimal))
    assert set(found.minimal) <= minimal
    for mask in range(1 << size):
        assert found.whole.has(mask) == (ask(mask) is Answer.YES)
    said = whole_map(names, found.whole, likelihoods, lambda: None)
    right = world_map(names, sorted(minimal), likelihoods)
    assert said is not None
    assert (said.worlds, said.ready, said.margin) == (right.worlds, right.ready, 0.0)
    assert said.likelihood == pytest.approx(right.likelihood)
    for one, other in zip(said.influence, right.influence, strict=True):
        assert one == other


@MANY
@given(_cases())
def test_the_worlds_that_all_have_are_those_of_tables(case: Case) -> None:
    order, sets, _ = case
    diagram, table = DiagramWorlds(order), WorldSpace(len(order))
    found = diagram.all_of([diagram.containing(mask) for mask in sets])
    right = table.all_of([table.everything(), *(table.containing(mask) for mask in sets)])
    every = range(1 << len(order))
    assert [diagram.has(found, world) for world in every] == [
        table.has(right, world) for world in every
    ]


def test_sums_of_more_nodes_than_there_is_time_for_end() -> None:
    space = DiagramWorlds(range(9), summed=40)
    parts = [(1, space.element(number)) for number in range(9)]
    first = space.at_least(2, parts)
    assert first.node_count() < 40
    for _ in range(9):  # What comes again is not counted again.
        assert space.at_least(2, parts) == first
    with pytest.raises(TimeUpError):
        space.at_least(4, parts)


def test_a_diagram_without_room_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(1)
    monkeypatch.setattr(diagram_worlds, "MOST_LEFT", 10)
    space = DiagramWorlds(range(12))
    parts = [(rng.randint(1, 99), space.element(number)) for number in range(12)]
    with pytest.raises(MemoryError):
        space.at_least(300, parts)


def test_many_more_sets_than_can_be_listed() -> None:
    """Each of twenty pairs needs one of its two: two to the twentieth ways, twenty blocking sets;
    the cheapest take the first of each pair."""
    pairs = 20
    space = DiagramWorlds(range(2 * pairs))
    ready = space.everything()
    for pair in range(pairs):
        ready &= space.element(2 * pair) | space.element(2 * pair + 1)
    found = DiagramSearch(
        space, space.invert(ready), ready, lambda _: Answer.YES, lambda _: True, plenty(),
        rounds=plenty(), widened=lambda mask: mask, costs=[1, 2] * pairs,
    ).run()  # fmt: skip
    assert found.whole is not None
    assert (found.whole.unlocking, found.whole.blocking) == (1 << pairs, pairs)
    assert (len(found.minimal), len(found.blocking)) == (diagram_search.LISTED_OF_MANY, pairs)
    prices = [sum(1 + i % 2 for i in range(2 * pairs) if m >> i & 1) for m in found.minimal]
    assert prices == sorted(prices)
    assert prices[0] == pairs
    # One, pairs, and pairs over two of the dearer are no more than listed: all of these come first.
    cheap = {
        sum(1 << (2 * pair + (pair in dearer)) for pair in range(pairs))
        for dearer in map(set, product(range(pairs), repeat=2))
    }
    assert cheap <= set(found.minimal)


def test_what_is_asked_for_is_listed_where_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs of twelve; those with the last are known, and too many to list: of them the one that is
    wanted, though others come before it."""
    monkeypatch.setattr(diagram_search, "MOST_LISTED", 3)
    monkeypatch.setattr(diagram_search, "LISTED_OF_MANY", 2)
    size, last = 12, 1 << 11
    space = DiagramWorlds(range(size))
    refuted = space.any_of(space.without(_everything(size) & ~(1 << i)) for i in range(size))
    proved = space.any_of(space.containing(last | 1 << i) for i in range(size - 1))

    def found(**asked: object) -> Families:
        return DiagramSearch(
            space, refuted, proved, lambda _: Answer.UNKNOWN, lambda _: False, plenty(),
            rounds=Deadline(0), widened=lambda mask: mask, cut=Cut(EVERY, **asked),  # type: ignore[typeddict-item]
        ).run()  # fmt: skip

    wanted = found(limit=1, wanted=lambda mask: bool(mask & 1 << 5))
    assert wanted.minimal == [last | 1 << 5]
    assert (wanted.complete, wanted.whole, wanted.whole_to) == (False, None, 1)
    assert len(found(limit=7).minimal) == 7
    assert len(found().minimal) == 2
    single = found(largest=1)
    assert (single.minimal, single.whole_to) == ([], 1)


def test_sets_of_one_price_are_listed_without_all_of_them_being_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of two to the twentieth sets, each of twenty elements: a hundred take a way of forty levels
    each, and no more than that of the others is looked at."""
    pairs, pushed = 20, []

    def counting(waiting: list[object], one: object) -> None:
        pushed.append(one)
        assert len(pushed) <= 100 * 2 * 2 * pairs
        heappush(waiting, one)  # type: ignore[type-var]

    monkeypatch.setattr(diagram_sets, "heappush", counting)
    space = DiagramWorlds(range(2 * pairs))
    ready = space.everything()
    for pair in range(pairs):
        ready &= space.element(2 * pair) | space.element(2 * pair + 1)
    found = [*islice(MinimalSets(space).unlocking(ready).cheapest(), 100)]
    assert len({*found}) == 100
    assert {mask.bit_count() for mask in found} == {pairs}
