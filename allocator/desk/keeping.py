"""What the desk writes, each on one button: a run, a plan to take away, the files of a save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from allocator.atomic import NewFolder, replace_file
from allocator.desk.snapshot import contents
from allocator.errors import CommandWrongError
from allocator.inputs.workbook import looks_like_workbook
from allocator.report.folder.runs import default_folder, write_run
from allocator.report.tables.csvs import csv_text
from allocator.report.tables.run import table
from allocator.report.tables.table import Column
from allocator.results.run import RunRecord


class NotNowError(CommandWrongError):
    """What was asked for cannot be done as things stand; it says why, and what to do first."""


def keep(run: RunRecord, reports: Path, out: Path | None) -> Path:
    """Write the run as the command would have, and return its folder.

    run: a whole one. reports: where a new folder is made. out: the one folder for it, instead.
    """
    place: Path | NewFolder = out or default_folder(reports, run)
    return write_run(run, place)


def plan_csv(run: RunRecord) -> bytes:
    """The joint plan as a table for `review` and `repair`: what may change is marked so."""
    sent = table(run, "allocation")
    kind = Column("kind", "planned (may change), exactly, at_least or at_most")
    rows = tuple((*row, "planned") for row in sent.rows)
    return csv_text(replace(sent, columns=(*sent.columns, kind), rows=rows)).encode()


def put_back(path: Path, files: Mapping[str, bytes], present: Mapping[str, bytes]) -> list[str]:
    """Write the files of an earlier save to their places, and return which were others.

    path: the workspace. files: what that save held. present: what the desk has read last; where
    the disk has something else by now, nothing is written. A file that came later stays. Raises
    NotNowError also where a program has one of them open.
    """
    there = contents(path)
    if there != dict(present):
        raise NotNowError("the files were saved again just now; look at that first")
    others = [name for name, content in files.items() if there.get(name) != content]
    places = {name: _place(path, name) for name in others}
    for place in places.values():
        if lock := _lock_of(place):
            raise NotNowError(f"{place.name} is open in another program ({lock}); close it there")
    for name, place in places.items():
        _write(place, files[name])
    return others


def _write(place: Path, content: bytes) -> None:
    def write(new: Path) -> None:
        new.write_bytes(content)

    replace_file(place, write)


def _place(path: Path, name: str) -> Path:
    return path if looks_like_workbook(path) else path / name


def _lock_of(place: Path) -> str:
    """The lock file that LibreOffice or Excel leaves beside a file that they have open."""
    names = (f".~lock.{place.name}#", f"~${place.name}")
    return next((name for name in names if (place.parent / name).exists()), "")
