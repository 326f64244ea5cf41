"""A kept run's workbook and page, written again; what somebody edited in them is not lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.atomic import replace_folder
from allocator.report.folder.runs import LEFT_OUT, PAGE, WORKBOOK, fill_reports
from allocator.report.tables.run import all_tables
from allocator.results.jsons import data_bytes
from allocator.results.store.kept_files import FILES, hashes, sealed
from allocator.results.store.reading import PROVENANCE
from allocator.results.store.strict_json import strict_json

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def write_reports(run: RunRecord, folder: Path, mark: str = "") -> tuple[Path, ...]:
    """Write what people open of a run that is kept: the workbook and the page, once both are made.
    Returns their paths, then those under which edited ones are kept.

    A file whose hash is not the one in `run.json`, or of which none is kept, may hold somebody's
    work: it is kept under another name. mark: how it is to be handled; the run's own where blank.

    folder: the run's folder.
    """
    _, told = strict_json(folder / PROVENANCE)
    aside = dict(_aside(folder, told))

    def fill(new: Path) -> None:
        # The whole folder is replaced by a copy, so that its files and their hashes go together.
        shutil.copytree(folder, new, symlinks=True, dirs_exist_ok=True)
        for name, other in aside.items():
            os.replace(new / name, new / other)
        fill_reports(run, new, all_tables(run), mark)
        if FILES in told:
            now = hashes(new)
            written = {name: now[name] for name in (WORKBOOK, PAGE, *aside.values())}
            again = {**told, LEFT_OUT: [], FILES: {**told[FILES], **written}}
            (new / PROVENANCE).write_bytes(data_bytes(sealed(again)))

    replace_folder(folder, fill)
    return (folder / WORKBOOK, folder / PAGE, *(folder / other for other in aside.values()))


def _aside(folder: Path, told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files that may hold somebody's work, and free names for them."""
    now = hashes(folder)
    for name in (WORKBOOK, PAGE):
        if name in now and now[name] != told.get(FILES, {}).get(name):
            stem, ending = name.split(".")
            names = (f"{stem}-edited-{number}.{ending}" for number in count(1))
            yield name, next(other for other in names if other not in now)
