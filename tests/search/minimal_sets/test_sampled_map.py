"""Drawn worlds against all of them, and what happens to answers that do not come."""

from __future__ import annotations

from random import Random

import pytest

from allocator.deadline import Deadline
from allocator.results.blocking import WorldMap
from allocator.search.minimal_sets.families import Answer, Mask
from allocator.search.minimal_sets.sampled_map import Ask, sampled_map
from allocator.search.minimal_sets.world_map import world_map
from tests.plenty import plenty

SIZE = 12
NAMES = [f"p{number}" for number in range(SIZE)]
CHANCES: dict[str, float | None] = {
    name: (number + 1) / (SIZE + 1) for number, name in enumerate(NAMES)
}


def family(seed: int) -> list[Mask]:
    rng = Random(seed)
    return [sum(1 << place for place in rng.sample(range(SIZE), 3)) for _ in range(6)]


def answering(minimal: list[Mask]) -> Ask:
    return lambda on: Answer.YES if any(m & on == m for m in minimal) else Answer.NO


def drawn(ask: Ask, likelihoods: dict[str, float | None] = CHANCES) -> WorldMap:
    found = sampled_map(NAMES, ask, {"p0": True, "p1": False}, likelihoods, plenty())
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(10))
def test_the_intervals_hold_the_exact_figures(seed: int) -> None:
    """The draw is fixed, so that this cannot fail by chance once it has passed."""
    minimal = family(seed)
    exact, found = world_map(NAMES, minimal, CHANCES), drawn(answering(minimal))
    assert not found.exact
    assert abs(found.ready - exact.ready) <= 1.5 * found.margin
    assert exact.likelihood is not None
    assert found.likelihood is not None
    assert abs(found.likelihood - exact.likelihood) <= 1.5 * found.likelihood_margin
    for one, other in zip(found.influence, exact.influence, strict=True):
        assert abs(one.banzhaf - other.banzhaf) <= 1.5 * found.banzhaf_margin
        assert (one.shapley, one.never_needed) == (None, None)
    assert 0 < found.margin < 0.05


def test_what_is_necessary_is_taken_from_elsewhere() -> None:
    found = drawn(answering(family(0)))
    assert [one.necessary for one in found.influence] == [True, False, *[None] * (SIZE - 2)]


def test_answers_that_do_not_come_where_an_element_is_widen_its_index() -> None:
    """All that is open is on its one side: the index may be anything up to 1."""
    found = drawn(lambda on: Answer.UNKNOWN if on & 1 and on & 30 else Answer.NO)
    assert found.influence[0].banzhaf + found.banzhaf_margin > 0.9


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_a_draw_that_shows_all_or_nothing_is_not_exact(answer: Answer) -> None:
    found = drawn(lambda on: answer)
    assert not found.exact
    assert min(found.margin, found.likelihood_margin, found.banzhaf_margin) > 0.003


def test_the_same_draw_gives_the_same_figures() -> None:
    assert drawn(answering(family(1))) == drawn(answering(family(1)))


def test_a_likelihood_that_is_missing_leaves_the_probability_out() -> None:
    assert drawn(answering(family(0)), {**CHANCES, "p3": None}).likelihood is None


def test_answers_that_do_not_come_widen_the_interval() -> None:
    """Were all of them yes, or all no, the interval would still hold the share."""
    minimal = family(2)
    whole = answering(minimal)

    def ask(on: Mask) -> Answer:
        return Answer.UNKNOWN if on & 3 == 3 else whole(on)

    exact, found = world_map(NAMES, minimal, CHANCES), drawn(ask)
    assert found.margin > 0.12
    assert abs(found.ready - exact.ready) <= found.margin


def test_without_answers_there_is_no_map() -> None:
    none = lambda on: Answer.UNKNOWN  # noqa: E731
    assert sampled_map(NAMES, none, {}, CHANCES, plenty()) is None
    assert sampled_map(NAMES, answering(family(0)), {}, CHANCES, Deadline(0)) is None
