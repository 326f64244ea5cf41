"""A run's folder: written beside its place first, then moved there whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.report import kept_files, kept_inputs
from allocator.report.csvs import write_csv
from allocator.report.front_picture import front_picture
from allocator.report.jsons import (
    certificate_bytes,
    data_bytes,
    notes_bytes,
    plan_notes_bytes,
    result_bytes,
)
from allocator.report.parquet import write_parquet
from allocator.report.reading import (
    CERTIFICATE,
    NOTES,
    PLAN_NOTES,
    PROVENANCE,
    RESULT,
    RunFolderError,
)
from allocator.report.table import Table
from allocator.report.tables import MAKERS, all_tables
from allocator.whole import write_whole

if TYPE_CHECKING:
    from allocator.run import Run

PAGE = "report.html"
FRONT = "front.svg"
WORKBOOK = "results.xlsx"
_TABLES = (f"{name}.{ending}" for name in MAKERS for ending in ("csv", "parquet"))
OURS = frozenset(
    {RESULT, PROVENANCE, NOTES, PLAN_NOTES, CERTIFICATE, PAGE, FRONT, WORKBOOK, *_TABLES}
)
"""The files of a run's folder, beside the copy of its inputs; a folder with others in it is never
replaced."""


def default_folder(reports: Path, run: Run, now: datetime | None = None) -> Path:
    """`MODEL-WORLD-TIME` under `reports`, in UTC; numbered where that is taken."""
    command = "" if run.command == "solve" else f"-{run.command}"
    return free_folder(reports, f"{run.problem.model}-{run.world.name}{command}", now)


def free_folder(reports: Path, name: str, now: datetime | None = None) -> Path:
    """`NAME-TIME` under `reports`, in UTC; numbered where that is taken."""
    timed = f"{name}-{(now or datetime.now(UTC)).strftime('%Y%m%dT%H%M%SZ')}"
    folder, number = reports / timed, 2
    while folder.exists():
        folder, number = reports / f"{timed}-{number}", number + 1
    return folder


def refuse_foreign(folder: Path) -> None:
    """Raises RunFolderError where writing a run to the folder would destroy something else."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise RunFolderError(f"{folder} is a file; name a folder")
    found = sorted(path.name for path in folder.iterdir())
    if found and not {RESULT, PROVENANCE} <= set(found):
        raise RunFolderError(
            f"{folder} is not empty and holds no run; name a new folder, or one with an earlier run"
        )
    if foreign := _foreign(folder):
        raise RunFolderError(
            f"{folder} holds {foreign[0]}, which no run writes; move it, or name a new folder"
        )


def is_run(folder: Path) -> bool:
    """Whether the folder holds a run and nothing else."""
    holds = all((folder / name).is_file() for name in (RESULT, PROVENANCE))
    return holds and not _foreign(folder)


def _foreign(folder: Path) -> list[str]:
    """What is in the folder and not ours."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    return [str(p) for p in paths if str(p) not in OURS and not kept_inputs.is_ours(p)]


def write_run(run: Run, folder: Path, *, parquet: bool = False) -> Path:
    """Writes the run to the folder and returns it; an earlier run there is replaced.

    parquet: the tables as Parquet too, which needs pyarrow.

    Whatever goes wrong, the folder holds either what it held before or the whole run. Raises
    RunFolderError for a folder with anything else in it, and OSError.
    """
    refuse_foreign(folder)
    return write_whole(folder, lambda new: _fill(run, new, parquet))


def _fill(run: Run, folder: Path, parquet: bool) -> None:
    (folder / RESULT).write_bytes(result_bytes(run.result))
    (folder / NOTES).write_bytes(notes_bytes(run.notes))
    (folder / PLAN_NOTES).write_bytes(plan_notes_bytes(run.plan_notes))
    if drawn := front_picture(run):
        (folder / FRONT).write_text(drawn, encoding="utf-8")
    tables = all_tables(run)
    for table in tables:
        write_csv(table, folder)
        if parquet:
            write_parquet(table, folder)
    (folder / CERTIFICATE).write_bytes(certificate_bytes(run.certificate))
    fill_reports(run, folder, tables)
    copy = kept_inputs.write_inputs(run.workspace, folder) if run.workspace else {}
    told = kept_files.with_hashes({**run.provenance(), kept_files.COPY: copy}, folder)
    (folder / PROVENANCE).write_bytes(data_bytes(told))


def fill_reports(run: Run, folder: Path, tables: Sequence[Table], mark: str = "") -> None:
    """Writes what people open: the workbook and the page. mark: as in `write_reports`."""
    from allocator.report.page import page
    from allocator.report.workbook import write_workbook

    write_workbook(run, tables, folder / WORKBOOK, mark)
    (folder / PAGE).write_text(page(run, mark), encoding="utf-8", newline="\n")
