"""The search for minimal sets against brute force, with known counts, and cut off early."""

from __future__ import annotations

from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.deadline import Deadline
from allocator.search.minimal_sets import search
from allocator.search.minimal_sets.families import (
    Answer,
    Families,
    Mask,
    antichain,
    bits,
    minimal_transversals,
    positions,
)
from allocator.search.minimal_sets.search import Search
from tests.plenty import plenty
from tests.search.minimal_sets.brute_sets import MOST_ELEMENTS, Ask, brute, least, yes_from

MANY = settings(max_examples=300, deadline=None)


def _search(size: int, ask: Ask, **how: object) -> Families:
    deadline = how.pop("deadline", None) or plenty()
    certain = how.pop("certain", lambda mask: True)
    return Search(size, ask, certain, deadline, **how).run()  # type: ignore[arg-type]


@st.composite
def _families(draw: st.DrawFn) -> tuple[int, list[Mask]]:
    size = draw(st.integers(0, MOST_ELEMENTS))
    masks = st.integers(0, (1 << size) - 1)
    return size, draw(st.lists(masks, max_size=8))


# --- against brute force ----------------------------------------------------------------------


@MANY
@given(_families())
def test_both_families_equal_brute_force(case: tuple[int, list[Mask]]) -> None:
    """Any monotone question on up to seven elements, never-yes and always-yes among them."""
    size, masks = case
    ask = yes_from(masks)
    found = _search(size, ask)
    minimal, blocking = brute(size, ask)
    assert found.complete
    assert not found.undecided
    assert len(found.minimal) == len(minimal)
    assert set(found.minimal) == minimal
    assert len(found.blocking) == len(blocking)
    assert set(found.blocking) == blocking


@MANY
@given(_families())
def test_minimal_transversals_equal_brute_force(case: tuple[int, list[Mask]]) -> None:
    """Of any family, with empty, repeated and nested sets."""
    size, family = case
    meeting = [mask for mask in range(1 << size) if all(mask & edge for edge in family)]
    found = minimal_transversals(family)
    assert len(found) == len(set(found))
    assert set(found) == least(meeting)


@MANY
@given(_families())
def test_transversals_of_transversals_are_the_antichain(case: tuple[int, list[Mask]]) -> None:
    """Duality, which the completeness of both families rests on."""
    _, family = case
    twice = minimal_transversals(minimal_transversals(family))
    assert set(twice) == set(antichain(family)) == least(family)


@MANY
@given(_families(), st.data())
def test_sets_are_found_smallest_first(case: tuple[int, list[Mask]], data: st.DataObject) -> None:
    """So a limit leaves out only sets as large as those listed, and `found` hears of each once."""
    size, masks = case
    ask = yes_from(masks)
    heard: list[Mask] = []
    limit = data.draw(st.integers(1, 4))
    found = _search(size, ask, limit=limit, found=heard.append)
    minimal, _ = brute(size, ask)
    assert heard == found.minimal
    assert len(heard) == min(limit, len(minimal))
    assert set(heard) <= minimal
    sizes = [mask.bit_count() for mask in heard]
    assert sizes == sorted(mask.bit_count() for mask in minimal)[: len(heard)]


# --- known counts -----------------------------------------------------------------------------


def _matching(pairs: int) -> list[Mask]:
    return [0b11 << 2 * pair for pair in range(pairs)]


@pytest.mark.parametrize("pairs", [1, 3, 5])
def test_a_matching_has_two_to_the_pairs_transversals(pairs: int) -> None:
    """M(n) has 2^(n/2), and its dual, n/2; the search finds both from either side."""
    matching = _matching(pairs)
    dual = minimal_transversals(matching)
    assert len(dual) == 2**pairs
    found = _search(2 * pairs, yes_from(matching))
    assert (len(found.minimal), len(found.blocking)) == (pairs, 2**pairs)
    found = _search(2 * pairs, yes_from(dual))
    assert (len(found.minimal), len(found.blocking)) == (2**pairs, pairs)


