"""The objectives' values and the shortfalls, by hand."""

from __future__ import annotations

import pytest

from allocator.checker import objective_values, shortfalls
from allocator.results.result import Allocation, Shortfall
from tests.handmade import line, problem

TASKS = [
    {"task": "t", "priority": 2, "lines": [line(1, "bn", "hq", target=3) | {"line": "b"}]},
    {
        "task": "u",
        "priority": 1,
        "periods": "2",
        "lines": [
            {"line": "a", "any_of": {"bn": 2}, "minimum": 1, "target": 7},
            {"line": "m", "any_of": {"hq": 1}, "one_per": 1000},
            {"line": "z", "any_of": {"hq": 1}, "minimum": 0},
        ],
    },
    {"task": "v", "priority": 2, "lines": [line(2)]},
]
ALLOCATION = Allocation(
    frozenset({"t", "u"}),
    {
        ("FRA", "t", "b", "bn", 1): 2,
        ("FRA", "t", "b", "bn", 2): 1,
        ("GBR", "t", "b", "hq", 2): 3,
        ("FRA", "u", "a", "bn", 2): 1,
        ("FRA", "u", "m", "hq", 2): 1,
    },
    {("c0", 1): 2, ("c0", 2): 1, ("c1", 2): 1},
)


def _problem(**more):
    return problem(
        TASKS,
        {("FRA", "bn"): 9, ("GBR", "hq"): 9, ("FRA", "hq"): 9},
        capabilities={"hq": {"personnel": 7}},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": 2, "release_risk": 3},
            {"nation": "GBR", "capability": "hq", "quantity": 2, "release_risk": 0},
        ],
        horizon=2,
        **more,
    )


def test_each_value_by_hand() -> None:
    values = objective_values(_problem(active_personnel={"FRA": 400, "GBR": 99}), ALLOCATION)
    assert values == {
        "staff_tasks[1]": 1,
        "staff_tasks[2]": 1,
        # t: one of three short in period 1; u: 5 of 7 short; v, not staffed: 2 of 2, twice.
        "meet_targets": 333333 + 5 * 142857 + 2 * 2 * 500000,
        "protect_commitments": 9,
        "economy": 20 + 10 + 21 + 10 + 7,
        "fewer_contingents": 3,
        # GBR: 21 of 99, rounded up; FRA 47 of 400.
        "share_burden": 213,
    }


def test_the_order_and_the_choice_are_the_models() -> None:
    chosen = _problem(objectives=["economy", "staff_tasks"])
    assert list(objective_values(chosen, ALLOCATION)) == [
        "economy",
        "staff_tasks[1]",
        "staff_tasks[2]",
    ]
    assert objective_values(_problem(objectives=[]), ALLOCATION) == {}


@pytest.mark.parametrize(
    ("target", "penalty"), [(1, 1_000_000), (3, 333_333), (128, 7812), (64, 15625), (640, 1562)]
)
def test_halves_go_to_even_exactly(target: int, penalty: int) -> None:
    """1,000,000 / 128 = 7812.5 and / 640 = 1562.5: both go down to the even number."""
    asked = problem([{"task": "t", "lines": [line(0, target=target)]}], {("FRA", "bn"): 1})
    assert objective_values(asked, Allocation())["meet_targets"] == target * penalty


def test_nobody_gives_a_figure_so_nobody_is_burdened() -> None:
    assert objective_values(_problem(), ALLOCATION)["share_burden"] == 0


def test_shortfalls_by_task_line_and_period() -> None:
    rows = [tuple(row.model_dump().values()) for row in shortfalls(_problem(), ALLOCATION)]
    assert rows == [
        ("t", "b", 1, 1, 3, 2),
        ("u", "a", 2, 1, 7, 2),
        ("v", "l", 1, 2, 2, 0),
        ("v", "l", 2, 2, 2, 0),
    ]
    assert all(isinstance(row, Shortfall) for row in shortfalls(_problem(), ALLOCATION))
