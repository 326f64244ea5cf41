"""The reference case: a complete workspace to start from."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from allocator.atomic import replace_files, replace_folder
from allocator.staging import settle_leftovers

_PARTS = ("inputs", "models")


def reference_folder() -> Path:
    """The folder that holds the reference case's inputs/ and models/.

    It is part of an installed package; in a source checkout it is the repository's own root.
    Raises FileNotFoundError where it is in neither place.
    """
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "reference", package.parent):
        if all((folder / part).is_dir() for part in _PARTS):
            return folder
    raise FileNotFoundError(
        f"the reference case is missing; expected it in {package / 'reference'}"
    )


def copy_reference(folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Copy the reference case into `folder`, which is made where need be, and name the files.

    Raises FileExistsError where inputs/ or models/ are there already: nothing is written over.
    Killed at any moment it is there whole, or `allocator check` finds inputs/ or models/ missing.
    """
    return put(folder, lambda new: copied(reference_folder(), new))


def put(folder: str | os.PathLike[str], fill: Callable[[Path], None]) -> tuple[Path, ...]:
    """Make a workspace in `folder` as `fill` does, and name the files; raises as
    `copy_reference` does."""
    target = Path(folder)
    settle_leftovers(target)
    taken = [part for part in _PARTS if os.path.lexists(target / part)]
    if taken:
        there = " and ".join(f"{part}/" for part in taken)
        raise FileExistsError(f"{target} has {there} already; name a new folder")
    if os.path.lexists(target):
        replace_files(target, fill)
    else:
        replace_folder(target, fill)
    return tuple(sorted(path for part in _PARTS for path in (target / part).rglob("*")))


def copied(source: Path, new: Path) -> None:
    """Copy a workspace's own files into a new folder."""
    for part in _PARTS:
        (new / part).mkdir()
        for file in sorted((source / part).iterdir()):
            if file.is_file() and not file.name.startswith((".", "~")):
                _copy_file(file, new / part / file.name)


def _copy_file(source: Path, target: Path) -> None:
    """Raises OSError that names the file by its place in the workspace: the folder that it is
    made in goes again."""
    try:
        target.write_bytes(source.read_bytes())
    except OSError as error:
        where = f"{target.parent.name}/{target.name}"
        raise OSError(error.errno, error.strerror, where) from error
