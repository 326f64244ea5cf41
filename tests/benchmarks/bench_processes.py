"""A command as a process of its own, with what it takes."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bench_facts import ROOT


@dataclass(frozen=True)
class Ran:
    """One process: wall-clock and processor seconds, peak memory, how it ended, what it said."""

    seconds: float
    cpu: float
    mib: float
    code: int
    output: str
    errors: str

    @property
    def answer(self) -> dict[str, Any]:
        return json.loads(self.output) if self.output.strip() else {}


def run(command: Sequence[str], timeout: float, where: Path) -> Ran:
    """A process of its own, ended if it is not done a while after the timeout."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    out, err = where / "stdout", where / "stderr"
    with out.open("w") as stdout, err.open("w") as stderr:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=stdout, stderr=stderr, env=environment, cwd=where
        )
        timer = threading.Timer(timeout + 30, process.kill)
        timer.start()
        # Of this process alone; the resource module adds up all children.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    kib = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss / 1024
    return Ran(
        seconds,
        usage.ru_utime + usage.ru_stime,
        kib / 1024,
        process.returncode,
        out.read_text(),
        err.read_text(),
    )


def needed(command: Sequence[str], where: Path) -> None:
    """A step without which nothing can be measured."""
    ran = run(command, 600, where)
    if ran.code:
        raise SystemExit(f"{shlex.join(command)} failed:\n{ran.errors}")
