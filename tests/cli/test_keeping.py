"""What cannot be written is no reason to lose an answer; and nothing half-written stays."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli import main
from allocator.cli.keeping import kept, reason
from tests.inputs.workspace_files import write_small

ROOT = Path(__file__).parents[2]
LIMITED = """
import resource, signal, sys
from pathlib import Path
from allocator.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
whole = resource.getrlimit(resource.RLIMIT_FSIZE)[1]

def run(limit, *command):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, whole))
    try:
        return main.main(list(command), standalone_mode=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (whole, whole))

def sizes(folder):
    return sorted({path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()})

"""


def limited(workspace, code):
    """Runs commands in one process, each with a limit of the size of files."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED + code],
        cwd=workspace,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


linux = pytest.mark.skipif(sys.platform != "linux", reason="no such limit there")


@linux
def test_a_limit_at_any_file_of_a_run(tmp_path):
    """Just below the size of each file of it, and at others; of the run itself and of the parts
    of its workbook, which is packed last."""
    workspace = write_small(tmp_path / "plan")
    code = """
from allocator.planner import Planner
solve = Planner.solve
def once(*a, _known=[], **k):
    _known or _known.append(solve(*a, **k))
    return _known[0]
Planner.solve = once  # One search is enough; what is tried is the writing.
command = ("solve", "--world", "truce", "--time-limit", "20")
run(1 << 30, *command, "--out", "whole")
found = sizes("whole")
for limit in sorted({1, 1000, *(size - 1 for size in found if size > 2), found[-1] // 2}):
    print("LIMIT", limit, flush=True)
    print("LIMIT", limit, file=sys.stderr, flush=True)
    status = run(limit, *command, *(["--parquet"] if limit % 2 else []))
    assert status == 0, status
    left = [p for p in Path("reports").glob("*")] + [p for p in Path(".").glob(".*")]
    assert left == [], left
"""
    done = limited(workspace, code)
    assert done.returncode == 0, done.stderr[-2000:]
    shown, said = (text.split("LIMIT ")[1:] for text in (done.stdout, done.stderr))
    assert len(shown) == len(said) > 10
    assert all("Joint plan" in one for one in shown)
    assert all("could not be kept" in one and "File too large" in one for one in said), said
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@linux
@pytest.mark.parametrize(
    "command",
    [
        ["convert", ".", "OUT.xlsx"],
        ["convert", ".", "OUT"],
        ["init", "OUT"],
        ["report", "run"],
        ["fragility", "west", "--world", "truce", "--out", "OUT"],
        ["compare", "run", "run2", "--out", "OUT"],
        ["solve", "--world", "truce"],
        ["order", "--world", "truce"],
        ["offers", "--world", "truce"],
        ["fragility", "west", "--world", "truce", "--out", "OUT/of/many"],
    ],
)
def test_a_limit_for_every_command_that_writes(tmp_path, command):
    workspace = write_small(tmp_path / "plan")
    for name, world in (("run", "today"), ("run2", "truce")):
        CliRunner().invoke(
            main,
            [
                *("solve", "-w", str(workspace), "--world", world, "--time-limit", "20"),
                *("--out", str(workspace / name)),
            ],
        )
    before = _contents(workspace)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED + f"sys.exit(run(200, *{command}))"],
        cwd=workspace,
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    answers = command[0] in ("fragility", "compare", "solve", "order", "offers")
    assert done.returncode == (0 if answers else 2), done.stderr
    assert "File too large" in done.stderr
    assert not answers or "could not be kept" in done.stderr
    assert "Traceback" not in done.stderr
    assert _contents(workspace) == before


def _contents(workspace):
    """Files and folders: an empty folder that was made for nothing is something too."""
    return {p: p.is_file() and p.read_bytes() for p in workspace.rglob("*")}


class _OtherError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (BrokenPipeError(32, "Broken pipe"), "Broken pipe"),
        (OSError("disk full"), "disk full"),
        (MemoryError(), "the memory is used up"),
        (_OtherError("odd"), "internal fault, _OtherError: odd (test_keeping.py:"),
    ],
)
def test_whatever_is_raised_by_writing_it_is_said(error, said, capsys):
    def write():
        raise error

    assert kept("The run", Path("place"), write) is None
    assert f"The run could not be kept in place: {said}" in capsys.readouterr().err


def test_errors_of_ours_say_it_themselves():
    from allocator.report.folder.runs import RunFolderError

    assert reason(RunFolderError("x holds notes.txt")) == "x holds notes.txt"


@pytest.mark.skipif(not shutil.which("mount") or os.geteuid() != 0, reason="cannot be mounted")
@pytest.mark.parametrize("size", ["60k", "200k"])
def test_a_full_disk(tmp_path, size):
    workspace = write_small(tmp_path / "plan")
    (workspace / "reports").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(workspace / "reports")],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("cannot be mounted")
    try:
        done = limited(workspace, "run(1 << 30, 'solve', '--world', 'truce')")
        assert done.returncode == 0, done.stderr
        assert "Joint plan" in done.stdout
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        assert list((workspace / "reports").iterdir()) == []
        # Read-only, it is the same.
        subprocess.run(["mount", "-o", "remount,ro", str(workspace / "reports")], check=True)
        done = limited(workspace, "run(1 << 30, 'solve', '--world', 'truce')")
        assert "Joint plan" in done.stdout
        assert "Read-only file system" in done.stderr
    finally:
        subprocess.run(["umount", str(workspace / "reports")], check=True)


def test_an_answer_to_another_question_is_not_replaced_without_a_word(tmp_path):
    workspace = write_small(tmp_path / "plan")
    out = tmp_path / "kept"

    def asked(command, *more):
        arguments = [command, *more, "-w", str(workspace), "--out", str(out), "--quiet"]
        done = CliRunner().invoke(main, [*arguments, "--time-limit", "20"])
        assert done.exit_code == 0, done.output
        return done.stderr

    assert asked("solve", "--world", "truce") == ""
    assert asked("solve", "--world", "truce", "--seed", "3") == ""
    before = f"Replaced in {out}: solve of small in truce"
    assert asked("solve", "--world", "truce", "--without", "GBR") == f"{before}.\n"
    assert asked("blockers", "--world", "truce", "--count", "firm") == f"{before}, without GBR.\n"
    said = asked("packages", "west", "--world", "truce")
    assert said.startswith(f"Replaced in {out}: blockers of small in truce, count firm, on ")
    assert asked("packages", "west", "--world", "truce") == ""


def test_what_cannot_be_told_of_what_was_there_loses_no_answer(tmp_path, monkeypatch, capsys):
    def lacking(folder):
        raise MemoryError

    monkeypatch.setattr("allocator.results.store.kept_list.question_in", lacking)
    assert kept("The run", tmp_path, lambda: tmp_path) == tmp_path
    assert capsys.readouterr().err == ""
