"""Ctrl-C from the first moment of the process to its last."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals differ there")

BEFORE = """
import sys
HOOK
from allocator.__main__ import main
sys.argv = ["allocator", "--version"]
main()
"""

WHILE_IMPORTING = """
import os, signal
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == WHERE:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""

AT_THE_END = """
import atexit, os, signal
class Interrupting:
    def __del__(self, kill=os.kill, me=os.getpid(), number=signal.SIGINT):
        kill(me, number)
sys.kept_to_the_last = Interrupting()
atexit.register(os.kill, os.getpid(), signal.SIGINT)
"""


def ended(hook):
    process = subprocess.run(
        [sys.executable, "-c", BEFORE.replace("HOOK", hook)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return process.returncode, process.stdout, process.stderr


@pytest.mark.parametrize(
    "module", ["click", "allocator.cli", "allocator.staging", "importlib.metadata"]
)
def test_while_it_is_imported(module):
    code, out, err = ended(WHILE_IMPORTING.replace("WHERE", repr(module)))
    assert (code, out) == (130, "")
    assert err == "Interrupted; every file is whole, or as it was before.\n"


def test_after_the_answer():
    code, out, err = ended(AT_THE_END)
    assert (code, err) == (0, "")
    assert out.startswith("allocator ")


def test_next_to_nothing_is_imported_before():
    """What is imported first is a time in which Ctrl-C ends in a traceback."""
    code = """
import sys
before = set(sys.modules)
import allocator.__main__
print(sorted(set(sys.modules) - before - {"__future__"}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == "['allocator', 'allocator.__main__']"


def test_at_moments_of_the_start(tmp_path):
    """From when it is ours on; Python's own start is waited for."""
    code = """
import signal
real = signal.signal
def told(*how):
    signal.signal = real
    real(*how)
    print("ours", flush=True)
signal.signal = told
from allocator.__main__ import main
main()
"""
    for moment in (0.0, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2):
        process = subprocess.Popen(
            [sys.executable, "-c", code, "check"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout.readline() == "ours\n"
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode in (1, 130)
        assert "Traceback" not in err


def test_python_m(tmp_path):
    def run(*command):
        return subprocess.run(
            [sys.executable, "-m", "allocator", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    assert run("--version").stdout.startswith("allocator ")
    assert run("solv").stderr.startswith("Usage: allocator ")
    assert run("check").returncode == 1
