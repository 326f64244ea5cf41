"""The folder of an answer that is no run: written beside its place, then moved there whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from allocator.atomic import NewFolder, replace_folder
from allocator.report.folder.runs import PAGE, refuse_no_folder
from allocator.report.folder.summary import SUMMARY
from allocator.report.tables.csvs import csv_text
from allocator.report.tables.table import Table
from allocator.results.found import Found
from allocator.results.jsons import data_bytes
from allocator.results.run import versions
from allocator.results.store.places import PROVENANCE, foreign, new_place, path_of, place
from allocator.results.store.reading import RunFolderError


@dataclass(frozen=True)
class Answer:
    """What a folder keeps. command: whose answer it is; data: as `--json` prints it; provenance:
    what was asked, of which files, with which versions; page, summary: blank where there is none;
    sheets: workbooks by the name of the file."""

    command: str
    data: Mapping[str, Any]
    tables: Sequence[Table]
    provenance: Mapping[str, Any]
    page: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    summary: str = ""

    def files(self) -> dict[str, bytes]:
        """The contents by the path of the file."""
        named = {
            f"{self.command}.json": data_bytes(self.data),
            **{f"{table.name}.csv": csv_text(table).encode() for table in self.tables},
            **{name: text.encode() for name, text in self.pictures.items()},
            **({PAGE: self.page.encode()} if self.page else {}),
            **({SUMMARY: self.summary.encode()} if self.summary else {}),
            **self.sheets,
        }
        return {path_of(name): content for name, content in named.items()}


def came_about(found: Found, **more: object) -> dict[str, Any]:
    """Return how the answer came about, as its folder's `run.json` has it.

    found: the answer. more: what else is to be said of it.
    """
    return provenance(
        found.inputs,
        found.options,
        timed_out=found.timed_out,
        interrupted=found.interrupted,
        faults=list(found.faults),
        **more,
    )


def provenance(
    inputs: Mapping[str, str], options: Mapping[str, object], **more: object
) -> dict[str, Any]:
    """What was asked, of which files (by path, their hashes), when, and with which versions."""
    return {
        "schema": 1,
        "began": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": dict(inputs),
        "options": dict(options),
        "versions": versions(),
        **more,
    }


def write_answer(answer: Answer, folder: Path | NewFolder) -> Path:
    """Write the answer to the folder and return its path; an earlier one of the same command there
    is replaced. Raises RunFolderError for a folder with anything else in it, and OSError."""
    if isinstance(folder, Path):
        refuse_foreign(folder, answer.command)
    files = answer.files()
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    said = {**answer.provenance, "command": answer.command, "files": hashes}

    def fill(new: Path) -> None:
        for name, content in {**files, PROVENANCE: data_bytes(said)}.items():
            new_place(new, name).write_bytes(content)

    return replace_folder(folder, fill)


def refuse_foreign(folder: Path, command: str) -> None:
    """Raises RunFolderError where an answer written there would destroy something else."""
    refuse_no_folder(folder)
    if not folder.exists():
        return
    if others := foreign(folder, _files_of(folder, command).__contains__):
        raise RunFolderError(
            f"{folder} holds {others[0]}, which no answer of `allocator {command}` keeps; name a "
            "new folder, or one with an earlier answer"
        )


def _files_of(folder: Path, command: str) -> frozenset[str]:
    """What an earlier answer of the command says it wrote; nothing where there is none."""
    try:
        kept = place(folder, PROVENANCE)
        said = json.loads(kept.read_bytes())
        if said["command"] == command:
            return frozenset((*said["files"], kept.relative_to(folder).as_posix()))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return frozenset()
