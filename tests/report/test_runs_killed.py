"""A run's folder, interrupted or killed at any moment of its writing."""

import os
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest
from report_cases import asked, small_run

from allocator.report.folder import runs
from allocator.report.folder.rewriting import write_reports
from allocator.report.folder.runs import PAGE, WORKBOOK, write_run
from allocator.results.store.reading import read_run
from allocator.staging import PREFIX
from tests.folders import contents
from tests.test_atomic import killed


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


class Stop(BaseException):
    """As KeyboardInterrupt, which is no Exception either."""


@pytest.mark.parametrize("step", ["write_csv", "fill_reports", "certificate_bytes"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, Stop])
def test_a_run_that_is_interrupted_while_written_leaves_the_one_before(
    tmp_path, monkeypatch, step, error
):
    folder = write_run(small_run(), tmp_path / "one")
    before = contents(folder)

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(runs, step, fail)
    with pytest.raises(error):
        write_run(asked("packages", "training"), folder)
    assert contents(folder) == before
    assert entries(tmp_path) == ["one"]


def test_reports_written_again_are_both_new_or_both_as_they_were(tmp_path, monkeypatch):
    folder = write_run(small_run(), tmp_path / "one")
    before = contents(folder)
    run = small_run()

    def fail(*_, **__):
        raise Stop

    monkeypatch.setattr("allocator.report.page.page", fail)
    with pytest.raises(Stop):
        write_reports(run, folder, "For exercise only")
    assert contents(folder) == before
    monkeypatch.undo()
    assert folder / PAGE in write_reports(run, folder, "For exercise only")
    assert "For exercise only" in (folder / PAGE).read_text()
    assert entries(tmp_path) == ["one"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes of this kind there")
def test_reports_killed_at_any_move_are_of_one_mark(tmp_path):
    """The page and the workbook; whoever reads the run next finds it whole."""
    run, other = small_run(), tmp_path / "other"
    write_reports(run, write_run(run, other), "EXERCISE")
    later = {name: (other / name).read_bytes() for name in (PAGE, WORKBOOK)}
    for number, when in product(range(1, 20), ("before", "after")):
        folder = write_run(run, tmp_path / f"{number}-{when}")
        earlier = {name: (folder / name).read_bytes() for name in later}
        if not killed(lambda f=folder: write_reports(run, f, "EXERCISE"), number, when):
            break
        read_run(folder)
        found = {n: (folder / n).read_bytes() for n in later if (folder / n).exists()}
        assert found in (earlier, later)
        write_reports(run, folder, "EXERCISE")
        assert {name: (folder / name).read_bytes() for name in later} == later
        assert not any(name.startswith(PREFIX) for name in entries(folder))
    assert number > 2


WRITING = """
import sys
sys.path.insert(0, {report!r})
from pathlib import Path
from report_cases import asked, small_run
from allocator.report.folder.runs import write_run
small, large = small_run(), asked("packages", "training")
print("writing", flush=True)
while True:
    write_run(small, Path("one"))
    write_run(large, Path("one"))
"""


def test_killed_at_any_moment_of_the_writing_the_run_is_whole(tmp_path):
    code = WRITING.format(report=str(Path(__file__).parent))
    whole_ones = [
        contents(write_run(run, tmp_path / "x" / name))
        for name, run in (("small", small_run()), ("packages", asked("packages", "training")))
    ]
    root = str(Path(__file__).parents[2])
    for moment in (0.0, 0.013, 0.05, 0.11, 0.19):
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": root},
        )
        process.stdout.readline()
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        process.stdout.close()
        left = [name for name in entries(tmp_path) if name.startswith(PREFIX)]
        assert len(left) <= 1
        assert set(entries(tmp_path)) <= {"one", "x", *left}
        if (tmp_path / "one").exists():
            kept = contents(tmp_path / "one")
            assert kept in whole_ones
    write_run(small_run(), tmp_path / "one")
    assert entries(tmp_path) == ["one", "x"]
