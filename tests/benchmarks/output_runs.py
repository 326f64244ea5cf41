"""The cases of `same_outputs.py` run, each in a child of this process."""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from output_cases import Case

import allocator

OUTER = 600
"""Seconds after which a case is ended, since only time would end it."""


def import_all() -> None:
    """Imports the whole package, whatever its modules are called: no case has to again."""
    for module in pkgutil.walk_packages(allocator.__path__, "allocator."):
        importlib.import_module(module.name)


def run_all(cases: list[Case], jobs: int) -> Iterator[tuple[Case, int]]:
    """Each case with its exit status, as they end. Children come from a process of one thread:
    a lock that another holds at that moment would never be released in them."""
    waiting, running = cases[::-1], dict[int, tuple[Case, float]]()
    while waiting or running:
        while waiting and len(running) < jobs:
            case = waiting.pop()
            running[_begun(case)] = case, time.monotonic()
        child, ended, used = os.wait4(-1, 0)
        case, began = running.pop(child)
        status = os.waitstatus_to_exitcode(ended)
        Path(case.name, "status").write_text(f"{status}\n")
        took = f"{time.monotonic() - began:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of work"
        print(f"{case.name}: {took}", file=sys.stderr, flush=True)
        yield case, status


def _begun(case: Case) -> int:
    """A child that runs the case with its streams kept in files."""
    folder = Path(case.name)
    folder.mkdir(parents=True)
    child = os.fork()
    if child == 0:
        _in_child(case, folder)
    return child


def wrong(folder: Path, status: int) -> str:
    """Why what the case came to says nothing; blank where it does."""
    if status == -signal.SIGALRM:
        return f"did not end within {OUTER} seconds"
    if status not in (0, 1):
        return f"ended with {status}"
    kept = folder / "run" / "machine/run.json"
    return "time decided it" if kept.is_file() and b'"timed_out": true' in kept.read_bytes() else ""


def _in_child(case: Case, folder: Path) -> None:
    """Ends the process; what it prints goes to files, as wide as a page."""
    os.environ |= {"COLUMNS": "100", "TERM": "dumb", "TZ": "UTC"}
    signal.alarm(OUTER)
    for number, name in enumerate(("stdout", "stderr"), 1):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY), number)
    status: Any = 70
    try:
        status = _work(case, folder)
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status if isinstance(status, int) else 1)


def _work(case: Case, folder: Path) -> int:
    if case.work is not None:
        case.work(folder)
        return 0
    from allocator.__main__ import main as command

    sys.argv = ["allocator", *case.command]
    command()
    return 0
