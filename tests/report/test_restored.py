"""A run read back from its folder gives the same reports as the one that was written."""

import json

import pytest
from report_cases import small_run

import allocator
from allocator.report.folder.runs import write_run
from allocator.report.tables.run import all_tables
from allocator.results.store.kept_inputs import InputsUnknownError
from allocator.results.store.reading import KeptResultError, read_run
from allocator.results.store.restored import restored
from tests.inputs.workspace_files import write_small


@pytest.fixture
def solved(tmp_path):
    """A run with ways, notes of every kind that `blockers` makes, and other worlds."""
    planner = allocator.load(write_small(tmp_path / "plan"))
    return planner.blockers(relax=["caveats", "preconditions"], world="truce", time_limit=60)


def test_tables_notes_and_provenance_are_the_same(solved, tmp_path):
    again = restored(read_run(write_run(solved, tmp_path / "run")))
    assert again.provenance() == solved.provenance()
    assert again.notes == solved.notes
    assert (again.problem, again.world, again.result) == (
        solved.problem,
        solved.world,
        solved.result,
    )
    assert all_tables(again) == all_tables(solved)
    assert solved.notes["west"].everywhere is not None


def test_what_cannot_be_restored_says_why(solved, tmp_path):
    folder = write_run(solved, tmp_path / "run")
    notes = folder / "machine/notes.json"
    told = json.loads(notes.read_bytes())
    told["west"]["proof"] = 3
    notes.write_text(json.dumps(told))
    with pytest.raises(KeptResultError, match=r"damaged: notes\.json: west\.proof"):
        restored(read_run(folder))
    notes.unlink()
    with pytest.raises(KeptResultError, match=r"no notes\.json; solve it again"):
        restored(read_run(folder))
    with pytest.raises(InputsUnknownError, match="without a copy"):
        restored(read_run(write_run(small_run(), tmp_path / "other")))
