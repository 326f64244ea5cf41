"""Where a share of the time is over too soon, time is what was lacking, whatever is left of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.planner import Planner
from tests.plenty import plenty
from tests.small_planner import model, planner_of

ASKED: Mapping[str, Callable[..., Any]] = {
    "order": lambda planner, **how: planner.order(**how),
    "fragility": lambda planner, **how: planner.fragility("open_door", **how),
    "ranges": lambda planner, **how: planner.ranges(draws=20, spread={"estimate": 30}, **how),
    "offers": lambda planner, **how: planner.offers(**how),
    "endure": lambda planner, **how: planner.endure(**how),
}


@pytest.fixture(scope="module")
def planner() -> Planner:
    return planner_of(model("small", default=True))


@pytest.mark.parametrize("asked", ASKED)
def test_what_a_share_was_too_short_for_is_a_lack_of_time(
    asked: str, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = plenty()
    found = ASKED[asked](planner, deadline=whole, workers=1)
    assert (found.left_open, found.timed_out) == (False, False)
    monkeypatch.setattr(Deadline, "part", lambda self, *_: Deadline(0.0, _whole=self._whole))
    whole = plenty()
    found = ASKED[asked](planner, deadline=whole, workers=1)
    assert (found.left_open, found.timed_out, whole.expired) == (True, True, False)
