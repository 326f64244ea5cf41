"""A ladder of deadlines on the reference case, by how often an engine may be asked instead of by
seconds: nothing that was reached is lost, and what is proved is the same on every rung."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from allocator import load
from allocator.checker.plan import plan_faults
from allocator.deadline import Deadline
from allocator.engines import Outcome, Settings
from allocator.engines.engine import Engine
from allocator.model.objectives import Objective
from allocator.results.result import Plan
from allocator.search.plan import levels
from allocator.search.plan.joint import joint_plan

ROOT = Path(__file__).parents[2]

RUNGS = (0, 1, 2, 3, 5, 8, 1000)
"""Questions to an engine before the time is up; with the last it never is."""

CASES = (("support_only", "ceasefire"), ("air_and_sea", "ceasefire_us_backstop"))


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a level loses of those before it; filled in while plans are made."""
    found: list[str] = []
    reached: dict[int, list[tuple[Objective, int]]] = {}
    level = levels._Run.level

    def watched(run: Any, objectives: Any) -> Any:
        bound = level(run, objectives)
        before = reached.setdefault(id(run), [])
        if run.values is not None:
            found.extend(
                f"{earlier.name} was {value} before {objectives[0].name}"
                for earlier, value in before
                if earlier.value(run.values) != value
                and not earlier.better(earlier.value(run.values), value)
            )
            before.append((objectives[0], objectives[0].value(run.values)))
        return bound

    monkeypatch.setattr(levels._Run, "level", watched)
    return found


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many questions are left before the deadline is cancelled; filled in by the test."""
    left = [0]
    ask = Engine.ask

    def counted(engine: Engine, deadline: Deadline, *given: Any, **named: Any) -> Outcome:
        if left[0] <= 0:
            deadline.cancel()
        left[0] -= 1
        return ask(engine, deadline, *given, **named)

    monkeypatch.setattr(Engine, "ask", counted)
    return left


def _climbed(model: str, world: str, questions: list[int]) -> Iterator[tuple[int, Plan]]:
    """The plan of each rung; the checker finds nothing wrong with any."""
    planner = load(ROOT)
    problem = planner.problem(model)
    where = planner.world(problem, world)
    for rung in RUNGS:
        questions[0] = rung
        deadline = Deadline(60)
        plan = joint_plan(problem, where, Settings(), deadline)
        assert deadline.faults == ()
        assert list(plan_faults(problem, where, plan)) == []
        yield rung, plan


@pytest.mark.parametrize(("model", "world"), CASES)
def test_no_rung_loses_or_contradicts_what_another_reached(
    model: str, world: str, questions: list[int], lost: list[str]
) -> None:
    """A value that is proved under one deadline is that of every other; levels are compared while
    those before them are proved, since only then do they ask the same."""
    proved: dict[str, int] = {}
    found = dict(_climbed(model, world, questions))
    for rung, plan in found.items():
        for level in plan.levels:
            if level.status != "optimal":
                break
            assert proved.setdefault(level.objective, level.value) == level.value, rung
    assert lost == []
    assert found[0].status == "unknown"
    assert found[1].staffed, "the first question looks for a plan"
    assert proved.keys() == {level.objective for level in found[RUNGS[-1]].levels}


def test_a_relaxation_that_takes_all_the_time_costs_no_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It cannot be stopped: a plan is looked for before it."""

    def takes_all(program: Any, objective: Any, deadline: Deadline) -> None:
        deadline.cancel()

    monkeypatch.setattr("allocator.search.plan.direct.ROUGH", 1)
    monkeypatch.setattr("allocator.search.plan.direct.relaxed", takes_all)
    planner = load(ROOT)
    problem = planner.problem("support_only")
    plan = joint_plan(problem, planner.world(problem, "ceasefire"), Settings(), Deadline(60))
    assert plan.staffed
