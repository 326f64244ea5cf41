"""Files and folders that are there whole or not at all, whatever ends the process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from allocator.staging import MAKING, NEW, OLD, staging_folder

Fill = Callable[[Path], object]
"""Writes into the folder that it is given."""


@dataclass(frozen=True)
class NewFolder:
    """A folder that is still to be named: NAME in `parent`, numbered where that is taken.

    The name is taken by the move into place, which fails where somebody was quicker: two that
    write at the same moment get two folders.
    """

    parent: Path
    name: str

    def __str__(self) -> str:
        return str(self.parent / self.name)


def replace_folder(folder: Path | NewFolder, fill: Fill) -> Path:
    """Fill a new folder and put it in its place, or in that of an earlier one; return its path.

    Killed at any moment there is the earlier folder or the new one; between the two moves of a
    replacement there is neither, and whoever writes beside it next completes it. Raises OSError.
    """
    if isinstance(folder, NewFolder):
        return _write_new(folder, fill)

    def filled(new: Path) -> None:
        (new / folder.name).mkdir()
        fill(new / folder.name)

    replace_files(folder.parent, filled)
    return folder


def replace_files(folder: Path, fill: Fill) -> None:
    """Make files and folders, and move them into this folder once all of them are there.

    At no moment do earlier and new ones stand there together: those that are replaced go aside
    before the first new one comes.
    """
    with staging_folder(folder) as made:
        fill(made / MAKING)
        os.rename(made / MAKING, made / NEW)
        _swap(made)


def replace_file(path: Path, write: Fill) -> None:
    """Have a file written by `write(path)`, and put it in its place in one move."""
    with staging_folder(path.parent) as made:
        write(made / MAKING / path.name)
        os.replace(made / MAKING / path.name, path)


def _write_new(folder: NewFolder, fill: Fill) -> Path:
    with staging_folder(folder.parent) as made:
        fill(made / MAKING)
        place = folder.parent / folder.name
        for number in count(2):
            if _moved(made / MAKING, place):
                break
            place = folder.parent / f"{folder.name}-{number}"
    return place


def _moved(new: Path, place: Path) -> bool:
    """Whether it stands there now; not where something else does. Raises OSError."""
    if os.path.lexists(place):  # An empty folder would be replaced by the move.
        return False
    try:
        os.rename(new, place)
    except OSError:
        if os.path.lexists(place):
            return False
        raise
    return True


def _swap(made: Path) -> None:
    """Move what is new to its place. Where that fails, all is as it was."""
    new, old, place = made / NEW, made / OLD, made.parent
    names = sorted(os.listdir(new))
    moves = [(place / name, old / name) for name in names if os.path.lexists(place / name)]
    moves += [(new / name, place / name) for name in names]
    try:
        for source, target in moves:
            os.rename(source, target)
    except BaseException:
        if os.listdir(new):  # Interrupted after the last move all is done.
            _undo(moves)
            os.rename(new, made / MAKING)
        raise


def _undo(moves: list[tuple[Path, Path]]) -> None:
    for source, target in reversed(moves):
        if os.path.lexists(target) and not os.path.lexists(source):
            os.rename(target, source)
