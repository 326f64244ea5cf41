"""What to settle first, from draws of which some are not decided: whatever they are in truth."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.deadline import Deadline
from allocator.inputs.problem.figures import Figure
from allocator.inputs.problem.ranges import Range, Unit
from allocator.report.sentences import ranges as say
from allocator.results.ranges import First, Share
from allocator.search.minimal_sets.families import Answer
from allocator.search.ranges import first
from allocator.search.ranges.chance import DrawAnswers
from allocator.search.ranges.draws import Draws
from allocator.search.ranges.first import settle_first

DRAWS = 12
STATES = st.lists(st.sampled_from(["yes", "no", "open"]), min_size=DRAWS, max_size=DRAWS)


def _units() -> tuple[Unit, ...]:
    figures = (Figure("availability", f"FRA c{i}", "", 5, "", "", "", "") for i in range(3))
    return tuple(Unit(figure.row, (Range(figure, 1, 9),)) for figure in figures)


def _answers(states: list[str]) -> DrawAnswers:
    return DrawAnswers(
        np.array([s == "yes" for s in states]), np.array([s == "no" for s in states])
    )


@settings(deadline=None)
@given(STATES.filter(lambda states: states.count("open") <= 6), st.integers(0, 99))
def test_every_way_to_decide_the_others_lies_within_what_is_said(
    states: list[str], seed: int
) -> None:
    draws = Draws(_units(), DRAWS, seed)
    said = {one.unit: one for one in settle_first(draws, _answers(states))}
    places = [place for place, state in enumerate(states) if state == "open"]
    seen: dict[Unit, list[First]] = {unit: [] for unit in said}
    for ends in product(("yes", "no"), repeat=len(places)):
        decided = list(states)
        for place, end in zip(places, ends, strict=True):
            decided[place] = end
        for one in settle_first(draws, _answers(decided)):
            seen[one.unit].append(one)
    for unit, found in seen.items():
        for told, true in (
            (said[unit].low, [one.low for one in found]),
            (said[unit].high, [one.high for one in found]),
        ):
            if told is None:
                assert set(true) == {None}
                continue
            exact = [one.exact for one in true if one is not None]
            assert (min(exact), max(exact)) == told
            assert (told.exact is None) == (len(set(exact)) > 1)
        assert said[unit].swing <= min(one.swing for one in found) + 1e-12


class _From:
    """Answers no from a value down, or up to where it is silent, and yes above."""

    def __init__(self, no: int, silent: int) -> None:
        self._no, self._silent = no, silent

    def ask(self, value: int, deadline: Deadline) -> Answer:
        if value <= self._silent:
            return Answer.UNKNOWN
        return Answer.NO if value <= self._no else Answer.YES


@pytest.mark.parametrize(
    ("no", "silent", "found"),
    [
        (3, 0, (3, False)),  # Of 1 to 9, stated at 5.
        (0, 0, (None, False)),  # The end does not turn it.
        (3, 1, (None, True)),  # Not even the end is decided.
    ],
)
def test_a_value_that_was_not_found_is_no_none(
    no: int, silent: int, found: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first, "at", lambda problem, values: next(iter(values.values())))
    one = First(_units()[0], None, None)
    asked: Any = _From(no, silent)
    (told,) = first.with_flips(Any, asked, (one,), Deadline(9), ready=True)  # type: ignore[arg-type]
    assert (told.flip, told.flip_open) == found


def test_what_is_not_decided_is_said() -> None:
    unit = _units()[0]
    assert "25.0 % to 50.0 % in its low third, 75.0 % in its high" in say.first(
        First(unit, Share(0.25, 0.5), Share(0.75, 0.75))
    )
    told = say.first(First(unit, None, Share(0.75, 0.75), flip_open=True))
    assert "no draw in its low third" in told
    assert told.endswith("the nearest value that alone turns it is not decided")
