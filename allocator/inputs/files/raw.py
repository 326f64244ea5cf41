"""What was read, before anything is made of it: cells as text, with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from allocator.inputs.issues import Place

KeyPath: TypeAlias = tuple[str | int, ...]


class Unread:
    """A value that could not be read, when what is wrong with it has been said already."""


UNREAD = Unread()


@dataclass(frozen=True, slots=True)
class RawRow:
    """A record: its line (from 1) and its cells by column."""

    line: int | None
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it was read. `columns` None: it could not be read, or is not there.

    `file` may be a sheet of a workbook; then `letters` are its columns by the table's, that of
    its first column under ''.
    """

    name: str
    file: str
    columns: tuple[str, ...] | None
    rows: tuple[RawRow, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What messages call it: a file, or a sheet."""
        return f"the sheet {self.file}" if self.letters else self.file


@dataclass(frozen=True, slots=True)
class RawModel:
    """A model as it was read: mappings, lists and text. `lines`: the line of each path in a file;
    `cells`: the place of each path in a workbook, where `file` is a sheet.

    `stem` is the file's name without its ending, None where there is no file.
    """

    file: str
    stem: str | None
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    cells: Mapping[KeyPath, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """All of a workspace. `files`: sha256 of each input by its path; `models_unread`: whether a
    model file could not be read, so that nothing can be said about names it may hold."""

    tables: Mapping[str, RawTable]
    models: tuple[RawModel, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    models_unread: bool = False
    path: str = ""
