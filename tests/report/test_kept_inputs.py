"""A run carries what it was made from, and says so when that can no longer be trusted."""

from dataclasses import replace

import pytest
from report_cases import small_run

from allocator.inputs.inspection import from_tables, load
from allocator.inputs.problem import build
from allocator.report.folder.runs import write_run
from allocator.results.store.kept_files import COPY
from allocator.results.store.kept_inputs import InputsUnknownError, read_inputs, write_inputs
from allocator.results.store.reading import RunFolderError, read_run
from tests.generator import tables_and_models
from tests.inputs.workspace_files import write_small


@pytest.fixture
def workspace(tmp_path):
    return load(write_small(tmp_path / "plan"))


@pytest.fixture
def folder(workspace, tmp_path):
    return write_run(replace(small_run(), workspace=workspace), tmp_path / "reports" / "one")


def inputs_of(folder):
    kept = read_run(folder)
    return read_inputs(kept.folder, kept.provenance)


def test_a_runs_folder_is_a_workspace(workspace, folder):
    again = inputs_of(folder)
    assert replace(again, path=workspace.path, files=workspace.files) == workspace
    assert load(folder) == again
    assert str(again.place(again.caveats[0])) == "inputs/caveats.csv:2"


def test_no_objective_at_all_stays_so(tmp_path, monkeypatch):
    """Whatever the tables hold, the copy states the same problem."""
    monkeypatch.setattr("allocator.report.folder.runs.fill_reports", lambda *_: None)
    seen = False
    for seed in range(60):
        workspace, _ = from_tables(*tables_and_models(seed))
        folder = tmp_path / str(seed)
        again = read_inputs(folder, {COPY: write_inputs(workspace, folder)})
        assert build(again, "m").objectives == build(workspace, "m").objectives
        assert build(again, "m").availability == build(workspace, "m").availability
        seen |= not build(workspace, "m").objectives
    assert seen


def test_a_run_without_inputs_says_so(tmp_path):
    with pytest.raises(InputsUnknownError, match="without a copy"):
        inputs_of(write_run(small_run(), tmp_path / "one"))


def test_a_copy_that_was_edited_is_no_witness(folder):
    table = folder / "inputs" / "caveats.csv"
    table.write_text(table.read_text().replace("ceasefire", "peace"))
    with pytest.raises(InputsUnknownError, match=r"inputs/caveats\.csv was changed"):
        inputs_of(folder)


@pytest.mark.parametrize("name", ["models/later.yaml", "inputs/worlds.csv"])
def test_a_file_more_or_less_is_seen(folder, name):
    path = folder / name
    path.unlink() if path.exists() else path.write_text("name: later")
    with pytest.raises(InputsUnknownError, match="was changed after the run"):
        inputs_of(folder)


def test_a_later_run_replaces_the_copy_too(workspace, folder):
    write_run(replace(small_run(), workspace=replace(workspace, caveats=())), folder)
    assert inputs_of(folder).caveats == ()


@pytest.mark.parametrize("name", ["inputs/letter.txt", "models/deep/a.yaml", "inputs/mine.csv"])
def test_what_a_planner_puts_beside_the_copy_is_not_destroyed(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("dear")
    with pytest.raises(RunFolderError, match="which no run writes"):
        write_run(small_run(), folder)
    assert (folder / name).read_text() == "dear"
