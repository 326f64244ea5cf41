"""The command as a process: start-up, Ctrl-C, broken pipes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPORT = Path(__file__).parents[1] / "report"

MADE = f"""
import sys, time
sys.path.insert(0, {str(REPORT)!r})
from dataclasses import replace
import allocator, allocator.checker
from report_cases import small_run
from allocator.cli import main

class Made:
    def problem(self, model=None):
        return small_run().problem

    def solve(self, model=None, *, deadline, progress, **how):
        print("searching", file=sys.stderr, flush=True)
        SEARCH
        return replace(small_run(), interrupted=deadline.cancelled)

allocator.load = lambda path=".": Made()
allocator.checker.check_result = lambda *_: ()
main(prog_name="allocator")
"""


def start(code, *arguments, cwd):
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(),
    )


def _environment():
    import os

    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": root}


def interrupt(process):
    assert process.stderr.readline() == "searching\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)


def test_help_loads_nothing_heavy(tmp_path):
    code = """
import sys
from allocator.cli import main
try:
    main(["--help"], prog_name="allocator")
finally:
    heavy = {"pandas", "numpy", "ortools", "pydantic", "rich", "lark"} & set(sys.modules)
    print(sorted(heavy), file=sys.stderr)
"""
    process = start(code, cwd=tmp_path)
    out, err = process.communicate(timeout=30)
    assert "Commands:" in out
    assert err.strip() == "[]"


def test_check_loads_neither_pandas_nor_ortools(tmp_path):
    code = """
import sys
from allocator.cli import main
try:
    main(["check"], prog_name="allocator")
finally:
    print(sorted({"pandas", "ortools"} & set(sys.modules)), file=sys.stderr)
"""
    process = start(code, cwd=tmp_path)
    _, err = process.communicate(timeout=30)
    assert err.strip().endswith("[]")
    assert process.returncode == 1


def test_ctrl_c_once_keeps_and_shows_what_is_known(tmp_path):
    code = MADE.replace("SEARCH", "\n        while not deadline.expired: time.sleep(0.01)")
    process = start(code, "solve", "--json", cwd=tmp_path)
    interrupt(process)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert json.loads(out)["model"] == "small"
    assert "Stopping with what is known" in err
    assert "Traceback" not in err
    assert len(list((tmp_path / "reports").iterdir())) == 1


def test_ctrl_c_twice_stops_at_once(tmp_path):
    process = start(MADE.replace("SEARCH", "time.sleep(60)"), "solve", cwd=tmp_path)
    interrupt(process)
    assert "Stopping" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=10)
    assert process.returncode == 130
    assert out == ""
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_standard_error_is_quiet(tmp_path):
    process = start(MADE.replace("SEARCH", ""), "solve", cwd=tmp_path)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "searching\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no C library by that name there")
def test_what_an_engine_prints_does_not_stand_in_the_answer(tmp_path):
    """HiGHS writes to standard output from C now and then, of what tells people nothing."""
    speak = "import ctypes; ctypes.CDLL(None).puts(b'a line from C')"
    process = start(MADE.replace("SEARCH", speak), "solve", "--json", cwd=tmp_path)
    out, err = process.communicate(timeout=30)
    assert json.loads(out)["model"] == "small"
    assert "a line from C" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_reader_who_leaves_is_no_error(tmp_path):
    process = start(MADE.replace("SEARCH", ""), "solve", cwd=tmp_path)
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(timeout=30) == 0
    assert err == "searching\n"


@pytest.mark.parametrize("searching", [True, False])
def test_a_search_that_cannot_be_stopped_is_left_behind(tmp_path, searching):
    """The interpreter is not taken down around it; otherwise it is, in order."""
    code = f"""
import atexit, threading, time
from allocator.cli import main
atexit.register(print, "in order")
if {searching}:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
main(["solv"], prog_name="allocator")
"""
    process = start(code, cwd=tmp_path)
    out, err = process.communicate(timeout=30)
    assert "did you mean solve?" in err
    assert process.returncode == 2
    assert ("in order" in out) != searching
