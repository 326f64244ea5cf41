"""What to settle first, from draws of which some are not decided: whatever they are in truth."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.inputs.problem.figures import Figure
from allocator.inputs.problem.ranges import Range, Unit
from allocator.report.sentences import ranges as say
from allocator.results.ranges import First, Share
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


def test_what_is_not_decided_is_said() -> None:
    unit = _units()[0]
    assert "25.0 to 50.0 % in its low third, 75.0 % in its high" in say.first(
        First(unit, Share(0.25, 0.5), Share(0.75, 0.75))
    )
    told = say.first(First(unit, None, Share(0.75, 0.75), flip_open=True))
    assert "no draw in its low third" in told
    assert told.endswith("the nearest value that alone turns it is not decided")
