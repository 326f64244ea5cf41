"""Folders in which files are made until they are moved, whole, to where they belong.

A staging folder stands in the folder that its entries go to. It holds `making` (what is being
made), then `new` (the same, once it is complete) and `old` (what it replaces). Names of entries
are the names of folders and files themselves, so nothing that is written in one can point
elsewhere. While it is in use it is locked; one that a killed process left is found unlocked by the
next that writes there, and settled.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

try:
    import fcntl
except ImportError:  # No such locks there; the age of what is left tells.
    fcntl = None  # type: ignore[assignment]

PREFIX = ".writing-"
"""Of the names of staging folders."""

FORSAKEN = 24 * 3600.0
"""Seconds after which a folder is taken to be left over, where there are no locks."""

MAKING, NEW, OLD = "making", "new", "old"

_NAME = re.compile(re.escape(PREFIX) + "[a-z0-9_]{8}")
"""As `tempfile.mkdtemp` makes them."""

_in_use: set[Path] = set()


@contextmanager
def staging_folder(parent: Path) -> Iterator[Path]:
    """Yield a new staging folder in `parent`, which is made where need be; settle it afterwards.

    What earlier ones left there is settled first. Folders that were made for it and are empty in
    the end go again. Raises OSError.
    """
    missing = [folder for folder in (parent, *parent.parents) if not os.path.lexists(folder)]
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with _staged(parent) as made:
            yield made
    finally:
        with suppress(OSError):  # Whatever holds something stays, and all that holds it.
            for folder in missing:
                folder.rmdir()


@contextmanager
def _staged(parent: Path) -> Iterator[Path]:
    settle_leftovers(parent)
    made, lock = _made(parent)
    _in_use.add(made)
    try:
        for part in (MAKING, OLD):
            (made / part).mkdir()
        yield made
    finally:
        _settle_quietly(made)
        _in_use.discard(made)
        _unlock(lock)


def settle_leftovers(parent: Path) -> None:
    """Settle what killed processes left in this folder; what is in use, or not ours, stays."""
    for left in stagings(parent):
        _settle_unlocked(left)


def stagings(parent: Path) -> list[Path]:
    """Return the staging folders there, in use or left over; none that others may have planted."""
    try:
        names = sorted(name for name in os.listdir(parent) if _NAME.fullmatch(name))
    except OSError:
        return []
    return [parent / name for name in names if _is_ours(parent / name)]


def give_up() -> None:
    """Settle what this process is making, as before its end; from a signal handler too."""
    for made in list(_in_use):
        _settle_quietly(made)


def is_staging(path: Path) -> bool:
    """Return whether a file of this name may be a staging folder's."""
    return _NAME.fullmatch(path.name) is not None


def _settle(made: Path) -> None:
    """Complete the move that was begun, or undo it; then remove the staging folder.

    Entries go aside before any is put in place. So where the places of all that wait are free, the
    rest may follow; where one is taken, none was put in place yet, and what went aside goes back.
    """
    waiting = _entries(made / NEW)
    if waiting and not any(os.path.lexists(made.parent / name) for name in waiting):
        _move(waiting, made / NEW, made.parent)
    else:
        missing = (n for n in _entries(made / OLD) if not os.path.lexists(made.parent / n))
        _move(missing, made / OLD, made.parent)
    shutil.rmtree(made, ignore_errors=True)


def _settle_quietly(made: Path) -> None:
    """What cannot be settled now is left for the next. Nested too deep is nobody's run."""
    with suppress(OSError, RecursionError):
        _settle(made)


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    for name in names:
        os.rename(source / name, target / name)


def _entries(folder: Path) -> list[str]:
    """The names of the files and folders in it; no link, nothing special."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        plain = (e for e in found if e.is_file(follow_symlinks=False) or _is_folder(e))
        return sorted(entry.name for entry in plain)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_ours(left: Path) -> bool:
    """Whether it is what a process of this user leaves: a folder with these parts and no other."""
    try:
        known = left.lstat()
        if not stat.S_ISDIR(known.st_mode) or known.st_uid != _user(known):
            return False
        with os.scandir(left) as found:
            return all(e.name in (MAKING, NEW, OLD) and _is_folder(e) for e in found)
    except OSError:
        return False


def _user(known: os.stat_result) -> int:
    """Of this process; where users have no numbers, that of any file."""
    return os.geteuid() if hasattr(os, "geteuid") else known.st_uid


def _settle_unlocked(left: Path) -> None:
    try:
        lock = _locked(left)
    except OSError:  # In use.
        return
    try:
        if lock is not None or time() - left.lstat().st_mtime > FORSAKEN:
            _settle_quietly(left)
    except OSError:  # Gone by now.
        return
    finally:
        _unlock(lock)


def _made(parent: Path) -> tuple[Path, int | None]:
    """A folder, and its lock. Between the making and the locking somebody may clear it away."""
    while True:
        try:
            made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        except OSError as error:  # Of the folder that people know.
            raise OSError(error.errno, error.strerror, str(parent)) from None
        lock = _locked(made, wait=True)
        if made.exists():
            return made, lock
        _unlock(lock)


def _locked(folder: Path, *, wait: bool = False) -> int | None:
    """A descriptor that holds the folder's lock until it is closed, or the process ends; None
    where there are no locks. Raises BlockingIOError where another has it, unless told to wait."""
    if fcntl is None:
        return None
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
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
