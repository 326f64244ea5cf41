"""A workspace as its files stand at one moment: read whole, or with all that is wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from allocator.inputs.files.text_file import keeping_what_is_read
from allocator.inputs.inspection import inspect
from allocator.inputs.issues import Issue
from allocator.inputs.workbook import looks_like_workbook
from allocator.inputs.workspace import Workspace

PARTS = {"inputs": ".csv", "models": ".yaml"}
"""The folders of a workspace, and how the files that are read end."""

TRIES = 10
"""How often files with errors are read that change under the reading, before what was read
counts."""

QUIET = 0.12
"""Seconds that files have to stand still before a fault in them is told: between the moves of a
save there may be no file, or half of one."""

Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Snapshot:
    """at: when it was read, in local time. files: contents by path within the workspace.
    workspace: None where there are errors among the issues."""

    at: datetime
    files: Mapping[str, bytes]
    workspace: Workspace | None
    issues: tuple[Issue, ...]

    @cached_property
    def key(self) -> str:
        """The same for the same contents."""
        whole = sha256()
        for name, content in sorted(self.files.items()):
            whole.update(f"{name}:{len(content)}:".encode() + content)
        return whole.hexdigest()


def take(path: Path) -> Snapshot:
    """Read the workspace: once where it has no errors, whatever is saved meanwhile; again where it
    has, until its files stand still."""
    for _ in range(TRIES):
        before = stamp(path)
        with keeping_what_is_read() as kept:
            workspace, issues = inspect(path)
        if workspace is not None:
            break
        time.sleep(QUIET)
        if stamp(path) == before:
            break
    files = {_name(file, path): content for file, content in kept.items()}
    return Snapshot(datetime.now().astimezone(), files, workspace, issues)


def _name(file: Path, workspace: Path) -> str:
    """Its path within the workspace, as its hash is called."""
    return file.name if looks_like_workbook(workspace) else f"{file.parent.name}/{file.name}"


def stamp(path: Path) -> Stamp:
    """What changes whenever a file of the workspace does: its time, its size, or its place."""
    found = []
    for file in paths(path):
        try:
            known = file.stat()
        except OSError:
            continue
        found.append((str(file), known.st_mtime_ns, known.st_size, known.st_ino))
    return tuple(found)


def paths(path: Path) -> list[Path]:
    """The files of the workspace that are there; no lock files, and none that programs write on
    the way to another."""
    if looks_like_workbook(path):
        return [path] if path.is_file() else []
    return [
        path / part / name
        for part, ending in PARTS.items()
        for name in _names(path / part)
        if name.endswith(ending) and not name.startswith((".", "~"))
    ]


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def contents(path: Path) -> dict[str, bytes]:
    """By path within the workspace, as its hashes are called. Files that no table and no model has
    are left out: the reading warns of them."""
    from allocator.inputs.schema import TABLES

    found = {}
    for file in paths(path):
        table = file.parent.name == "inputs" and file.suffix == ".csv"
        if table and file.stem not in TABLES and not looks_like_workbook(path):
            continue
        try:
            found[_name(file, path)] = file.read_bytes()
        except OSError:
            continue
    return found
