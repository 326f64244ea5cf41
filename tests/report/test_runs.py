"""A run's folder: whole or not at all, and nothing of others destroyed."""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from report_cases import asked, small_run

from allocator.report.folder import runs
from allocator.report.folder.runs import write_run
from allocator.report.tables.run import ASKED
from allocator.results.store.kept_files import FILES, SEAL, compared
from allocator.results.store.reading import KeptResultError, RunFolderError, read_run
from tests.folders import contents


def listing(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_is_written_reads_back(tmp_path):
    run = small_run()
    kept = read_run(write_run(run, tmp_path / "reports" / "one"))
    assert kept.result == run.result
    beside = {key: value for key, value in kept.provenance.items() if key not in (FILES, SEAL)}
    assert beside == {**run.provenance(), "copy": {}, "left_out": []}
    assert set(kept.provenance[FILES]) == set(contents(kept.folder)) - {"machine/run.json"}
    assert compared(kept.folder, kept.provenance, runs.OURS).sealed
    asked_for = {*(f"tables/{name}.csv" for name in ASKED), runs.BRIEF}
    expected = {name for name in runs.OURS if not name.endswith(".parquet")} - asked_for
    assert set(contents(tmp_path / "reports" / "one")) == expected
    assert listing(tmp_path / "reports")[0] == "one"


def test_the_same_run_gives_the_same_bytes(tmp_path):
    one, other = (write_run(small_run(), tmp_path / name) for name in ("one", "other"))
    assert contents(one) == contents(other)


@pytest.mark.parametrize("step", ["write_csv", "data_bytes", "fill_reports"])
def test_a_failure_leaves_nothing(tmp_path, monkeypatch, step):
    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(runs, step, fail)
    with pytest.raises(OSError, match="disk full"):
        write_run(small_run(), tmp_path / "one")
    assert listing(tmp_path) == []


def test_a_failure_while_replacing_keeps_the_earlier_run(tmp_path, monkeypatch):
    folder = write_run(small_run(), tmp_path / "one")
    before = contents(folder)
    real = os.rename

    def fail_on_new(source, target):
        if source.parent.name == "new":
            raise OSError("no")
        real(source, target)

    monkeypatch.setattr(os, "rename", fail_on_new)
    with pytest.raises(OSError, match="no"):
        write_run(asked("packages", "training"), folder)
    assert contents(folder) == before
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


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", "._report.html", ".directory", "Icon\r"]
)
def test_what_a_desktop_leaves_hinders_nothing(tmp_path, name):
    """In the run's folder, in its parts, and in one that is empty but for it."""
    folder = write_run(small_run(), tmp_path / "one")
    (folder / "inputs").mkdir(exist_ok=True)
    for place in (folder / name, folder / "inputs" / name, folder / "tables" / name):
        place.write_text("")
    assert runs.is_run(folder)
    assert read_run(write_run(small_run(), folder))
    assert name not in listing(folder)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_text("")
    assert read_run(write_run(small_run(), tmp_path / "new"))


@pytest.mark.parametrize("name", ["~$results.xlsx", ".env", ".git", "thumbs.db.txt"])
def test_what_is_somebody_s_is_refused(tmp_path, name):
    folder = write_run(small_run(), tmp_path / "one")
    (folder / name).write_text("")
    with pytest.raises(RunFolderError, match=re.escape(name)):
        write_run(small_run(), folder)
    assert (folder / name).exists()


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("/tmp")])
def test_what_has_the_name_of_a_part_and_is_no_folder_is_refused(tmp_path, make):
    folder = write_run(small_run(), tmp_path / "one")
    shutil.rmtree(folder / "tables")
    make(folder / "tables")
    with pytest.raises(RunFolderError, match="holds tables"):
        write_run(small_run(), folder)


def test_a_folder_by_the_name_of_a_desktop_s_file_is_refused(tmp_path):
    folder = write_run(small_run(), tmp_path / "one")
    (folder / ".DS_Store").mkdir()
    with pytest.raises(RunFolderError, match="DS_Store"):
        write_run(small_run(), folder)


@pytest.mark.parametrize("folder", [".", ".."])
def test_the_folder_that_one_is_in_is_refused(tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunFolderError, match="name a folder in it"):
        write_run(small_run(), Path(folder))


def test_names_are_by_model_world_and_time(tmp_path):
    now = datetime(2026, 3, 1, 21, 4, 5, tzinfo=UTC)
    run, asking = small_run(), asked("packages", "training")
    (tmp_path / "small-today-20260301T210405Z-2").mkdir()
    (tmp_path / "small-today-20260301T210405Z-3").write_text("mine")
    folders = [runs.default_folder(tmp_path, one, now) for one in (run, run, asking)]
    names = [write_run(one, f).name for one, f in zip((run, run, asking), folders, strict=True)]
    assert names == [
        "small-today-20260301T210405Z",
        "small-today-20260301T210405Z-4",
        "small-today-packages-20260301T210405Z",
    ]
    assert list((tmp_path / "small-today-20260301T210405Z-2").iterdir()) == []


def test_no_run_and_a_damaged_run_are_told_apart(tmp_path):
    with pytest.raises(RunFolderError, match=r"no result\.json"):
        read_run(tmp_path)
    folder = write_run(small_run(), tmp_path / "one")
    (folder / "machine/result.json").write_text('{"schema": 1}')
    with pytest.raises(KeptResultError, match="model"):
        read_run(folder)
    write_run(small_run(), tmp_path / "two")
    (tmp_path / "two" / "machine/run.json").write_text("[]")
    with pytest.raises(KeptResultError, match="no object"):
        read_run(tmp_path / "two")


def test_where_nobody_may_look_no_name_is_told(tmp_path, monkeypatch):
    (tmp_path / "today").mkdir()
    with pytest.raises(RunFolderError, match=r"did you mean .*today\?"):
        read_run(tmp_path / "todya")

    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(RunFolderError, match="no such folder; `allocator list`"):
        read_run(tmp_path / "todya")
