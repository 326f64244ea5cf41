"""The desk opened on this machine: who listens, under which address, and how it ends."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import uvicorn

from allocator.desk.following import Ask, Follower
from allocator.desk.guard import LOOPBACK, Guard
from allocator.desk.moment import Question
from allocator.desk.server import Desk
from allocator.desk.sitting import Sitting

PATIENCE = 5.0
"""Seconds for requests and the search under way to come to their end."""


@dataclass
class OpenDesk:
    """A desk that listens. url: its whole address, with the token. door: an address that leads
    there once, for the arguments of a browser."""

    url: str
    door: str
    desk: Desk
    _server: uvicorn.Server
    _threads: tuple[Thread, ...]

    @property
    def alive(self) -> bool:
        """Whether it listens and follows the files still."""
        return all(thread.is_alive() for thread in self._threads)

    def close(self) -> None:
        """End everything, and wait for it."""
        self.desk.follower.end()
        self.desk.hub.close()
        self._server.should_exit = True
        for thread in self._threads:
            thread.join(PATIENCE)


def open_desk(
    path: Path, ask: Ask, question: Question, reports: Path, out: Path | None = None, port: int = 0
) -> OpenDesk:
    """Follow a workspace, and show it to a browser of this machine until it is closed.

    path: the workspace. ask: states what is asked of it. question: the world to begin with.
    reports: where runs are kept. out: the one folder for them, instead. port: any free one where it
    is 0. Raises OSError where the port is taken.
    """
    listening = socket.create_server((LOOPBACK, port))
    number = listening.getsockname()[1]
    token, once = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    sitting = Sitting(question)
    follower = Follower(path, ask, sitting.heard, question, sitting.make)
    desk = Desk(path, sitting, follower, reports, out)
    sitting.tell = desk.hub.tell
    config = uvicorn.Config(
        Guard(desk.app(), token, number, once),
        log_config=None,  # Its own would close what others log to, and with it standard error.
        log_level="critical",
        access_log=False,
        lifespan="off",
        http="h11",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    threads = (
        Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True),
        Thread(target=follower.run, daemon=True),
    )
    for thread in threads:
        thread.start()
    here = f"http://{LOOPBACK}:{number}"
    return OpenDesk(f"{here}/{token}/", f"{here}/{once}", desk, server, threads)
