"""Workspaces to start from: the small one stands as it is, the empty one once it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

import allocator
from allocator.inputs.files.convert import convert
from allocator.inputs.files.starters import EXAMPLES, copy_small, start, write_empty
from allocator.inputs.inspection import inspect
from allocator.inputs.schema import TABLES


def test_the_small_example_has_no_issue_and_a_task_of_each_kind(tmp_path: Path) -> None:
    copy_small(tmp_path / "plan")
    workspace, issues = inspect(tmp_path / "plan")
    assert issues == ()
    assert workspace is not None
    assert len(workspace.nations) == 6
    run = allocator.load(tmp_path / "plan").solve(world="invited")
    assert {task.task: task.verdict for task in run.result.tasks} == {
        "evacuation": "blocked",
        "reserve": "ready",
        "sea_lane": "ready",
    }


def test_an_empty_workspace_has_a_header_and_an_example_a_table(tmp_path: Path) -> None:
    write_empty(tmp_path)
    for name, kind in TABLES.items():
        header, example = (tmp_path / "inputs" / f"{name}.csv").read_text().splitlines()
        assert header.split(",") == [*kind.model_fields]
        assert example.startswith("# ")
        assert set(kind.required()) <= {*EXAMPLES[name]} <= {*kind.model_fields}


def test_nothing_that_is_commented_out_is_read(tmp_path: Path) -> None:
    write_empty(tmp_path)
    workspace, issues = inspect(tmp_path)
    assert workspace is None
    assert {issue.code for issue in issues if issue.is_error} == {"W120"}


def test_with_every_example_taken_over_it_stands(tmp_path: Path) -> None:
    """And converts into a workbook, which has no comments."""
    write_empty(tmp_path / "plan")
    for table in (tmp_path / "plan" / "inputs").glob("*.csv"):
        table.write_text(table.read_text().replace("\n# ", "\n"))
    model = tmp_path / "plan" / "models" / "operation.yaml"
    model.write_text(model.read_text().replace("# ", ""))
    workspace, issues = inspect(tmp_path / "plan")
    assert [str(issue) for issue in issues if issue.is_error] == []
    assert workspace is not None
    convert(tmp_path / "plan", tmp_path / "plan.xlsx")


@pytest.mark.parametrize("make", [copy_small, write_empty])
def test_nothing_is_written_over(make: object, tmp_path: Path) -> None:
    copy_small(tmp_path)
    with pytest.raises(FileExistsError, match="inputs/ and models/ already"):
        make(tmp_path)  # type: ignore[operator]


@pytest.mark.parametrize(("first", "read"), [("nation", False), ("note", True), ("_mine", True)])
def test_a_row_is_commented_out_where_its_first_cell_is_no_free_text(
    first: str, read: bool, tmp_path: Path
) -> None:
    """`#1` may be said in a note, and in a column of one's own."""
    copy_small(tmp_path)
    table = tmp_path / "inputs" / "nations.csv"
    columns = [first, *(c for c in ("nation", "name", "note") if c != first)]
    row = {"nation": "NOR", "name": "Norway", first: "#NOR" if first == "nation" else "#1"}
    rest = [",".join(columns), ",".join(row.get(column, "") for column in columns)]
    others = [f"{code},{code}" for code in ("DEU", "FRA", "ITA", "NLD", "POL", "SWE")]
    place = {"nation": "{},", "note": ",{}", "_mine": ",{},"}[first]
    table.write_text("\n".join([*rest, *(place.format(other) for other in others)]) + "\n")
    workspace, issues = inspect(tmp_path)
    assert workspace is not None, issues
    assert ("NOR" in {nation.nation for nation in workspace.nations}) is read


def test_an_empty_workbook_has_every_sheet_and_is_filled_in_as_a_folder_is(tmp_path: Path) -> None:
    start("empty", book := tmp_path / "staff.xlsx")
    sheets = load_workbook(book)
    for name, kind in TABLES.items():
        assert [cell.value for cell in sheets[name][1]] == [*kind.model_fields]
        assert all(cell.comment for cell in sheets[name][1])
    assert {"models", "tasks", "lines"} <= {*sheets.sheetnames}
    _, issues = inspect(book)
    assert {issue.code for issue in issues if issue.is_error} == {"W120"}


def test_an_example_as_a_workbook_is_the_same_workspace(tmp_path: Path) -> None:
    start("small", tmp_path / "plan.xlsx")
    start("small", tmp_path / "plan")
    book, folder = (inspect(tmp_path / name)[0] for name in ("plan.xlsx", "plan"))
    assert book is not None
    assert folder is not None
    assert (book.nations, book.offers, book.models) == (
        folder.nations,
        folder.offers,
        folder.models,
    )


@pytest.mark.parametrize("what", ["empty", "small", "reference"])
def test_no_workbook_is_written_over(what: str, tmp_path: Path) -> None:
    start("empty", book := tmp_path / "staff.xlsx")
    before = book.read_bytes()
    with pytest.raises(FileExistsError, match="there already"):
        start(what, book)
    assert book.read_bytes() == before
