"""What the columns and the spread make of figures: ranges, groups, directions."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.errors import UsageError
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import best, units, with_ranges, worst
from allocator.planner import Planner


def planner(**tables: Any) -> Planner:
    """One task of two lines, two nations; rows of the tables as given."""
    base: dict[str, Any] = {
        "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR")],
        "capabilities": [{"capability": "bn", "name": "bn", "domain": "land", "unit": "bn"}],
        "availability": [
            {"nation": "FRA", "capability": "bn", "quantity": 10, "basis": "estimate"},
            {"nation": "GBR", "capability": "bn", "quantity": 5, "basis": "reported"},
        ],
        "commitments": [
            {"commitment": "c", "nation": "FRA", "capability": "bn", "quantity": 2}
            | {"to": "nato", "purpose": "plans", "basis": "assumption"}
        ],
    }
    lines = tables.pop("lines", [{"line": "foot", "any_of": {"bn": 1}, "minimum": 8, "target": 9}])
    model = {"name": "m", "tasks": [{"task": "guard", "lines": lines}]}
    workspace, issues = from_tables(base | tables, [model])
    assert workspace is not None, issues
    return Planner(workspace)


def row(quantity: int, basis: str = "estimate", **more: Any) -> dict[str, Any]:
    return {"nation": "FRA", "capability": "bn", "quantity": quantity, "basis": basis} | more


@pytest.mark.parametrize(
    ("stated", "per_cent", "expected"),
    [
        (10, 30, (7, 13)),
        (10, 25, (8, 12)),  # 7.5 and 12.5, halves to even
        (30, 5, (28, 32)),  # 28.5 and 31.5
        (2, 10, (1, 3)),  # at least one unit each way
        (1, 30, (0, 2)),
        (0, 30, (0, 1)),  # never below 0
        (4, 200, (0, 12)),
    ],
)
def test_a_spread_rounds_halves_to_even_and_moves_at_least_one(
    stated: int, per_cent: int, expected: tuple[int, int]
) -> None:
    made = planner(availability=[row(stated)])
    problem = with_ranges(made.workspace, made.problem(), {"estimate": per_cent})
    (found,) = (one for one in problem.ranges if one.figure.kind == "availability")
    assert (found.low, found.high) == expected


def test_a_spread_is_for_figures_of_its_basis_that_have_no_range() -> None:
    rows = [row(10, low=9), row(20, "reported"), row(30, high=30), row(40, group="g")]
    made = planner(availability=rows)
    problem = with_ranges(made.workspace, made.problem(), {"estimate": 10})
    found = {one.figure.value: (one.low, one.high) for one in problem.ranges}
    # What has a range that is no wider than the figure has one; lines and others have no basis.
    assert found == {10: (9, 10), 40: (36, 44)}


def test_blank_ends_are_the_stated_value_and_lines_count() -> None:
    line = {"line": "foot", "any_of": {"bn": 1}, "minimum": 8, "target": 9, "high": 12}
    problem = planner(availability=[row(10, low=4)], lines=[line]).problem()
    found = {one.figure.kind: (one.low, one.high) for one in problem.ranges}
    assert found == {"availability": (4, 10), "minimum": (8, 12)}


def test_corners_take_every_figure_to_its_own_end_and_lift_the_target() -> None:
    line = {"line": "foot", "any_of": {"bn": 1}, "minimum": 8, "target": 9, "low": 7, "high": 12}
    commitment = {"commitment": "c", "nation": "FRA", "capability": "bn", "quantity": 2} | {
        "to": "nato", "purpose": "plans", "basis": "reported", "low": 1, "high": 3
    }  # fmt: skip
    made = planner(
        availability=[row(10, low=4, high=15)], commitments=[commitment], lines=[line]
    ).problem()
    low, high = worst(made), best(made)
    assert (low.available("FRA", "bn", 1), high.available("FRA", "bn", 1)) == (4, 15)
    assert (low.commitment("c").quantity, high.commitment("c").quantity) == ((3,), (1,))
    ends = [made.task("guard").line("foot"), low.task("guard").line("foot")]
    assert [(line.minimum, line.target) for line in ends] == [(8, 9), (12, 12)]
    assert high.task("guard").line("foot").target == 9


def test_a_line_without_a_target_has_the_minimum_as_it_is_drawn() -> None:
    lines = [
        {"line": "bare", "any_of": {"bn": 1}, "minimum": 4, "low": 2, "high": 6},
        {"line": "said", "any_of": {"bn": 1}, "minimum": 4, "low": 2, "high": 6, "target": 4},
    ]
    made = planner(lines=lines)
    problem = with_ranges(made.workspace, made.problem())
    for corner, targets in ((best, {"bare": 2, "said": 4}), (worst, {"bare": 6, "said": 6})):
        found = corner(problem).task("guard").lines
        assert {line.id: line.target for line in found} == targets


def test_rows_of_one_pair_move_by_themselves_and_only_in_their_periods() -> None:
    made = planner(
        availability=[row(10, low=8, periods="1"), row(10, low=8, periods="1")]
    ).problem()
    names = [unit.id for unit in units(made.ranges)]
    assert names == ["availability FRA bn", "availability FRA bn 2"]
    first = made.ranges[0].figure
    assert at(made, {first: 8}).available("FRA", "bn", 1) == 18
    assert worst(made).available("FRA", "bn", 1) == 16


def test_a_group_is_one_unit() -> None:
    rows = [row(10, low=8, group="heavy"), row(20, high=25, group="heavy"), row(30, low=20)]
    found = units(planner(availability=rows).problem().ranges)
    assert [(unit.id, len(unit.ranges)) for unit in found] == [
        ("availability FRA bn", 1),
        ("group heavy", 2),
    ]


@pytest.mark.parametrize(
    ("spread", "error"),
    [
        ({"estimat": 30}, UsageError),
        ({"estimate": 0}, UsageError),
        ({"estimate": "30"}, TypeError),
        ({"estimate": float("nan")}, UsageError),
    ],
)
def test_a_wrong_spread_is_refused(spread: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        planner().ranges(spread=spread)


def test_the_planner_tells_what_is_sure() -> None:
    found = planner().ranges(spread={"estimate": 60})
    (record,) = found.tasks
    assert (record.stated, record.over_ranges) == ("ready", "open")
    assert record.worst.proof is not None
    assert (record.worst.proof.need, record.worst.proof.supply) == (8, 7)
    assert record.best.stated
    assert planner().ranges(spread={"assumption": 30}).tasks[0].over_ranges == "surely ready"


def test_what_alone_turns_it_is_told_though_no_draw_meets_it() -> None:
    """One draw, which is ready; a unit less of France and the task is not."""
    made = planner(
        availability=[row(10, low=9, high=12)],
        commitments=[],
        lines=[{"line": "foot", "any_of": {"bn": 1}, "minimum": 10, "target": 10}],
    )
    (found,) = made.ranges(draws=1).tasks
    assert found.over_ranges == "open"
    assert found.chance is not None
    assert found.chance.ready == 1
    assert [(one.unit.id, one.flip) for one in found.first] == [("availability FRA bn", 9)]
