"""Tasks put in one after another, beside what others leave or in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import Objective, levels
from allocator.model.scope import joint
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.staffing import QUICK, Staffing
from allocator.search.plan.steering import sparing, steering
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


def test_tasks_searched_from_the_same_values_do_not_share_what_there_is_once() -> None:
    """Either alone could be put in with France's three; the second is asked again beside the
    first."""
    asked = problem(
        [{"task": "a", "lines": [line(2)]}, {"task": "b", "lines": [line(2)]}],
        {("FRA", "bn"): 3},
    )
    variables, staffing, by = _staffing(asked)
    values = staffing.staff(variables.nothing(), ["a", "b"], by, plenty())
    assert variables.program.holds(values)
    assert _staffed(variables, values) == ["a"]
    assert not any(variables.program.high[v] == 0 for v in variables.staffed.values())


def test_without_time_nothing_is_put_in() -> None:
    variables, staffing, by = _staffing(_two_halves())
    values = staffing.staff(variables.nothing(), ["a", "b"], by, Deadline(0))
    assert values == variables.nothing()


def test_a_task_that_nobody_can_staff_is_fixed_at_not_staffed() -> None:
    asked = problem(
        [{"task": "a", "lines": [line(2)]}, {"task": "b", "lines": [line(4)]}],
        {("FRA", "bn"): 2},
    )
    variables, staffing, by = _staffing(asked)
    values = staffing.staff(variables.nothing(), ["a", "b"], by, plenty())
    staffing.refuse(values, ["a", "b"], plenty())
    assert [variables.program.high[variables.staffed[task]] for task in ("a", "b")] == [1, 0]


def test_a_task_is_put_in_with_no_more_than_it_needs_and_filled_up_afterwards() -> None:
    asked = problem(
        [{"task": "a", "lines": [line(2, target=4)]}, {"task": "b", "lines": [line(2, target=3)]}],
        {("FRA", "bn"): 6},
        objectives=("staff_tasks", "meet_targets"),
    )
    variables, staffing, by = _staffing(asked)
    few = sparing(levels(variables)[:1], variables)
    values = staffing.staff(variables.nothing(), ["a", "b"], few, plenty())
    assert sum(values[sent.variable] for sent in variables.sent) == 4
    full = staffing.refill(values, by, None, plenty())
    assert variables.program.holds(full)
    assert sum(full[sent.variable] for sent in variables.sent) == 6


def test_a_task_is_never_filled_up_for_the_worse() -> None:
    """It is as good as can be, and stays as it is."""
    variables, staffing, by = _staffing(_two_halves())
    values = staffing.staff(variables.nothing(), ["a", "b"], by, plenty())
    assert staffing.refill(values, by, None, plenty()) == values


def test_no_number_of_units_outweighs_a_task() -> None:
    asked = problem(
        [{"task": "a", "lines": [line(90)]}, {"task": "b", "priority": 2, "lines": [line(1)]}],
        {("FRA", "bn"): 99},
        objectives=("staff_tasks",),
    )
    variables, _, _ = _staffing(asked)
    few = sparing(levels(variables), variables)
    nothing = list(variables.nothing())
    most = list(variables.program.high)
    only_a = [0 if v == variables.staffed["b"] else high for v, high in enumerate(most)]
    assert few.value(most) < few.value(only_a) < few.value(nothing)


@pytest.mark.parametrize("little_does", [True, False])
def test_what_a_task_lacks_is_named_and_no_more(
    little_does: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second task needs both; of the headquarters there are enough. Where little effort does
    not put it in beside nobody, more does."""
    goes_in = Staffing._goes_in

    def tried(self: Staffing, *asked: Any) -> bool:
        return (little_does or asked[3] > QUICK) and goes_in(self, *asked)

    monkeypatch.setattr(Staffing, "_goes_in", tried)
    asked = problem(
        [
            {"task": "a", "lines": [line(2), line(1, "hq", line="other")]},
            {"task": "b", "lines": [line(2), line(1, "hq", line="other")]},
        ],
        {("FRA", "bn"): 2, ("GBR", "hq"): 2},
        objectives=("staff_tasks",),
    )
    variables, staffing, by = _staffing(asked)
    values = staffing.staff(variables.nothing(), ["a", "b"], by, plenty())
    assert _staffed(variables, values) == ["a"]
    assert staffing._lacking(values, "b", {"bn", "hq"}, plenty()) == {"bn"}


def test_of_what_a_task_could_use_instead_it_lacks_what_few_could_send() -> None:
    """Two battalions, or two headquarters, all with the first task: the battalions are of one
    nation, and moving them moves less."""
    asked = problem(
        [
            {"task": "a", "lines": [line(2), line(4, "hq", line="other")]},
            {"task": "b", "lines": [line(2, "bn", "hq")]},
        ],
        {("FRA", "hq"): 2, ("GBR", "hq"): 2, ("POL", "bn"): 2},
        objectives=("staff_tasks",),
    )
    variables, staffing, by = _staffing(asked)
    values = staffing.staff(variables.nothing(), ["a", "b"], by, plenty())
    assert _staffed(variables, values) == ["a"]
    assert staffing._lacking(values, "b", {"bn", "hq"}, plenty()) == {"bn"}


@pytest.mark.parametrize("seed", range(500, 530))
def test_what_is_put_in_and_filled_up_keeps_every_rule(seed: int) -> None:
    """Random workspaces of all rules: a plan, and no more of it than the program allows."""
    asked = question(seed)
    variables = build(asked.problem, joint(asked.problem, asked.world))
    objectives = levels(variables)
    by = steering(objectives)
    staffing = Staffing(variables, Settings(), Blocks(variables))
    tasks = [task.id for task in variables.tasks]
    values = staffing.staff(
        variables.nothing(), tasks, sparing(objectives[:1], variables), plenty()
    )
    assert variables.program.holds(values)
    full = staffing.refill(values, by, None, plenty())
    assert variables.program.holds(full)
    assert by.value(full) <= by.value(values)
    relaxation = [0.0] * len(values)
    again = staffing.refill(full, by, relaxation, plenty())
    assert variables.program.holds(again)
    assert by.value(again) <= by.value(full)


@pytest.mark.parametrize("attempt", [0, 1])
def test_room_is_made_by_moving_what_another_task_sends(attempt: int) -> None:
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
    found = staffing.make_room(values, ["a", "b"], attempt, by, lambda _: False, plenty())
    assert _staffed(variables, found) == ["a", "b"]
    assert variables.program.holds(found)


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


@pytest.mark.parametrize("attempt", [0, 1])
def test_room_is_made_by_leaving_out_a_task_that_matters_less(attempt: int) -> None:
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
    found = staffing.make_room(beside, ["a"], attempt, by, lambda _: False, plenty())
    assert variables.program.holds(found)
    assert _staffed(variables, found) == ["a"]
