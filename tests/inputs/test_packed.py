"""A workspace that was packed states the same problems, draws and all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from allocator.inputs.conditions import Condition, show
from allocator.inputs.inspection import from_tables, load
from allocator.inputs.packed import packed, unpacked, with_cells
from allocator.inputs.problem import build
from allocator.inputs.problem.ranges import units, with_ranges
from allocator.inputs.workspace import Workspace
from allocator.planner import Planner
from allocator.search.ranges.draws import Draws
from tests.generator import ON, question
from tests.inputs.workspace_files import write_small

ROOT = Path(__file__).parents[2]
SPREAD = {"estimate": 30, "assumption": 30, "general_knowledge": 25}


def told(value: Any) -> Any:
    """The problem as plain values: conditions as they are written, and no places."""
    if isinstance(value, Condition):
        return show(value)
    if is_dataclass(value):
        named = {f.name: getattr(value, f.name) for f in fields(value) if f.name != "place"}
        return {name: told(part) for name, part in named.items()}
    if isinstance(value, Mapping):
        return [(told(key), told(part)) for key, part in value.items()]
    if isinstance(value, list | tuple):
        return [told(part) for part in value]
    return value


def assert_same(one: Workspace, other: Workspace) -> None:
    assert set(one.models) == set(other.models)
    for model in one.models:
        first, second = build(one, model, on=ON), build(other, model, on=ON)
        assert told(first) == told(second)
        ranged = with_ranges(one, first, SPREAD), with_ranges(other, second, SPREAD)
        drawn = [Draws(units(problem.ranges), 20, 3) for problem in ranged]
        assert (drawn[0].values == drawn[1].values).all()
        assert [unit.id for unit in drawn[0].units] == [unit.id for unit in drawn[1].units]


def test_the_reference_case_comes_back() -> None:
    workspace = load(ROOT)
    data = packed(workspace)
    assert_same(workspace, unpacked(data))
    assert packed(unpacked(data)) == data


@pytest.mark.parametrize("with_", ["composed", "ranged", "offered"])
def test_random_workspaces_come_back(with_: str) -> None:
    for seed in range(30):
        asked = question(seed, **{with_: True})  # type: ignore[arg-type]
        workspace, _ = from_tables(asked.tables, asked.models)
        assert workspace is not None
        data = packed(workspace)
        assert_same(workspace, unpacked(data))
        assert packed(unpacked(data)) == data


def test_files_and_tables_in_memory_give_the_same_bytes(tmp_path: Path) -> None:
    planner = Planner(load(write_small(tmp_path)))
    again = planner.with_tables(availability=planner.tables["availability"])
    assert packed(again.workspace) == packed(planner.workspace)
    other = planner.change("availability", nation="FRA", capability="mech", quantity=7)
    assert packed(other.workspace) != packed(planner.workspace)


def test_many_rows_that_are_alike_but_for_their_ranges_keep_their_order(tmp_path: Path) -> None:
    """Lines 9 and 10 of a file sort as text the other way round."""
    rows = "".join(f"FRA,mech,2,{low},4,,estimate\n" for low in (0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1))
    head = "nation,capability,quantity,low,high,group,basis\n"
    table = head + rows + "GBR,medical,2,,,,estimate\n"
    workspace = load(write_small(tmp_path, {"inputs/availability.csv": table}))
    assert_same(workspace, unpacked(packed(workspace)))


def test_several_cells_are_checked_once_all_are_there(tmp_path: Path) -> None:
    """One by one the first would put what is stated above its high."""
    table = "nation,capability,quantity,low,high,basis\nFRA,mech,6,5,7,estimate\n"
    table += "GBR,medical,2,,,estimate\n"
    workspace = load(write_small(tmp_path, {"inputs/availability.csv": table}))
    cells = [("availability", 0, {"quantity": "9"}), ("availability", 0, {"high": "10"})]
    made = with_cells(workspace, cells)
    assert (made.availability[0].quantity, made.availability[0].high) == (9, 10)
    assert with_cells(workspace, []) is workspace
