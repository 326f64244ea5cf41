"""A run's folder: written beside its place first, then moved there whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.atomic import NewFolder, replace_folder
from allocator.deadline import TimeUpError
from allocator.report.folder.naming import folder_name
from allocator.report.folder.summary import SUMMARY, summary
from allocator.report.pictures.front import front_picture
from allocator.report.tables.csvs import write_csv
from allocator.report.tables.parquet import write_parquet
from allocator.report.tables.run import MAKERS, all_tables
from allocator.report.tables.table import Table
from allocator.results.jsons import (
    certificate_bytes,
    data_bytes,
    notes_bytes,
    plan_notes_bytes,
    result_bytes,
)
from allocator.results.store import desktop, kept_files, kept_inputs
from allocator.results.store.places import PROVENANCE, foreign, new_place, path_of, place
from allocator.results.store.reading import (
    CERTIFICATE,
    NOTES,
    PLAN_NOTES,
    RESULT,
    RunFolderError,
)
from allocator.staging import is_staging

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

PAGE = "report.html"
BRIEF = "brief.html"
"""Page 1 alone, where somebody asked for it."""
FRONT = "front.svg"
WORKBOOK = "results.xlsx"
LEFT_OUT = "left_out"
"""In `run.json`: files that there was no time for."""
_READ = (RESULT, PROVENANCE, NOTES, PLAN_NOTES, CERTIFICATE)
_OPENED = (PAGE, BRIEF, FRONT, WORKBOOK, SUMMARY)
_TABLES = (f"{name}.{ending}" for name in MAKERS for ending in ("csv", "parquet"))
OURS = frozenset(map(path_of, (*_READ, *_OPENED, *_TABLES)))
"""The files of a run's folder by their paths in it, beside the copy of its inputs; a folder with
others in it is never replaced."""


Check = Callable[[int], None]


def _go_on(cells: int) -> None:
    """There is time enough."""


def default_folder(reports: Path, run: RunRecord, now: datetime | None = None) -> NewFolder:
    """Return `MODEL-WORLD-TIME` with its switches under `reports`, in UTC; numbered where that is
    taken.

    run: what is shown. now: the time in the name; this moment where it is left out.
    """
    name = folder_name(run.problem.model, run.world.name, run.command, run.options)
    return new_folder(reports, name, now)


def new_folder(reports: Path, name: str, now: datetime | None = None) -> NewFolder:
    """Return `NAME-TIME` under `reports`, in UTC; numbered where that is taken.

    name: what it begins with. now: the time in the name; this moment where it is left out.
    """
    timed = f"{name}-{(now or datetime.now(UTC)).strftime('%Y%m%dT%H%M%SZ')}"
    return NewFolder(reports, timed)


def refuse_no_folder(folder: Path) -> None:
    """Raises RunFolderError for what cannot be a folder that is replaced as one."""
    if folder.name in ("", ".."):
        raise RunFolderError(f"{folder} cannot be replaced from within; name a folder in it")
    if os.path.lexists(folder) and not folder.is_dir():
        raise RunFolderError(f"{folder} is a file; name a folder")


def refuse_foreign(folder: Path) -> None:
    """Raises RunFolderError where writing a run to the folder would destroy something else."""
    refuse_no_folder(folder)
    if not folder.exists():
        return
    if desktop.others(folder.iterdir()) and not _holds_run(folder):
        raise RunFolderError(
            f"{folder} is not empty and holds no run; name a new folder, or one with an earlier run"
        )
    if others := foreign(folder, _is_ours):
        raise RunFolderError(
            f"{folder} holds {others[0]}, which no run writes; move it, or name a new folder"
        )


def is_run(folder: Path) -> bool:
    """Whether the folder holds a run and nothing else."""
    return _holds_run(folder) and not foreign(folder, _is_ours)


def _holds_run(folder: Path) -> bool:
    return all(place(folder, name).is_file() for name in (RESULT, PROVENANCE))


def _is_ours(path: str) -> bool:
    left = is_staging(Path(path.partition("/")[0]))  # Of a report that was killed.
    return left or path_of(path) in OURS or kept_inputs.is_ours(Path(path))


def write_run(
    run: RunRecord, folder: Path | NewFolder, *, parquet: bool = False, check: Check = _go_on
) -> Path:
    """Write the run to the folder and return its path.

    folder: an earlier run there is replaced; in a new one, as `default_folder` gives it, nothing
    ever is, whoever writes at the same moment. parquet: the tables as Parquet too, which needs
    pyarrow. check: called again and again while the workbook and the page are made, with the
    number of cells that come next; where it raises TimeUpError they are left out, and `run.json`
    says so.

    Whatever goes wrong, the folder holds either what it held before or the whole run. Raises
    RunFolderError for a folder with anything else in it, and OSError.
    """
    if isinstance(folder, Path):
        refuse_foreign(folder)
    return replace_folder(folder, lambda new: _fill(run, new, parquet, check))


def _fill(run: RunRecord, folder: Path, parquet: bool, check: Check) -> None:
    new_place(folder, RESULT).write_bytes(result_bytes(run.result))
    new_place(folder, NOTES).write_bytes(notes_bytes(run.notes))
    new_place(folder, PLAN_NOTES).write_bytes(plan_notes_bytes(run.plan_notes))
    if drawn := front_picture(run):
        (folder / FRONT).write_text(drawn, encoding="utf-8")
    tables = all_tables(run)
    for table in tables:
        write_csv(table, folder)
        if parquet:
            write_parquet(table, folder)
    new_place(folder, CERTIFICATE).write_bytes(certificate_bytes(run.certificate))
    (folder / SUMMARY).write_text(summary(run), encoding="utf-8", newline="\n")
    copy = kept_inputs.write_inputs(run.workspace, folder) if run.workspace else {}
    left_out = _left_out(run, folder, tables, check)
    said = {**run.provenance(), LEFT_OUT: left_out, kept_files.COPY: copy}
    whole = kept_files.with_hashes(said, folder)
    new_place(folder, PROVENANCE).write_bytes(data_bytes(whole))


def _left_out(run: RunRecord, folder: Path, tables: Sequence[Table], check: Check) -> list[str]:
    """Writes what people open; names what there was no time for."""
    try:
        fill_reports(run, folder, tables, check=check)
    except TimeUpError:
        (folder / WORKBOOK).unlink(missing_ok=True)
        return [name for name in (WORKBOOK, PAGE) if not (folder / name).exists()]
    return []


def fill_reports(
    run: RunRecord,
    folder: Path,
    tables: Sequence[Table],
    mark: str = "",
    check: Check = _go_on,
) -> None:
    """Write what people open: the workbook and the page. mark: as in `write_reports`.

    run: what is shown. folder: the run's folder. tables: those of the workbook. check: called on
    the way; it may raise to give it up.
    """
    from allocator.report.page import page
    from allocator.report.workbook import write_workbook

    check(0)
    (folder / PAGE).write_text(page(run, mark, check), encoding="utf-8", newline="\n")
    write_workbook(run, tables, folder / WORKBOOK, mark, check)
