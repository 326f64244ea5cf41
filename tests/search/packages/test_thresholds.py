"""Counting by weights, against listing every coalition, and against published values."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.deadline import Deadline
from allocator.results.threshold_game import ThresholdGame
from allocator.search.packages import thresholds
from allocator.search.packages.thresholds import TooManyTotalsError
from tests.plenty import plenty
from tests.search.packages.councils import NICE, SECURITY_COUNCIL


@st.composite
def rules(draw: st.DrawFn) -> ThresholdGame:
    needs = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3))
    size = draw(st.integers(1, 6))
    weight = st.tuples(*(st.integers(0, 5) for _ in needs))
    weights = draw(st.lists(weight, min_size=size, max_size=size))
    return ThresholdGame(tuple(f"N{i}" for i in range(size)), tuple(weights), tuple(needs))


def _coalitions(rule: ThresholdGame) -> list[frozenset[int]]:
    nations = range(len(rule.nations))
    return [frozenset(c) for k in range(len(nations) + 1) for c in combinations(nations, k)]


@given(rules())
@settings(deadline=None)
def test_counts_equal_those_of_listing_all_coalitions(rule: ThresholdGame) -> None:
    """Winning coalitions, swings, orders in which a nation comes just right, minimal ones."""
    found = thresholds.counts(rule, plenty())
    winning = {c for c in _coalitions(rule) if rule.wins(sorted(c))}
    assert found.winning == len(winning)
    size = len(rule.nations)
    for i in range(size):
        assert found.swings[i] == sum(i in c and c - {i} not in winning for c in winning)
        pivots = sum(
            frozenset(order[: order.index(i) + 1]) in winning
            and frozenset(order[: order.index(i)]) not in winning
            for order in permutations(range(size))
        )
        assert found.shapley[i] == Fraction(pivots, factorial(size))
        others = frozenset(range(size)) - {i}
        assert rule.vetoes[i] == (others not in winning)
    assert thresholds.minimal(rule, plenty()) == sum(
        all(c - {i} not in winning for i in c) for c in winning
    )


@given(rules(), st.data())
@settings(deadline=None)
def test_nations_may_change_places_where_every_coalition_says_so(
    rule: ThresholdGame, data: st.DataObject
) -> None:
    size = len(rule.nations)
    i, j = data.draw(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)))
    swapped = {i: j, j: i}
    alike = all(
        rule.wins(sorted(c)) == rule.wins(sorted(swapped.get(k, k) for k in c))
        for c in _coalitions(rule)
    )
    assert i == j or thresholds.interchangeable(rule, i, j, plenty()) == alike


def test_the_security_council_has_its_published_values() -> None:
    """Felsenthal and Machover 1998."""
    found = thresholds.counts(SECURITY_COUNCIL, plenty())
    total = sum(found.swings)
    assert (found.winning, thresholds.minimal(SECURITY_COUNCIL, plenty())) == (848, 210)
    assert found.swings[0] / total == pytest.approx(0.1669, abs=5e-5)
    assert found.swings[5] / total == pytest.approx(0.0165, abs=5e-5)
    assert float(found.shapley[0]) == pytest.approx(0.1963, abs=5e-5)
    assert float(found.shapley[5]) == pytest.approx(0.00186, abs=5e-6)
    assert SECURITY_COUNCIL.vetoes == (True,) * 5 + (False,) * 10


def test_the_council_of_27_under_the_nice_rules_is_counted_exactly() -> None:
    """About 561,820 minimal coalitions (Bolus 2011), one nation in three rules at once."""
    found = thresholds.counts(NICE, plenty())
    assert thresholds.minimal(NICE, plenty()) == 561_820
    assert sum(found.shapley) == 1
    shares = dict(zip(NICE.nations, (s / sum(found.swings) for s in found.swings), strict=True))
    assert shares["DEU"] == pytest.approx(0.0778, abs=5e-5)
    assert shares["POL"] == pytest.approx(0.0742, abs=5e-5)
    assert shares["MLT"] == pytest.approx(0.0094, abs=5e-5)


def test_without_time_nothing_is_counted() -> None:
    with pytest.raises(TooManyTotalsError):
        thresholds.counts(NICE, Deadline(0))
    with pytest.raises(TooManyTotalsError):
        thresholds.minimal(NICE, Deadline(0))


def test_too_many_totals_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thresholds, "MOST_STATES", 100)
    with pytest.raises(TooManyTotalsError):
        thresholds.counts(NICE, plenty())


def test_a_layer_is_not_grown_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly every coalition has a total of its own: a layer is about as large as all before it,
    and is left in its midst."""
    weights = tuple((997 + 31 * i * i,) for i in range(14))
    half = (sum(units for (units,) in weights) // 2,)
    rule = ThresholdGame(tuple(f"n{i}" for i in range(14)), weights, half)
    monkeypatch.setattr(thresholds, "MOST_STATES", 300)
    looked: list[int] = []
    refuse = thresholds._refuse_many

    def refusing(seen: int, deadline: Deadline) -> None:
        looked.append(seen)
        refuse(seen, deadline)

    monkeypatch.setattr(thresholds, "_refuse_many", refusing)
    for count in (thresholds.counts, thresholds.minimal):
        looked.clear()
        with pytest.raises(TooManyTotalsError):
            count(rule, Deadline(60))
        assert max(looked) <= 302
