"""The search in a table of all worlds: against brute force and against the other search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.deadline import Deadline
from allocator.search.minimal_sets.families import Answer, Families, Mask
from allocator.search.minimal_sets.search import Search
from allocator.search.minimal_sets.table_search import TableSearch
from allocator.search.minimal_sets.world_sets import WorldSpace
from tests.plenty import plenty
from tests.search.minimal_sets.brute_sets import MOST_ELEMENTS, Ask, brute, yes_from

MANY = settings(max_examples=200, deadline=None)
Case = tuple[int, list[Mask], set[Mask]]


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    """Number of elements, the sets that any yes-set contains, and some worlds at random."""
    size = draw(st.integers(0, MOST_ELEMENTS))
    masks = st.integers(0, (1 << size) - 1)
    return size, draw(st.lists(masks, max_size=8)), draw(st.sets(masks, max_size=40))


def _search(size: int, ask: Ask, known: Set[Mask] = frozenset(), **how: object) -> Families:
    """`known`: worlds known to be no beforehand, with all below them."""
    worlds = WorldSpace(size)
    refuted = worlds.below(worlds.of(known)) if known else worlds.nothing()
    deadline = how.pop("deadline", None) or plenty()
    certain = how.pop("certain", lambda mask: True)
    return TableSearch(worlds, refuted, ask, certain, deadline, **how).run()  # type: ignore[arg-type]


@MANY
@given(_cases())
def test_both_families_equal_brute_force(case: Case) -> None:
    """Whatever noes were known beforehand; each set once, smallest first."""
    size, sets, some = case
    ask = yes_from(sets)
    known = {mask for mask in some if ask(mask) is Answer.NO}
    heard: list[Mask] = []
    found = _search(size, ask, known, found=heard.append)
    minimal, blocking = brute(size, ask)
    assert found.complete
    assert heard == found.minimal
    assert (len(found.minimal), set(found.minimal)) == (len(minimal), minimal)
    assert (len(found.blocking), set(found.blocking)) == (len(blocking), blocking)
    sizes = [mask.bit_count() for mask in heard]
    assert sizes == sorted(sizes)


@MANY
@given(_cases())
def test_both_searches_agree(case: Case) -> None:
    """Two algorithms that share nothing but the question."""
    size, sets, _ = case
    ask = yes_from(sets)
    other = Search(size, ask, lambda mask: True, plenty()).run()
    found = _search(size, ask)
    assert set(found.minimal) == set(other.minimal)
    assert set(found.blocking) == set(other.blocking)


@MANY
@given(_cases())
def test_answers_that_never_come_make_no_sets(case: Case) -> None:
    """Every listed set is one, and complete means complete."""
    size, sets, silent = case
    ask = yes_from(sets)
    found = _search(size, lambda on: Answer.UNKNOWN if on in silent else ask(on))
    minimal, blocking = brute(size, ask)
    assert set(found.minimal) <= minimal
    assert set(found.blocking) <= blocking
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


@MANY
@given(_cases())
def test_noes_that_do_not_stand_close_nothing(case: Case) -> None:
    """Wrong first noes that the second opinion does not confirm lead to no wrong set."""
    size, sets, doubtful = case
    ask = yes_from(sets)
    found = _search(
        size,
        lambda on: Answer.NO if on in doubtful else ask(on),
        certain=lambda on: on not in doubtful and ask(on) is Answer.NO,
    )
    minimal, blocking = brute(size, ask)
    assert set(found.minimal) <= minimal
    assert all(ask(~mask & (1 << size) - 1) is Answer.NO for mask in found.blocking)
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


@MANY
@given(_cases(), st.integers(1, 40))
def test_what_is_known_when_the_deadline_comes_is_true(case: Case, questions: int) -> None:
    """Cancelled after any number of questions."""
    size, sets, _ = case
    ask = yes_from(sets)
    deadline = Deadline(60)
    left = questions

    def counted(on: Mask) -> Answer:
        nonlocal left
        left -= 1
        if left <= 0:
            deadline.cancel()
            return Answer.UNKNOWN
        return ask(on)

    found = _search(size, counted, deadline=deadline)
    minimal, blocking = brute(size, ask)
    assert set(found.minimal) <= minimal
    assert set(found.blocking) <= blocking
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


@MANY
@given(_cases(), st.randoms(use_true_random=False), st.none() | st.integers(1, 3))
def test_cores_larger_than_need_be_or_wrong_change_no_set(
    case: Case, rng: Random, limit: int | None
) -> None:
    """Whatever larger set is guessed to be no as well: any at all, or one that is no but not
    maximal. Cut off by a limit, the blocking sets are minimal ones all the same."""
    size, sets, _ = case
    ask = yes_from(sets)
    found = _search(
        size, ask, limit=limit, widened=lambda on: on | rng.getrandbits(size) if size else on
    )
    minimal, blocking = brute(size, ask)
    assert set(found.minimal) <= minimal
    assert set(found.blocking) <= blocking
    if limit is None:
        assert found.complete
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


def test_with_cores_each_blocking_set_takes_two_questions() -> None:
    """One for the set that is no, and one for all but the core."""
    cores = [0b1 << 3 * place for place in range(4)]  # An element each, among eight others.
    everything, asked = (1 << 12) - 1, Counter[Answer]()
    ask = yes_from([sum(cores)])

    def counted(on: Mask) -> Answer:
        asked[answer := ask(on)] += 1
        return answer

    def widened(on: Mask) -> Mask:
        return everything & ~next(core for core in cores if not on & core)

    found = _search(12, counted, widened=widened)
    assert (len(found.minimal), len(found.blocking), found.complete) == (1, 4, True)
    assert asked == {Answer.NO: 8, Answer.YES: 1}


def test_a_limit_keeps_the_smallest() -> None:
    """Three pairs, two of them wanted."""
    ask = yes_from([0b11, 0b1100, 0b110000])
    found = _search(6, ask, limit=2)
    assert (len(found.minimal), found.complete) == (2, False)


def test_eight_pairs() -> None:
    """Beyond a single word of the table: 8 sets unlock and 2^8 block."""
    found = _search(16, yes_from([0b11 << 2 * pair for pair in range(8)]))
    assert (len(found.minimal), len(found.blocking), found.complete) == (8, 256, True)


def test_each_set_is_asked_about_once_whether_it_is_wanted() -> None:
    """However many there are: a limit costs no more than what is found."""
    asked: list[Mask] = []

    def wanted(mask: Mask) -> bool:
        asked.append(mask)
        return bool(mask & 1)

    found = _search(16, yes_from([1 << n for n in range(16)]), limit=3, wanted=wanted)
    assert found.complete
    assert sorted(asked) == sorted(found.minimal)
