"""A first plan from the relaxation, rounded down: short of what tasks need, never beyond pools."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.engines.relaxation import relaxed
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import Objective, levels
from allocator.model.scope import joint
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.incumbent import Values
from allocator.search.plan.lns import LnsLevelSearch
from allocator.search.plan.staffing import Staffing
from allocator.search.plan.steering import steering
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


def _staffing(asked: Problem) -> tuple[Variables, Staffing, Objective]:
    variables = build(asked, joint(asked, asked.world()))
    by = steering(levels(variables))
    return variables, Staffing(variables, Settings(), Blocks(variables)), by


def _staffed(variables: Variables, values: Sequence[int]) -> list[str]:
    return [task for task, variable in variables.staffed.items() if values[variable]]


def _two_halves() -> Problem:
    """Two tasks of three units each, from pools of three; the relaxation may take halves."""
    return problem(
        [{"task": "a", "lines": [line(3)]}, {"task": "b", "lines": [line(3)]}],
        {("FRA", "bn"): 3, ("GBR", "bn"): 3},
    )


def test_halves_become_whole_plans() -> None:
    asked = _two_halves()
    variables, staffing, by = _staffing(asked)
    halves = [0.0] * len(variables.program.low)
    for variable in variables.staffed.values():
        halves[variable] = 1.0
    for sent in variables.sent:
        halves[sent.variable] = 1.5
    values = staffing.started(halves, by, plenty())
    assert variables.program.holds(values)
    assert _staffed(variables, values) == ["a", "b"]


def test_a_start_without_time_sends_nothing_and_stands() -> None:
    asked = _two_halves()
    variables, staffing, by = _staffing(asked)
    values = staffing.started([0.5] * len(variables.program.low), by, Deadline(0))
    assert variables.program.holds(values)
    assert _staffed(variables, values) == []


def test_numbers_that_are_no_relaxation_lead_to_a_plan_all_the_same() -> None:
    """Far beyond every pool: no task can be put in beside the rest, and nothing is kept of it."""
    asked = _two_halves()
    variables, staffing, by = _staffing(asked)
    values = staffing.started([99.0] * len(variables.program.low), by, plenty())
    assert variables.program.holds(values)


@pytest.mark.parametrize("seed", range(500, 530))
def test_a_start_keeps_every_rule(seed: int) -> None:
    """Random workspaces of all rules: a plan, and no more of it than the program allows."""
    asked = question(seed)
    variables = build(asked.problem, joint(asked.problem, asked.world))
    by = steering(levels(variables))
    found = relaxed(variables.program, by, plenty())
    assert found is not None
    staffing = Staffing(variables, Settings(), Blocks(variables))
    values = staffing.started(found.values, by, plenty())
    assert variables.program.holds(values)


def test_room_is_made_by_moving_what_another_task_sends() -> None:
    """The first task holds all of `bn`, which alone the second can use."""
    asked = problem(
        [{"task": "a", "lines": [line(2, "bn", "hq")]}, {"task": "b", "lines": [line(2)]}],
        {("FRA", "bn"): 2, ("GBR", "hq"): 2},
        objectives=("staff_tasks",),
    )
    variables, staffing, by = _staffing(asked)
    values = list(variables.nothing())
    values[variables.staffed["a"]] = 1
    for sent in variables.sent:
        values[sent.variable] = 2 if (sent.task, sent.capability) == ("a", "bn") else 0
    assert variables.program.holds(values)
    found = staffing.make_room(values, ["a", "b"], 1, by, lambda _: False, plenty())
    assert _staffed(variables, found) == ["a", "b"]
    assert variables.program.holds(found)


def test_a_start_leaves_out_what_waits_for_a_task_that_is_left_out() -> None:
    """What the start is made from has all three, and `a` cannot be: `b` waits for it."""
    asked = problem(
        [
            {"task": "a", "lines": [line(9)]},
            {"task": "b", "requires": "staffed(a)", "lines": [line(1)]},
            {"task": "c", "lines": [line(1)]},
        ],
        {("FRA", "bn"): 3},
        objectives=("staff_tasks",),
    )
    variables, staffing, by = _staffing(asked)
    hoped = [float(high) for high in variables.program.high]
    for sent in variables.sent:
        hoped[sent.variable] = 1.0
    values = staffing.started(hoped, by, plenty())
    assert variables.program.holds(values)
    assert _staffed(variables, values) == ["c"]


def test_a_task_is_put_in_together_with_what_it_waits_for() -> None:
    asked = problem(
        [
            {"task": "a", "requires": "staffed(b)", "lines": [line(1)]},
            {"task": "b", "priority": 3, "lines": [line(1)]},
        ],
        {("FRA", "bn"): 2},
        objectives=("staff_tasks",),
    )
    variables, staffing, by = _staffing(asked)
    found = staffing.staff(variables.nothing(), ["a"], by, plenty())
    assert variables.program.holds(found)
    assert _staffed(variables, found) == ["a", "b"]


def test_room_is_made_by_leaving_out_a_task_that_matters_less() -> None:
    """It has a line beside the one that is in the way, and cannot stand on that alone."""
    asked = problem(
        [
            {"task": "a", "lines": [line(2)]},
            {"task": "b", "priority": 2, "lines": [line(1), line(1, "hq", line="other")]},
        ],
        {("FRA", "bn"): 2, ("GBR", "hq"): 1},
        objectives=("staff_tasks",),
    )
    variables, staffing, by = _staffing(asked)
    beside = staffing.staff(variables.nothing(), ["b"], by, plenty())
    assert _staffed(variables, beside) == ["b"]
    found = staffing.make_room(beside, ["a"], 1, by, lambda _: False, plenty())
    assert variables.program.holds(found)
    assert _staffed(variables, found) == ["a"]


def test_a_start_that_staffs_few_tasks_is_made_anew_by_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first staffs none of the two that the relaxation has."""
    asked = _two_halves()
    variables = build(asked, joint(asked, asked.world()))
    search = LnsLevelSearch(variables, levels(variables), Settings())
    made: list[Objective] = []
    start = search._started

    def started(by: Objective, deadline: Deadline) -> tuple[Values, int]:
        made.append(by)
        return (variables.nothing(), 2) if len(made) == 1 else start(by, deadline)

    monkeypatch.setattr(search, "_started", started)
    values = search._start(plenty())
    assert made == [search._steering, search._count]
    assert variables.program.holds(values)
    assert _staffed(variables, values) == ["a", "b"]
    assert _staffed(variables, search._start(plenty())) == ["a", "b"]
    assert made[2:] == [search._steering], "a good start is the only one"
