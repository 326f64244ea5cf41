"""Intervals of samples: the published ones, and that they hold the truth as often as they say."""

from __future__ import annotations

from math import comb

import pytest

from allocator.search.minimal_sets.sampling import Tally


@pytest.mark.parametrize(
    ("yes", "drawn", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_published_intervals_of_a_share(yes: int, drawn: int, low: float, high: float) -> None:
    found = Tally(yes, drawn - yes)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_the_published_interval_of_a_difference() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, case (a), method 10."""
    found = Tally(56, 14).more_than(Tally(48, 32))
    assert found.value == pytest.approx(0.2)
    assert found.margin == pytest.approx(max(0.2 - 0.0524, 0.3339 - 0.2), abs=5e-5)


@pytest.mark.parametrize("drawn", [1, 20, 1000])
def test_a_sample_that_shows_nothing_or_all_is_not_exact(drawn: int) -> None:
    """A share of 0 or 1 has room on its one side, a difference between two of them too."""
    none, every = Tally(0, drawn), Tally(drawn, 0)
    assert none.share().margin == pytest.approx(every.share().margin)
    assert none.share().margin >= 3 / (drawn + 4)
    assert none.more_than(Tally(0, drawn)).margin > 0
    assert every.more_than(none).margin > 0


def test_nothing_drawn_leaves_everything_open() -> None:
    assert Tally(0, 0).share().margin == 0.5
    assert Tally(0, 0).more_than(Tally(0, 0)).margin == 1.0
    assert Tally(0, 0, 50).share().margin >= 0.5


def test_what_is_open_may_have_been_either() -> None:
    """The interval holds those of both ends, of shares and of differences."""
    found = Tally(10, 10, 30)
    for yes in (10, 40):
        known = Tally(yes, 50 - yes)
        assert found.low <= known.low
        assert found.high >= known.high
        other = Tally(5, 5, 20)
        for less in (5, 25):
            exact = known.more_than(Tally(less, 30 - less))
            wide = found.more_than(other)
            if yes / 50 >= less / 30:
                assert wide.value - wide.margin <= exact.value <= wide.value + wide.margin


@pytest.mark.parametrize("chance", [0.001, 0.02, 0.3, 0.9])
def test_the_interval_holds_the_truth_as_often_as_it_says(chance: float) -> None:
    """Over all samples of 400, each with its probability; the score interval holds 95 % on
    average, and nowhere here much less."""
    held = sum(
        comb(400, yes) * chance**yes * (1 - chance) ** (400 - yes)
        for yes in range(401)
        if abs((found := Tally(yes, 400 - yes).share()).value - chance) <= found.margin
    )
    assert held > 0.94
