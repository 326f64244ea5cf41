"""Find and read the files of a workspace folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from allocator.inputs.files.csv_table import read_table
from allocator.inputs.files.raw import Raw, RawModel, RawTable
from allocator.inputs.files.text_file import read_text
from allocator.inputs.files.yaml_file import read_model
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.schema import NEEDED_TABLES, TABLES
from allocator.inputs.show import printable, quoted
from allocator.near import near
from allocator.staging import stagings

LARGEST_TABLE = 30_000_000
LARGEST_MODEL = 500_000
T = TypeVar("T")


def read_folder(path: str | os.PathLike[str]) -> tuple[Raw, list[Issue]]:
    """All files of the workspace, and what is wrong with them as files.

    Raises RefusedError where there is no workspace folder at this path.
    """
    folder = Path(path)
    _refuse_no_folder(folder)
    reader = _Reader(folder)
    tables = {name: reader.table(name) for name in TABLES}
    models = tuple(model for model in map(reader.model, reader.model_files()) if model)
    reader.note_strays()
    unread = reader.model_failed
    return Raw(tables, models, reader.files, unread, str(folder)), reader.issues


def _refuse_no_folder(folder: Path) -> None:
    place = Place(printable(str(folder)))
    if not _is(folder.exists):
        raise RefusedError(issue("W101", place, quoted(str(folder))))
    if not _is(folder.is_dir):
        raise RefusedError(issue("W103", place, quoted(str(folder))))
    whole = all((folder / part).is_dir() for part in ("inputs", "models"))
    if not whole and stagings(folder):
        raise RefusedError(issue("W130", place, "a command"))


def _is(question: Callable[[], bool]) -> bool:
    """The answer, no where the path cannot even be asked about."""
    try:
        return question()
    except (OSError, ValueError):
        return False


_OF_MODELS = {".yml", ".yaml", ".json"}


def _stem(name: str) -> str:
    """What stands before the first ending."""
    return name.partition(".")[0]


def _endings(name: str) -> set[str]:
    """All of them: programs that hide the last one add their own."""
    return {ending.lower() for ending in Path(name).suffixes}


@dataclass
class _Reader:
    folder: Path
    issues: list[Issue] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    model_failed: bool = False

    def table(self, name: str) -> RawTable:
        file = f"inputs/{name}.csv"
        if not os.path.lexists(self.folder / file):
            if name in NEEDED_TABLES:
                self._report(issue("W105", Place(file)))
                return RawTable(name, file, None)
            return RawTable(name, file, tuple(TABLES[name].model_fields))
        read = self._attempt(lambda: self._read_table(name, file))
        return read or RawTable(name, file, None)

    def _read_table(self, name: str, file: str) -> RawTable:
        table, issues = read_table(name, file, self._text(file, LARGEST_TABLE))
        self.issues += issues
        return table

    def model_files(self) -> list[str]:
        """The model files by name."""
        found = [name for name in self._names("models") if name.endswith(".yaml")]
        if not found:
            self.model_failed = True
            there = (self.folder / "models").is_dir()
            code = "W121" if there else "W104"
            self._report(issue(code, Place("models"), "nothing", "models/NAME.yaml"))
        return found

    def model(self, name: str) -> RawModel | None:
        file = f"models/{name}"
        model = self._attempt(lambda: self._read_model(file, name.removesuffix(".yaml")))
        self.model_failed |= model is None
        return model

    def _read_model(self, file: str, stem: str) -> RawModel:
        model, issues = read_model(printable(file), stem, self._text(file, LARGEST_MODEL))
        self.issues += issues
        return model

    def note_strays(self) -> None:
        """Warns of files that look like a table or a model and are not read."""
        tables = [f"{name}.csv" for name in TABLES]
        for name in self._names("inputs"):
            stem = _stem(name).casefold()
            if name not in tables and (".csv" in _endings(name) or self._table_called(stem, name)):
                meant = f"{stem}.csv" if stem in TABLES else near(name, tables)
                self._stray(f"inputs/{name}", ", ".join(tables), meant)
        for name in self._names("models"):
            if _endings(name) & _OF_MODELS and not name.endswith(".yaml"):
                self._stray(f"models/{name}", "NAME.yaml", f"{_stem(name)}.yaml")

    def _table_called(self, stem: str, name: str) -> bool:
        """Whether a file is called as a table, whatever its ending; notes on one are not."""
        return stem in TABLES and ".md" not in _endings(name)

    def _stray(self, file: str, expected: str, meant: str) -> None:
        self._report(issue("W502", Place(printable(file)), printable(file), expected, meant))

    def _names(self, folder: str) -> Iterator[str]:
        try:
            names = sorted(os.listdir(self.folder / folder))
        except OSError:
            return
        yield from (name for name in names if not name.startswith((".", "~")))

    def _text(self, file: str, largest: int) -> str:
        text, self.files[file] = read_text(self.folder / file, printable(file), largest)
        return text

    def _attempt(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except RefusedError as refused:
            self._report(refused.issue)
            return None

    def _report(self, found: Issue) -> None:
        self.issues.append(found)
