"""Periods as planners write them."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.inputs.schema.periods import ALL_PERIODS, Periods, PeriodsError


@pytest.mark.parametrize(
    ("text", "within", "beyond"),
    [
        ("1-4", [1, 2, 3, 4], False),
        ("1-5", [1, 2, 3, 4], True),
        ("3-", [3, 4], False),
        ("5-", [], True),
        ("-2", [1, 2], False),
        ("-9", [1, 2, 3, 4], True),
        ("2", [2], False),
        ("9", [], True),
        ("1;3", [1, 3], False),
        ("3;1;1-2", [1, 2, 3], False),
        (" 1 - 2 ; 4- ", [1, 2, 4], False),
        ("", [1, 2, 3, 4], False),
    ],
)
def test_periods_of_a_horizon_of_four(text: str, within: list[int], beyond: bool) -> None:
    periods = Periods.parse(text)
    assert periods.within(4) == within
    assert periods.beyond(4) is beyond
    assert str(periods) == text.strip()


@pytest.mark.parametrize(
    "text", ["-", "0", "0-2", "4-1", "a", "1;", ";1", "1--2", "1,2", "1–2", "1.0", "all", "1 2"]
)
def test_what_names_no_periods(text: str) -> None:
    with pytest.raises(PeriodsError) as caught:
        Periods.parse(text)
    assert caught.value.expected in str(caught.value)


def test_a_far_end_costs_nothing() -> None:
    assert Periods.parse("2-999999999").within(3) == [2, 3]


def test_all_periods_is_the_default() -> None:
    assert Periods.parse(" ") == ALL_PERIODS == Periods()
    assert pickle.loads(pickle.dumps(ALL_PERIODS)) == ALL_PERIODS


@given(st.sets(st.integers(1, 12), min_size=1), st.integers(1, 12))
def test_a_list_of_periods_names_just_those(named: set[int], horizon: int) -> None:
    periods = Periods.parse(";".join(map(str, named)))
    assert periods.within(horizon) == sorted(period for period in named if period <= horizon)
    assert periods.beyond(horizon) is (max(named) > horizon)
