"""The sum of objectives that steers a search: the first outweighs the next by far."""

from __future__ import annotations

from allocator.model.objectives import Objective
from allocator.search.plan.steering import MOST, Goals, steering

MOST_TASKS = Objective("staff_tasks[1]", True, ((1, 0), (1, 1)))
LESS_URGENT = Objective("staff_tasks[2]", True, ((1, 2),))
FEWEST = Objective("economy", False, ((200, 3), (400, 4)))
NOTHING = Objective("fewer_contingents", False, ())


def test_what_comes_first_outweighs_what_comes_after() -> None:
    by = steering([MOST_TASKS, LESS_URGENT, FEWEST, NOTHING])
    nothing, urgent, less_urgent = [0] * 5, [1, 0, 0, 9, 9], [0, 0, 1, 9, 9]
    assert by.value(urgent) < by.value(less_urgent) < by.value(nothing)
    assert by.value([0, 0, 0, 0, 1]) > by.value([0, 0, 0, 1, 0]) > by.value(nothing)


def test_no_more_objectives_than_numbers_bear() -> None:
    many = [Objective(f"level{i}", False, ((1, i),)) for i in range(MOST + 2)]
    assert len(steering(many).terms) == MOST


def test_the_first_objective_decides_and_the_others_where_it_does_not() -> None:
    goals = Goals.of([MOST_TASKS, FEWEST])
    assert goals.better([1, 1, 0, 9, 9], [1, 0, 0, 0, 0])
    assert goals.better([1, 0, 0, 0, 8], [1, 0, 0, 0, 9])
    assert not goals.better([1, 0, 0, 0, 9], [1, 0, 0, 0, 9])
