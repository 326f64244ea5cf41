"""A Dask scheduler and workers on the loopback interface, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

from tests.sweeping import PATIENCE, environment, until


@dataclass
class Cluster:
    """Its processes. port: the scheduler's; folder: where workers write what they have to."""

    folder: Path
    port: int
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def add_worker(self, **more: str) -> None:
        """Begins a worker, without a nanny that would begin it anew."""
        local = ("--local-directory", str(self.folder), "--no-dashboard")
        words = ("worker", self.address, "--no-nanny", "--nthreads", "1", *local)
        self.workers.append(begun(*words, **more))

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def begun(*words: str, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
        env={**environment(), **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def scheduler(port: int) -> subprocess.Popen[bytes]:
    """One that listens."""
    where = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    process = begun("scheduler", *where)
    until(lambda: listens(port) or process.poll() is not None)
    assert process.poll() is None
    return process


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody listens at, below those that the system gives to connections: a
    scheduler takes a second to begin, and none of them may have it by then."""
    while True:
        port = SystemRandom().randrange(20_000, 32_000)
        with suppress(OSError), socket.socket() as tried:
            tried.bind(("127.0.0.1", port))
            return port


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A scheduler with workers; nothing of it is left afterwards."""
    port = free_port()
    found = Cluster(folder, port, scheduler(port))
    try:
        for _ in range(workers):
            found.add_worker()
        yield found
    finally:
        found.end()