@pytest.mark.parametrize("size", [4, 8])
def test_the_threshold_family(size: int) -> None:
    """TH(n), {i, j} with i < j and j even (counted from 1), has n/2 + 1 minimal transversals."""
    family = [1 << i - 1 | 1 << j - 1 for j in range(2, size + 1, 2) for i in range(1, j)]
    assert len(minimal_transversals(family)) == size // 2 + 1
    found = _search(size, yes_from(family))
    assert (len(found.minimal), len(found.blocking)) == (size * size // 4, size // 2 + 1)


@pytest.mark.parametrize(("k", "size"), [(1, 5), (3, 5), (4, 8), (5, 5)])
def test_k_of_n(k: int, size: int) -> None:
    """C(n, k) sets unlock, C(n, n - k + 1) block."""
    found = _search(size, lambda on: Answer.YES if on.bit_count() >= k else Answer.NO)
    assert len(found.minimal) == comb(size, k)
    assert len(found.blocking) == comb(size, size - k + 1)


def test_questions_do_not_multiply() -> None:
    """Dualise and advance asks about n questions for a set of either family, not 2^n in all."""
    asked: list[Mask] = []
    ask = yes_from(_matching(8))

    def counted(on: Mask) -> Answer:
        asked.append(on)
        return ask(on)

    found = _search(16, counted)
    assert (len(found.minimal), len(found.blocking)) == (8, 256)
    assert len(asked) <= 16 * (8 + 256)


# --- cut off ----------------------------------------------------------------------------------


def test_a_limit_says_that_more_may_follow() -> None:
    """Not complete as long as a candidate is left, complete where the limit was not needed."""
    ask = yes_from(_matching(3))
    assert not _search(6, ask, limit=2).complete
    assert not _search(6, ask, limit=3).complete
    assert _search(6, ask, limit=4).complete


@pytest.mark.parametrize("most", [1, 3, 10])
def test_a_number_of_questions_still_gives_one_minimal_set(most: int) -> None:
    """Cut before any set was found, one is shrunk from everything; the families are not whole."""
    minimal = [0b11110000, 0b00001111]
    found = _search(8, yes_from(minimal), most_questions=most)
    assert not found.complete
    assert len(found.minimal) == 1
    assert found.minimal[0] in minimal


def test_as_many_as_the_limit_asks_for_are_shrunk() -> None:
    """They differ as soon as they can; where all of them hold what is left, there are no more."""
    minimal = [0b11110000, 0b00001111]
    for limit, number in ((1, 1), (2, 2), (3, 2)):
        found = _search(8, yes_from(minimal), most_questions=1, limit=limit)
        assert not found.complete
        assert len(found.minimal) == number
        assert set(found.minimal) <= set(minimal)


def test_nothing_is_shrunk_where_everything_together_is_a_no() -> None:
    """A cut search of a hopeless question names no set."""
    ask = yes_from([])
    for most in (0, 1):
        found = _search(3, ask, most_questions=most)
        assert found.minimal == []


def test_a_deadline_that_is_over_gives_nothing_and_says_so() -> None:
    """Not a question is asked."""

    def ask(on: Mask) -> Answer:
        raise AssertionError("asked after the deadline")

    found = _search(3, ask, deadline=Deadline(0))
    assert (found.minimal, found.blocking, found.complete) == ([], [], False)


@MANY
@given(_families(), st.integers(1, 40))
def test_what_is_known_when_the_deadline_comes_is_true(
    case: tuple[int, list[Mask]], questions: int
) -> None:
    """Cancelled after any number of questions: every listed set is one, blocking ones too."""
    size, masks = case
    ask = yes_from(masks)
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
@given(_families(), st.sets(st.integers(0, 2**MOST_ELEMENTS - 1), max_size=40))
def test_answers_that_never_come_leave_their_candidates_undecided(
    case: tuple[int, list[Mask]], silent: set[Mask]
) -> None:
    """With any questions unanswered, every listed set is one, and complete means complete."""
    size, masks = case
    ask = yes_from(masks)
    found = _search(size, lambda on: Answer.UNKNOWN if on in silent else ask(on))
    minimal, blocking = brute(size, ask)
    assert set(found.minimal) <= minimal
    assert set(found.blocking) <= blocking
    assert set(found.undecided) <= silent
    assert found.complete == (not found.undecided)
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


@MANY
@given(_families(), st.sets(st.integers(0, 2**MOST_ELEMENTS - 1), max_size=40))
def test_noes_that_do_not_stand_make_no_blocking_sets(
    case: tuple[int, list[Mask]], doubtful: set[Mask]
) -> None:
    """A first no is never enough: where the second opinion is missing, nothing is concluded."""
    size, masks = case
    ask = yes_from(masks)
    false_no = yes_from([mask for mask in masks if mask not in doubtful])
    found = _search(
        size,
        lambda on: Answer.NO if on in doubtful else ask(on),
        certain=lambda on: on not in doubtful and false_no(on) is Answer.NO
        and ask(on) is Answer.NO,
    )  # fmt: skip
    minimal, blocking = brute(size, ask)
    # A set is listed as soon as it says yes; false noes below it can only leave out others.
    assert all(ask(mask) is Answer.YES for mask in found.minimal)
    assert all(ask(~mask & (1 << size) - 1) is Answer.NO for mask in found.blocking)
    if found.complete:
        assert (set(found.minimal), set(found.blocking)) == (minimal, blocking)


def test_an_unanswered_question_in_growing_leaves_the_blocking_set_out() -> None:
    """The no-set may not be maximal, so its complement may not be minimal."""
    ask = yes_from([0b011, 0b101])
    found = _search(3, lambda on: Answer.UNKNOWN if on == 0b110 else ask(on))
    assert set(found.minimal) <= {0b011, 0b101}
    assert set(found.blocking) <= {0b001, 0b110}


# --- masks ------------------------------------------------------------------------------------


def test_masks() -> None:
    """Elements lowest first, by mask and by number."""
    assert bits(0b10110) == [0b10, 0b100, 0b10000]
    assert positions(0b10110) == (1, 2, 4)
    assert bits(0) == []
    assert positions(0) == ()


def test_antichain_keeps_the_smallest() -> None:
    """Each once, smallest first."""
    assert antichain([0b111, 0b011, 0b100, 0b011, 0b110]) == [0b100, 0b011]
    assert antichain([]) == []
    assert antichain([0b1, 0]) == [0]


def test_combinations_of_votes_as_masks() -> None:
    """The candidates of two of four come in the order of their elements."""
    heard: list[Mask] = []
    _search(4, lambda on: Answer.YES if on.bit_count() >= 2 else Answer.NO, found=heard.append)
    assert [positions(mask) for mask in heard] == list(combinations(range(4), 2))


@pytest.mark.parametrize("certain", [True, False])
def test_without_time_to_list_one_set_is_shrunk(
    monkeypatch: pytest.MonkeyPatch, certain: bool
) -> None:
    """A minimal one, if every leave-one-out is certain; the family is cut off either way."""
    monkeypatch.setattr(search, "LISTING_SHARE", 0.0)
    heard: list[Mask] = []
    ask = yes_from([0b00111, 0b11001])
    found = _search(5, ask, certain=lambda mask: certain, found=heard.append)
    assert not found.complete
    assert found.minimal == heard
    assert found.minimal in ([0b00111], [0b11001]) if certain else found.minimal == []
    assert _search(5, yes_from([])).minimal == []
