"""Files and folders that are there whole or not at all, whatever ends the process.

They are made in a folder beside their place, which is locked while it is in use, and then moved.
What a process that was killed left beside is found unlocked, and cleared away, by the next one
that writes there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

try:
    import fcntl
except ImportError:  # No such locks there; the age of what is left tells.
    fcntl = None  # type: ignore[assignment]

PREFIX = ".writing-"
"""Of the folders in which things are made."""

FORSAKEN = 24 * 3600.0
"""Seconds after which a folder is taken to be left over, where there are no locks."""

_making: set[Path] = set()

_NEW, _OLD, _PLACE = "new", "old", "place"
"""In such a folder: what is made, what it replaces, and the name of its place."""


def write_whole(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Has a new folder filled beside this one and puts it in its place; returns `folder`.

    Killed between the two moves of a replacement, the earlier folder is put back by whoever writes
    beside it next.
    """
    with beside(folder) as new:
        fill(new)
        if folder.exists():
            os.replace(folder, new.with_name(_OLD))
        os.replace(new, folder)
    return folder


def write_files(folder: Path, fill: Callable[[Path], None]) -> None:
    """Has files made beside the folder, and moves them into it once all of them are there."""
    with beside(folder) as new:
        fill(new)
        for file in sorted(new.iterdir()):
            os.replace(file, folder / file.name)


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """A new empty folder on the disk of this place, gone afterwards."""
    place.parent.mkdir(parents=True, exist_ok=True)
    _clear_forsaken(place.parent)
    made, lock = _made(place.parent)
    _making.add(made)
    try:
        (made / _PLACE).write_text(place.name, encoding="utf-8")
        (made / _NEW).mkdir()
        yield made / _NEW
    finally:
        _clear(made)
        _making.discard(made)
        _unlock(lock)


def give_up() -> None:
    """Clears away what this process is making, as before its end; from a signal handler too."""
    for made in list(_making):
        _clear(made)


def _made(parent: Path) -> tuple[Path, int | None]:
    """A folder, and its lock. Between the making and the locking somebody may clear it away."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        lock = _locked(made, wait=True)
        if made.exists():
            return made, lock
        _unlock(lock)


def _clear_forsaken(parent: Path) -> None:
    for left in sorted(parent.glob(f"{PREFIX}*")):
        with suppress(OSError):  # In use, or gone by now.
            lock = _locked(left)
            if lock is not None or time() - left.stat().st_mtime > FORSAKEN:
                _clear(left)
            _unlock(lock)


def _clear(made: Path) -> None:
    """Away with it; what it had taken from its place goes back where nothing came instead."""
    if (old := made / _OLD).exists():
        place = made.parent / (made / _PLACE).read_text(encoding="utf-8")
        if not place.exists():
            os.replace(old, place)
    shutil.rmtree(made, ignore_errors=True)


def _locked(folder: Path, *, wait: bool = False) -> int | None:
    """A descriptor that holds the folder's lock until it is closed, or the process ends; None
    where there are no locks. Raises BlockingIOError where another has it, unless told to wait."""
    if fcntl is None:
        return None
    try:
        opened = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        os.close(opened)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return opened


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
