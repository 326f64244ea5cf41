"""Desks of tests: opened on a workspace, saved to, and looked at."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import allocator
from allocator.desk.moment import Question
from allocator.desk.serving import OpenDesk, open_desk
from allocator.planner.watching import asking

LIMIT = 60.0
"""Seconds after which a desk that says nothing is taken to be broken."""

PROVENANCE = ("began", "made", "seconds", "verdicts", "options")


def opened(path: Path, world: str = "today", **options: Any) -> OpenDesk:
    """A desk on the workspace; runs are kept under `reports` beside it."""
    home = path if path.is_dir() else path.parent
    ask = asking(None, **{"workers": 1, **options})
    return open_desk(path, ask, Question(world), home / "reports")


def until(desk: OpenDesk, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the desk shows as soon as it is so."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        view = desk.desk.sitting.view()
        if view["state"] and holds(view):
            return view
        time.sleep(0.01)
    raise AssertionError(f"never so: {desk.desk.sitting.view()}")


def stage(*names: str, number: int = 0) -> Callable[[dict[str, Any]], bool]:
    """Whether the present state, of that number or a later one, has come so far."""
    return lambda view: view["state"]["stage"] in names and view["state"]["number"] >= number


def save(path: Path, text: str) -> None:
    """As most editors save: a file beside it, moved into its place."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    save(path, text.replace(old, new))


def verdicts(view: Mapping[str, Any]) -> dict[str, str]:
    return {one["task"]: one["verdict"] for one in view["state"]["verdicts"]}


def fresh(path: Path, world: str = "today") -> allocator.Run:
    """What `solve` finds of the files as they are."""
    return allocator.load(path).solve(world=world, workers=1)


def ask(
    url: str,
    method: str = "GET",
    path: str = "",
    headers: Mapping[str, str] | None = None,
    data: Any = None,
) -> tuple[int, bytes, Mapping[str, str]]:
    """One request as a browser of the desk's own page would send it, with other headers where these
    are given."""
    parts = urlsplit(url)
    own = {"Host": parts.netloc, "Origin": f"http://{parts.netloc}"}
    sent = {**own, "Content-Type": "application/json", **(headers or {})}
    sent = {name: value for name, value in sent.items() if value}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        body = None if data is None else json.dumps(data).encode()
        connection.putrequest(method, parts.path + path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        if body is not None or method == "POST":
            connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()
