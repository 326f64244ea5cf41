"""Where a share of the time is over too soon, time is what was lacking, whatever is left of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from allocator.analysis import analysis
from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.planner import Planner
from allocator.results.result import Plan
from tests.handmade import line, problem
from tests.plenty import analyse, plenty
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


def test_verdicts_take_nothing_from_the_time_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them take ten seconds each, of sixty: the plan has its twenty-four all the same."""
    clock, late, left = time.monotonic, [0.0], []

    def judged(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
        late[0] += 10.0
        known.update(verdict="ready")
        return TurnOutcome(known.task, True)

    def planned(asked: Request, deadline: Deadline) -> Plan:
        left.append(deadline.remaining())
        return Plan()

    monkeypatch.setattr(time, "monotonic", lambda: clock() + late[0])
    monkeypatch.setattr(analysis, "judge_over_ranges", judged)
    monkeypatch.setattr(analysis, "plan_jointly", planned)
    monkeypatch.setattr(analysis, "pack_task", lambda *_: TurnOutcome("", True))
    monkeypatch.setattr(analysis, "look_elsewhere", lambda *_: TurnOutcome("", True))
    tasks = [{"task": name, "lines": [line(1)]} for name in ("a", "b")]
    analyse(problem(tasks, {("FRA", "bn"): 3}), deadline=Deadline(60))
    assert late == [20.0]
    assert 20.0 < left[0] <= 24.0
