"""Columns whose names begin with `_` are a planner's own: kept on every way, and never read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from workspace_files import SMALL, Edit, write_small

from allocator.inputs.files.convert import convert
from allocator.inputs.inspection import from_tables, inspect
from allocator.inputs.workspace import Workspace

TABLES = [name for name in SMALL if name.endswith(".csv")]
MODEL = "models/small.yaml"


def _with_own(table: str) -> str:
    """A column before all others, one after them with a comma, and one that is always blank."""
    header, *rows = SMALL[table].splitlines()
    own = (f'J{i},{row},"=1+1, {i}",' for i, row in enumerate(rows))
    return "\n".join([f"_desk,{header},_call me,_", *own]) + "\n"


def _workspace(folder: Path) -> Path:
    edits: dict[str, Edit] = {table: _with_own(table) for table in TABLES}
    model = SMALL[MODEL].replace("  - task: west\n", "  - task: west\n    _desk: J5\n")
    edits[MODEL] = model.replace("target: 4}", "target: 4, _seen: by J3}") + "_file: 12 b\n"
    return write_small(folder, edits)


def _plain(found: Workspace | None) -> object:
    assert found is not None
    return (found.nations, found.availability, found.caveats, found.worlds, found.models)


def test_they_are_read_by_nobody(tmp_path: Path) -> None:
    workspace, issues = inspect(_workspace(tmp_path / "own"))
    assert issues == ()
    assert _plain(workspace) == _plain(inspect(write_small(tmp_path / "without"))[0])


def test_they_come_back_from_a_workbook(tmp_path: Path) -> None:
    """Letter by letter, in their places; those of models as what they say."""
    source = _workspace(tmp_path / "own")
    convert(source, tmp_path / "plan.xlsx")
    convert(tmp_path / "plan.xlsx", tmp_path / "back")
    for table in TABLES:
        assert (tmp_path / "back" / table).read_bytes() == (source / table).read_bytes()
    model = (tmp_path / "back" / MODEL).read_text()
    assert {"  _desk: J5", "    _seen: by J3", "_file: 12 b"} <= {*model.splitlines()}


def test_what_is_new_in_them_is_written_over(tmp_path: Path) -> None:
    """A table that says the same is left as it is, unless a column of one's own says another."""
    source = _workspace(tmp_path / "own")
    convert(source, tmp_path / "plan.xlsx")
    table = source / "inputs" / "nations.csv"
    table.write_text(table.read_text().replace("J0", "J9"))
    convert(tmp_path / "plan.xlsx", source, over=True)
    assert "J0,FRA" in table.read_text()


def test_odd_cells_in_them_are_nobodys_business(tmp_path: Path) -> None:
    """Dates, errors, merged cells and hidden columns; a row with nothing else is no row."""
    convert(_workspace(tmp_path / "own"), tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["nations"]
    sheet["A2"] = "#REF!"
    sheet["A2"].data_type = "e"
    sheet["A5"] = "only mine"
    sheet.column_dimensions["A"].hidden = True
    book.save(tmp_path / "plan.xlsx")
    workspace, issues = inspect(tmp_path / "plan.xlsx")
    assert [issue for issue in issues if issue.place.file == "nations"] == []
    assert workspace is not None
    assert len(workspace.nations) == 2


@pytest.mark.parametrize(
    ("key", "taken"), [("_mine", True), ("mine", False)], ids=["own", "unknown"]
)
def test_in_memory_they_are_passed_over_too(key: str, taken: bool) -> None:
    tables = {
        "nations": [{"nation": "FRA", "name": "France", key: 1}],
        "capabilities": [{"capability": "c", "name": "C", "domain": "land", "unit": "u"}],
        "availability": [{"nation": "FRA", "capability": "c", "quantity": 1, "basis": "estimate"}],
    }
    task = {"task": "t", key: [1, 2], "lines": [{"capability": "c", "minimum": 1, key: "x"}]}
    workspace, issues = from_tables(tables, [{"name": "m", "tasks": [task], key: {"a": 1}}])
    assert (workspace is not None) is taken
    assert {issue.code for issue in issues} == (set() if taken else {"W117", "W202"})


def test_parts_that_no_table_holds_have_none() -> None:
    """A lead stands in columns of its task: what it had of its own would have nowhere to go."""
    tables = {
        "nations": [{"nation": "FRA", "name": "France"}],
        "capabilities": [{"capability": "c", "name": "C", "domain": "land", "unit": "u"}],
        "availability": [{"nation": "FRA", "capability": "c", "quantity": 1, "basis": "estimate"}],
    }
    task = {"task": "t", "lead": {"any_of": ["FRA"], "_x": 1}}
    task["lines"] = [{"capability": "c", "minimum": 1}]
    _, issues = from_tables(tables, [{"name": "m", "tasks": [task]}])
    assert {issue.code for issue in issues} == {"W202"}
