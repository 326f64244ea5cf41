"""Workspaces without files, written out, sent elsewhere."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path
from typing import Any

import pytest
from workspace_files import write_small

from allocator.inputs.files.write import write_tables
from allocator.inputs.inspection import from_tables, inspect, load
from allocator.inputs.issues import Issue, Place, WorkspaceError
from allocator.inputs.problem import build
from allocator.inputs.schema import TABLES, NationRow
from allocator.inputs.workspace import Workspace

TINY: dict[str, list[dict[str, Any]]] = {
    "nations": [{"nation": "FRA", "name": "France", "active_personnel": 200_000}],
    "capabilities": [
        {"capability": "mech", "name": "M", "domain": "land", "unit": "b", "personnel": 800.0}
    ],
    "availability": [{"nation": "FRA", "capability": "mech", "quantity": 3, "basis": "estimate"}],
    "commitments": [],
}
MODEL = {
    "name": "tiny",
    "default": True,
    "tasks": [{"task": "west", "lines": [{"capability": "mech", "minimum": 1, "note": None}]}],
}


def _tiny(**cells: Any) -> tuple[Workspace | None, tuple[Issue, ...]]:
    return from_tables({**TINY, "availability": [TINY["availability"][0] | cells]}, [MODEL])


def test_rows_in_memory_are_a_workspace() -> None:
    workspace, issues = from_tables(TINY, [MODEL])
    assert issues == ()
    assert workspace is not None
    assert workspace.capabilities[0].personnel == 800
    assert str(workspace.place(workspace.availability[0])) == "inputs/availability.csv:2"
    assert build(workspace, "tiny").available("FRA", "mech", 1) == 3


@pytest.mark.parametrize("cell", [True, 2.5, float("nan"), float("inf"), "1,000", [3], -1, 10**9])
def test_what_is_no_whole_number_is_refused(cell: Any) -> None:
    _, issues = _tiny(quantity=cell)
    assert [(issue.code, issue.place.column) for issue in issues] in (
        [("W205", "quantity")],
        [("W206", "quantity")],
    )


@pytest.mark.parametrize("cell", [3, "3", " 3 ", "003", 3.0])
def test_what_is_a_whole_number_is_read(cell: Any) -> None:
    workspace, _ = _tiny(quantity=cell)
    assert workspace is not None
    assert workspace.availability[0].quantity == 3


def test_unknown_tables_columns_and_odd_keys() -> None:
    with pytest.raises(KeyError):
        from_tables({"nation": []}, [])
    _, issues = _tiny(qantity=1)
    assert [issue.code for issue in issues] == ["W117"]
    _, issues = from_tables(TINY, [{**MODEL, "7": "x", "tasks": 3}])
    assert [issue.code for issue in issues] == ["W202", "W213"]


def test_nothing_at_all() -> None:
    workspace, issues = from_tables({}, [])
    assert workspace is None
    assert [issue.code for issue in issues] == ["W120", "W120", "W120", "W121"]


def test_what_is_written_is_read_the_same(tmp_path: Path) -> None:
    first = load(write_small(tmp_path / "first"))
    tables = {name: getattr(first, name) for name in TABLES}
    write_tables(tables, list(first.models.values()), tmp_path / "second")
    second, issues = inspect(tmp_path / "second")
    assert issues == ()
    assert second is not None
    assert dataclasses.replace(second, path=first.path, files=first.files) == first


def test_text_survives_writing(tmp_path: Path) -> None:
    note = '=1+1, "quoted"\nand NO; 007'
    model = {**MODEL, "title": "NO", "note": note, "source": "null"}
    nations = [TINY["nations"][0] | {"note": note, "source": "NA"}]
    write_tables({**TINY, "nations": nations}, [model], tmp_path)
    workspace = load(tmp_path)
    read = workspace.models["tiny"]
    assert (workspace.nations[0].note, workspace.nations[0].source) == (note, "NA")
    assert (read.title, read.note, read.source) == ("NO", note, "null")


def test_a_workspace_can_be_sent_to_another_process(tmp_path: Path) -> None:
    workspace = load(write_small(tmp_path))
    places = [str(workspace.place(row)) for row in workspace.caveats]
    sent = pickle.loads(pickle.dumps(workspace))
    assert sent == workspace
    assert [str(sent.place(row)) for row in sent.caveats] == places


def test_parts_of_a_model_have_places(tmp_path: Path) -> None:
    workspace = load(write_small(tmp_path))
    model = workspace.models["small"]
    task = model.tasks[0]
    assert str(workspace.place(model)) == "models/small.yaml:1"
    assert str(workspace.place(task)) == "models/small.yaml:4 tasks[west]"
    assert str(workspace.place(task, "area")) == "models/small.yaml:6 tasks[west].area"
    assert str(workspace.place(task.lines[1])) == "models/small.yaml:11 tasks[west].lines[care]"
    stranger = NationRow(nation="FRA", name="France")
    assert workspace.place(stranger) == Place("", None, "")


def test_the_default_model(tmp_path: Path) -> None:
    one = load(write_small(tmp_path / "one"))
    assert one.default_model == "small"
    two = load(write_small(tmp_path / "two", {"models/other.yaml": "name: other"}))
    assert two.default_model is None
    marked = {"models/other.yaml": "name: other\ndefault: true"}
    assert load(write_small(tmp_path / "three", dict(marked))).default_model == "other"


def test_an_issue_is_a_flat_record() -> None:
    _, (issue,) = _tiny(quantity="3.0")
    record = issue.as_dict()
    assert (record["code"], record["file"], record["row"]) == ("W205", "inputs/availability.csv", 2)
    assert (record["column"], record["found"]) == ("quantity", '"3.0"')
    error = pickle.loads(pickle.dumps(WorkspaceError([issue])))
    assert error.issues == (issue,)
