"""A run's folder: whole or not at all, and nothing of others destroyed."""

import os
from datetime import UTC, datetime

import pytest
from report_cases import asked, small_run

from allocator.report import runs
from allocator.report.kept_files import FILES, SEAL, compared
from allocator.report.reading import KeptResultError, RunFolderError, read_run
from allocator.report.runs import write_run


def listing(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_is_written_reads_back(tmp_path):
    run = small_run()
    kept = read_run(write_run(run, tmp_path / "reports" / "one"))
    assert kept.result == run.result
    beside = {key: value for key, value in kept.provenance.items() if key not in (FILES, SEAL)}
    assert beside == {**run.provenance(), "copy": {}}
    assert set(kept.provenance[FILES]) == set(listing(kept.folder)) - {"run.json"}
    assert compared(kept.folder, kept.provenance, runs.OURS).sealed
    expected = {name for name in runs.OURS if not name.endswith(".parquet")}
    assert set(listing(tmp_path / "reports" / "one")) == expected
    assert listing(tmp_path / "reports")[0] == "one"


def test_the_same_run_gives_the_same_bytes(tmp_path):
    one, other = (write_run(small_run(), tmp_path / name) for name in ("one", "other"))
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }


@pytest.mark.parametrize("step", ["write_csv", "data_bytes", "fill_reports"])
def test_a_failure_leaves_nothing(tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(runs, step, fail)
    with pytest.raises(OSError, match="disk full"):
        write_run(small_run(), tmp_path / "one")
    assert listing(tmp_path) == []


def test_a_failure_while_replacing_keeps_the_earlier_run(tmp_path, monkeypatch):
    folder = write_run(small_run(), tmp_path / "one")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    real = os.replace

    def fail_on_new(source, target):
        if str(source).endswith("new"):
            raise OSError("no")
        real(source, target)

    monkeypatch.setattr(os, "replace", fail_on_new)
    with pytest.raises(OSError, match="no"):
        write_run(asked("packages", "training"), folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_an_earlier_run_is_replaced(tmp_path):
    folder = write_run(small_run(), tmp_path / "one")
    later = asked("packages", "training")
    assert read_run(write_run(later, folder)).result == later.result
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "one").mkdir()
    assert read_run(write_run(small_run(), tmp_path / "one"))


def test_folders_with_other_things_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    with pytest.raises(RunFolderError, match="holds no run"):
        write_run(small_run(), tmp_path / "other")
    folder = write_run(small_run(), tmp_path / "one")
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(RunFolderError, match=r"notes\.txt"):
        write_run(small_run(), folder)
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunFolderError, match="is a file"):
        write_run(small_run(), tmp_path / "file")
    assert (tmp_path / "other" / "letter.txt").read_text() == "dear"


def test_names_are_by_model_world_and_time(tmp_path):
    now = datetime(2026, 3, 1, 21, 4, 5, tzinfo=UTC)
    first = runs.default_folder(tmp_path, small_run(), now)
    assert first.name == "small-today-20260301T210405Z"
    first.mkdir()
    assert runs.default_folder(tmp_path, small_run(), now).name.endswith("Z-2")
    asking = asked("packages", "training")
    assert runs.default_folder(tmp_path, asking, now).name.startswith("small-today-packages-2026")


def test_no_run_and_a_damaged_run_are_told_apart(tmp_path):
    with pytest.raises(RunFolderError, match=r"no result\.json"):
        read_run(tmp_path)
    folder = write_run(small_run(), tmp_path / "one")
    (folder / "result.json").write_text('{"schema": 1}')
    with pytest.raises(KeptResultError, match="model"):
        read_run(folder)
    write_run(small_run(), tmp_path / "two")
    (tmp_path / "two" / "run.json").write_text("[]")
    with pytest.raises(KeptResultError, match="no object"):
        read_run(tmp_path / "two")
