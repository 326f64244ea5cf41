"""The folder of what `ranges` found: JSON, tables and a page, whole or not there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from allocator.atomic import NewFolder, replace_folder
from allocator.report.folder.runs import PAGE, new_folder, refuse_no_folder
from allocator.report.page.ranges import ranges_page
from allocator.report.tables.csvs import write_csv
from allocator.report.tables.ranges import data, tables
from allocator.results.jsons import data_bytes
from allocator.results.ranges import RangesFound
from allocator.results.store import desktop
from allocator.results.store.reading import RunFolderError

RANGES = "ranges.json"
OURS = frozenset(
    {RANGES, PAGE, *(f"{n}.csv" for n in ("ranges", "together", "failing", "first", "figures"))}
)


def ranges_folder(reports: Path, found: RangesFound, now: datetime | None = None) -> NewFolder:
    """Return `MODEL-WORLD-ranges-TIME` under `reports`.

    found: the answer. now: the time in the name; this moment where it is left out.
    """
    return new_folder(reports, f"{found.model}-{found.world}-ranges", now)


def refuse_foreign(folder: Path) -> None:
    """Raises RunFolderError where writing there would destroy something else."""
    refuse_no_folder(folder)
    there = desktop.others(folder.iterdir()) if folder.is_dir() else []
    foreign = sorted(path.name for path in there if path.name not in OURS)
    if foreign:
        raise RunFolderError(
            f"{folder} holds {foreign[0]}, which `ranges` does not write; name a new folder"
        )


def write_ranges(found: RangesFound, folder: Path | NewFolder) -> Path:
    """Write the folder and return its path. Raises RunFolderError for a folder with anything else
    in it, and OSError."""
    if isinstance(folder, Path):
        refuse_foreign(folder)

    def fill(new: Path) -> None:
        (new / RANGES).write_bytes(data_bytes(data(found)))
        for table in tables(found):
            write_csv(table, new)
        (new / PAGE).write_text(ranges_page(found), encoding="utf-8", newline="\n")

    return replace_folder(folder, fill)
