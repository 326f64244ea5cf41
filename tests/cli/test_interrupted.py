"""The command as a process, interrupted or killed at any moment: the run is whole, or not there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from allocator.cli import main
from allocator.staging import PREFIX
from tests.inputs.workspace_files import write_small

ROOT = Path(__file__).parents[2]
COMMAND = ["solve", "small", "--world", "truce", "--out", "reports/run"]


BEGUN = """
import sys
from allocator.cli import main
print("begun", file=sys.stderr, flush=True)
main(prog_name="allocator")
"""


def start(workspace, code="from allocator.cli import main; main(prog_name='allocator')"):
    return subprocess.Popen(
        [sys.executable, "-c", code, *COMMAND],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )


def ended(workspace, signal_, seconds):
    """The exit status and standard error of a command that gets the signal so long after it has
    begun. Before that it is Python's to end."""
    process = start(workspace, BEGUN)
    assert process.stderr.readline() == "begun\n"
    time.sleep(seconds)
    process.send_signal(signal_)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def left(workspace):
    reports = workspace / "reports"
    return sorted(path.name for path in reports.iterdir()) if reports.is_dir() else []


def verified(workspace):
    told = CliRunner().invoke(
        main, ["verify", str(workspace / "reports" / "run"), "-w", str(workspace)]
    )
    return told.exit_code == 0


def moments(number, seed):
    rng = Random(seed)
    return [rng.uniform(0.01, 2.0) for _ in range(number)]


def test_ctrl_c_at_any_moment(tmp_path):
    workspace = write_small(tmp_path / "plan")
    for moment in moments(4, 1):
        status, err = ended(workspace, signal.SIGINT, moment)
        assert status in (0, 130)
        words = ("Interrupted", "Stopping", "Keeping")
        assert any(word in err for word in words) == (status == 130), (moment, status, err)
        assert "Traceback" not in err
        assert left(workspace) in ([], ["run"])
        assert not left(workspace) or verified(workspace)


def test_killed_at_any_moment(tmp_path):
    workspace = write_small(tmp_path / "plan")
    for moment in moments(4, 2):
        ended(workspace, signal.SIGKILL, moment)
        names = left(workspace)
        assert sum(name.startswith(PREFIX) for name in names) <= 1
        assert "run" not in names or verified(workspace)
    assert start(workspace).wait(timeout=60) == 0
    assert left(workspace) == ["run"]
    assert verified(workspace)


SLOW = """
import sys, time
from allocator.report.folder import runs
real = runs.notes_bytes
def slow(notes):
    print("writing", file=sys.stderr, flush=True)
    time.sleep(1)
    return real(notes)
runs.notes_bytes = slow
from allocator.cli import main
main(prog_name="allocator")
"""


def writing(workspace):
    process = start(workspace, SLOW)
    assert process.stderr.readline() == "writing\n"
    process.send_signal(signal.SIGINT)
    return process


def test_ctrl_c_while_the_run_is_written_keeps_it(tmp_path):
    workspace = write_small(tmp_path / "plan")
    out, err = writing(workspace).communicate(timeout=60)
    assert err.startswith("Keeping what is known")
    assert left(workspace) == ["run"]
    assert verified(workspace)
    assert "west" in out


def test_ctrl_c_twice_while_the_run_is_written_leaves_the_one_before(tmp_path):
    workspace = write_small(tmp_path / "plan")
    for before in ([], ["run"]):
        process = writing(workspace)
        assert "Keeping" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (130, "")
        assert err == "Interrupted; every file is whole, or as it was before.\n"
        assert left(workspace) == before
        if not before:
            assert start(workspace).wait(timeout=60) == 0
    assert verified(workspace)


LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
from allocator.cli import main
main(prog_name="allocator")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")
def test_too_little_memory_says_so_and_keeps_the_run_before(tmp_path):
    workspace = write_small(tmp_path / "plan")
    process = start(workspace)
    assert process.wait(timeout=60) == 0
    before = {path: path.stat().st_mtime_ns for path in (workspace / "reports").rglob("*")}
    process = start(workspace, LIMITED)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert "the memory is used up" in err
    assert "Traceback" not in err
    assert {p: p.stat().st_mtime_ns for p in (workspace / "reports").rglob("*")} == before
