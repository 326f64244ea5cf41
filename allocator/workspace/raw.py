"""What was read, before anything is made of it: cells as text, with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class RawRow:
    """A record: its line (from 1) and its cells by column."""

    line: int | None
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it was read. `columns` None: it could not be read, or is not there."""

    name: str
    file: str
    columns: tuple[str, ...] | None
    rows: tuple[RawRow, ...] = ()
    missing: bool = False


@dataclass(frozen=True, slots=True)
class RawModel:
    """A model file as it was read: mappings, lists and text. `lines`: the line of each path.

    `stem` is the file's name without its ending, None where there is no file.
    """

    file: str
    stem: str | None
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """All of a workspace. `files`: sha256 of each input by its path; `models_unread`: whether a
    model file could not be read, so that nothing can be said about names it may hold."""

    tables: Mapping[str, RawTable]
    models: tuple[RawModel, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    models_unread: bool = False
    path: str = ""
