"""Where a kept answer has its files: what people open at the top of its folder, below it the tables
and what machines read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from allocator.results.store import desktop
from allocator.staging import is_staging

TABLES = "tables"
MACHINE = "machine"

PROVENANCE = "run.json"
"""How an answer came about; every kept one but a comparison has it."""

COMPARISON = "comparison.json"

_BY_ENDING = {".csv": TABLES, ".parquet": TABLES, ".json": MACHINE, ".jsonl": MACHINE}


def path_of(name: str) -> str:
    """Return the path, within the folder of an answer, of a file that the answer keeps.

    name: of the file; one that names a folder stays there.
    """
    part = "" if "/" in name else _BY_ENDING.get(PurePosixPath(name).suffix, "")
    return f"{part}/{name}" if part else name


def place(folder: Path, name: str) -> Path:
    """Return where the folder of an answer has the file, or would have it.

    folder: of the answer. name: of the file. What earlier versions kept has everything at its top.
    """
    own, top = folder / path_of(name), folder / name
    return top if os.path.lexists(top) and not os.path.lexists(own) else own


def answers_in(reports: Path) -> Iterator[Path]:
    """Give the folders that may each hold an answer, and links, which are not followed; files
    beside them are no answers, nor is what is being written.

    reports: the folder to look in. Raises OSError where it cannot be looked into.
    """
    for path in desktop.others(reports.iterdir()):
        if not is_staging(path) and (path.is_symlink() or path.is_dir()):
            yield path


def foreign(folder: Path, is_ours: Callable[[str], bool]) -> list[str]:
    """Return what is in the folder of an answer and is none of its files, by path, sorted.

    folder: of the answer. is_ours: whether it keeps a file, or a folder, of this path. What a
    desktop leaves is nobody's.
    """
    inside = desktop.others(folder.rglob("*"))
    parts = [folder / part for part in (TABLES, MACHINE)]
    inside = [path for path in inside if path not in parts or path.is_symlink() or path.is_file()]
    paths = (path.relative_to(folder).as_posix() for path in inside)
    return [path for path in paths if not is_ours(path)]


def is_flat(folder: Path) -> bool:
    """Whether everything lies at the top of a run's folder, as in what earlier versions kept."""
    return place(folder, PROVENANCE).parent == folder


def new_place(folder: Path, name: str) -> Path:
    """Return where the folder is to have a new file; the part of the folder is made.

    folder: of the answer. name: of the file. Raises OSError.
    """
    path = folder / path_of(name)
    path.parent.mkdir(exist_ok=True)
    return path
