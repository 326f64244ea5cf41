"""Sweeps in processes of their own, to be interrupted and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.inputs.workspace_files import write_small

ROOT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds after which something is taken not to come: an outer limit."""

AVAILABILITY = """\
nation,capability,quantity,low,high,group,basis
FRA,mech,6,2,8,heavy,estimate
GBR,mech,5,3,,heavy,estimate
GBR,medical,2,1,,,estimate
"""
_TABLES = ("sweep", "sweep_levels", "sweep_shares", "sweep_verdicts")
FOLDER = (*(f"tables/{name}.csv" for name in _TABLES), "machine/sweep.json", "machine/sweep.jsonl")
"""Files that are the same for the same cases."""


def workspace(folder: Path, draws: int, *, plan: bool = True) -> Path:
    """A small workspace with ranges, and a sweep of four times as many cases as draws in it."""
    write_small(folder, {"inputs/availability.csv": AVAILABILITY})
    (folder / "figures.yaml").write_text(
        "worlds: [today, truce]\n"
        "changes:\n"
        "  - {name: as_stated}\n"
        "  - name: fewer\n"
        "    change: [{table: availability, row: 0, cells: {quantity: 3}}]\n"
        f"draws: {draws}\nplan: {str(plan).lower()}\nseed: 7\n"
    )
    return folder


def command(folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "allocator", "sweep", "figures.yaml", "--out", "out", *more]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, *more), cwd=folder, env=environment(), capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


@contextmanager
def begun(folder: Path, *more: str, site: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """The command at work, in a group of its own; nothing of it is left afterwards. site: a folder
    of Python's own start-up for it."""
    process = subprocess.Popen(
        command(folder, *more), cwd=folder, env={**environment(), **(at(site) if site else {})},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE)


def until(holds: Callable[[], bool]) -> None:
    """Waits for it."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


def finished(folder: Path) -> int:
    """How many cases the journal holds."""
    with suppress(FileNotFoundError):
        return (folder / "out.journal").read_bytes().count(b"\n") - 1
    return 0


def kept(folder: Path) -> dict[str, bytes]:
    """What is the same for the same cases."""
    return {Path(name).name: (folder / "out" / name).read_bytes() for name in FOLDER}


def children(pid: int) -> list[int]:
    """The processes that it has begun."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found.append(int(stat.parent.name))
    return sorted(found)


def at(site: Path) -> dict[str, str]:
    """The environment of a process with that folder of Python's own start-up."""
    return {"PYTHONPATH": f"{site}:{ROOT}"}


def holding(site: Path, folder: Path, after: int) -> Path:
    """A folder of Python's own start-up in which no further case of the sweep begins once its
    journal holds more than so many, until `let_go`: however long whoever looks at the journal is
    kept waiting, the sweep is not at its end."""
    site.mkdir()
    (site / "held").touch()
    (site / "sitecustomize.py").write_text(
        "import pathlib, time\n"
        "from allocator.analysis.sweeping import solving\n"
        "real = solving.CaseSolver.record\n"
        f"held = pathlib.Path({str(site / 'held')!r})\n"
        f"journal = pathlib.Path({str(folder / 'out.journal')!r})\n"
        "def enough():\n"
        f"    return journal.read_bytes().count(b'\\n') > {after + 1}\n"
        "def record(self, text, deadline):\n"
        "    while enough() and held.exists() and not deadline.expired:\n"
        "        time.sleep(0.02)\n"
        "    return real(self, text, deadline)\n"
        "solving.CaseSolver.record = record\n"
    )
    return site


def let_go(site: Path) -> None:
    """What `holding` holds goes on."""
    (site / "held").unlink()


def killing(site: Path) -> Path:
    """A folder of Python's own start-up that lets draw 3 in the world `truce` end its process, as
    the lack of memory would; not that of the command itself."""
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "from allocator.analysis.sweeping import solving\n"
        "real = solving.CaseSolver.record\n"
        "def record(self, text, deadline):\n"
        "    if '\"draw\":3,' in text and '\"cells\":[],' in text and 'truce' in text:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(self, text, deadline)\n"
        "solving.CaseSolver.record = record\n"
    )
    return site
