"""A kept run's workbook and page, written again; what somebody edited in them is not lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.atomic import replace_folder
from allocator.report.folder.runs import BRIEF, LEFT_OUT, PAGE, WORKBOOK, fill_reports
from allocator.report.tables.run import all_tables
from allocator.results.jsons import data_bytes
from allocator.results.store.kept_files import FILES, hashes, sealed
from allocator.results.store.places import PROVENANCE, place
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

    def make(new: Path) -> None:
        fill_reports(run, new, all_tables(run), mark)

    return _written(folder, (WORKBOOK, PAGE), make)


def write_brief(run: RunRecord, folder: Path, mark: str = "") -> tuple[Path, ...]:
    """Write page 1 alone beside the others. Returns its path, then that of an edited one.

    run: what is shown. folder: the run's folder. mark: how it is to be handled; the run's own where
    blank.
    """
    from allocator.report.page.brief import brief

    def make(new: Path) -> None:
        (new / BRIEF).write_text(brief(run, mark), encoding="utf-8", newline="\n")

    return _written(folder, (BRIEF,), make)


def _written(folder: Path, names: Sequence[str], make: Callable[[Path], None]) -> tuple[Path, ...]:
    _, told = strict_json(place(folder, PROVENANCE))
    aside = dict(_aside(folder, told, names))

    def fill(new: Path) -> None:
        # The whole folder is replaced by a copy, so that its files and their hashes go together.
        shutil.copytree(folder, new, symlinks=True, dirs_exist_ok=True)
        for name, other in aside.items():
            os.replace(new / name, new / other)
        make(new)
        if FILES in told:
            now = hashes(new)
            written = {name: now[name] for name in (*names, *aside.values())}
            left = [name for name in told.get(LEFT_OUT, []) if name not in names]
            again = {**told, LEFT_OUT: left, FILES: {**told[FILES], **written}}
            place(new, PROVENANCE).write_bytes(data_bytes(sealed(again)))

    replace_folder(folder, fill)
    return (*(folder / name for name in names), *(folder / other for other in aside.values()))


def _aside(
    folder: Path, told: Mapping[str, Any], names: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The files that may hold somebody's work, and free names for them."""
    now = hashes(folder)
    for name in names:
        if name in now and now[name] != told.get(FILES, {}).get(name):
            stem, ending = name.split(".")
            free = (f"{stem}-edited-{number}.{ending}" for number in count(1))
            yield name, next(other for other in free if other not in now)
