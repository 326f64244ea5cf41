"""Tables over the worlds that have some elements in any case: as tables of all worlds, cut down."""

from __future__ import annotations

from random import Random

import pytest

from allocator.engines import Settings
from allocator.search.blockers.verdict import judge
from allocator.search.feasibility.known_worlds import always_on
from allocator.search.minimal_sets.families import Answer, Mask
from allocator.search.minimal_sets.table_search import TableSearch
from allocator.search.minimal_sets.world_sets import WorldSpace
from tests import oracle
from tests.generator import question
from tests.plenty import plenty
from tests.search.minimal_sets.brute_sets import brute, yes_from

SIZE = 9


def spaces(seed: int) -> tuple[WorldSpace, WorldSpace, list[Mask]]:
    """The worlds with some of the elements, all worlds, and the former as masks."""
    always = Random(seed).randrange(1 << SIZE)
    some = WorldSpace(SIZE, always)
    return some, WorldSpace(SIZE), [m for m in range(1 << SIZE) if m & always == always]


@pytest.mark.parametrize("seed", range(12))
def test_a_table_says_the_same_of_the_worlds_that_it_has(seed: int) -> None:
    rng = Random(100 + seed)
    some, all_, masks = spaces(seed)
    drawn = [m for m in masks if rng.random() < 0.2]
    table, whole = some.of(drawn), all_.of(drawn)
    assert some.masks(table) == drawn
    assert some.count(table) == len(drawn)
    assert some.masks(some.invert(table)) == [m for m in masks if m not in drawn]
    for mine, others in (
        (some.above(table), all_.above(whole)),
        (some.below(table), all_.below(whole)),
        (some.minimal(table), all_.minimal(whole)),
        (some.maximal(table), all_.maximal(whole)),
    ):
        assert some.masks(mine) == [m for m in all_.masks(others) if some.spans(m)]
    assert [some.has(table, m) for m in masks] == [m in drawn for m in masks]
    assert some.within([table], range(1 << SIZE)) == drawn
    for number in range(SIZE):
        assert some.masks(some.element(number)) == [m for m in masks if m >> number & 1]
    wanted = rng.randrange(1 << SIZE)
    assert some.masks(some.containing(wanted)) == [m for m in masks if m & wanted == wanted]
    assert [int(n) for n in some.sizes()] == [m.bit_count() for m in masks]


@pytest.mark.parametrize("seed", range(40))
def test_the_search_finds_both_families_whole(seed: int) -> None:
    """Elements that every yes has are left to the table, and are blocking sets by themselves."""
    rng = Random(seed)
    always = rng.randrange(1, 1 << SIZE)
    ask = yes_from([rng.randrange(1 << SIZE) | always for _ in range(rng.randint(1, 5))])
    worlds = WorldSpace(SIZE, always)
    asked: list[Mask] = []

    def asking(on: Mask) -> Answer:
        asked.append(on)
        return ask(on)

    search = TableSearch(worlds, worlds.nothing(), asking, lambda mask: True, plenty())
    found = search.run()
    minimal, blocking = brute(SIZE, ask)
    assert found.complete
    assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)
    assert len(found.blocking) == len(blocking)
    assert all(on & always == always for on in asked)


def test_a_search_that_is_cut_off_still_knows_what_is_in_every_way() -> None:
    always = 0b101
    worlds = WorldSpace(SIZE, always)
    ask = yes_from([always | 0b11000, always | 0b1100000])
    search = TableSearch(worlds, worlds.nothing(), ask, lambda mask: True, plenty(), limit=1)
    found = search.run()
    assert not found.complete
    assert {0b1, 0b100} <= set(found.blocking)


def test_questions_leave_out_of_their_tables_what_sums_show() -> None:
    """Of generated workspaces many have such preconditions; what is found is as brute force has
    it."""
    left_out = 0
    for seed in range(40):
        asked = question(seed)
        for task in asked.problem.tasks:
            judged = judge(asked.problem, asked.world, task.id, Settings(), plenty())
            if judged.verdict != "blocked":
                continue
            questions = judged.questions
            found = questions.search(plenty())
            left_out += always_on(questions.elements, questions._sums) > 0
            for masks, sets in (
                (found.minimal, oracle.unlocking(asked.problem, asked.world, task.id)),
                (found.blocking, oracle.blocking(asked.problem, asked.world, task.id)),
            ):
                assert {frozenset(questions.names(m)) for m in masks} == set(sets)
    assert left_out > 5, left_out


@pytest.mark.parametrize("known", [False, True])
def test_where_there_is_no_yes_at_all_nothing_is_named_beside(known: bool) -> None:
    """Whether that was known beforehand or came out."""
    worlds = WorldSpace(SIZE, 0b101)
    refuted = worlds.everything() if known else worlds.nothing()
    search = TableSearch(worlds, refuted, yes_from([]), lambda mask: True, plenty())
    found = search.run()
    assert (found.complete, found.minimal, found.blocking) == (True, [], [0])
