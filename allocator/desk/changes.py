"""When the files of a workspace change: told by the system at once, and looked for now and then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event

from allocator.desk.snapshot import PARTS, stamp
from allocator.inputs.workbook import looks_like_workbook

TICK = 0.5
"""Seconds between two looks at the files where the system tells of changes; it may not tell of
all, as on a network share."""

POLL = 0.1
"""Seconds between two looks where nobody tells."""


def changes(path: Path, stop: Event) -> Iterator[None]:
    """Yield at once, then each time that files of the workspace are others, until `stop` is set."""
    seen = None
    for _ in _hints(path, stop):
        now = stamp(path)
        if now != seen:
            seen = now
            yield


def _hints(path: Path, stop: Event) -> Iterator[None]:
    """Yield whenever files may have changed, and every now and then in any case."""
    yield
    if find_spec("watchfiles"):
        while not stop.is_set():
            yield from _told(path, stop)
    while not stop.wait(POLL):
        yield


def _told(path: Path, stop: Event) -> Iterator[None]:
    """As the system tells; until other folders stand in the place of those that are watched."""
    from watchfiles import watch

    places = _places(path)
    if not places:
        time.sleep(TICK)
        yield
        return
    known = _identities(places)
    try:
        for _ in watch(
            *places,
            watch_filter=None,
            debounce=100,
            step=20,
            rust_timeout=int(TICK * 1000),
            yield_on_timeout=True,
            stop_event=stop,
            recursive=False,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            yield
            if stop.is_set() or _identities(_places(path)) != known:
                return
    except (OSError, RuntimeError):  # The system tells of no more files, or not of these.
        if not stop.wait(POLL):
            yield


def _places(path: Path) -> list[Path]:
    """The folders in which files of the workspace come and go."""
    if looks_like_workbook(path):
        return [path.absolute().parent]
    return [folder for folder in (path, *(path / part for part in PARTS)) if folder.is_dir()]


def _identities(places: list[Path]) -> list[tuple[str, int]]:
    found = []
    for place in places:
        try:
            found.append((str(place), place.stat().st_ino))
        except OSError:
            continue
    return found
