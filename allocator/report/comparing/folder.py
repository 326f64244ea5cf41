"""A comparison's folder: written beside its place first, then moved there whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.atomic import NewFolder, replace_folder
from allocator.report.comparing.jsons import comparison_bytes
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.wide import WIDE, all_tables
from allocator.report.comparing.workbook import write_workbook
from allocator.report.folder.runs import PAGE, Check, is_run, refuse_no_folder, write_run
from allocator.report.tables.csvs import write_csv
from allocator.results.store import desktop
from allocator.results.store.places import COMPARISON, foreign, new_place, path_of, place
from allocator.results.store.reading import RunFolderError

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

WORKBOOK = "comparison.xlsx"
RUNS = "runs"
"""Below it, the runs that were made for the comparison, by their names."""

_NAMES = (*MAKERS, *(f"{name}_wide" for name in WIDE))
OURS = frozenset(map(path_of, (COMPARISON, WORKBOOK, PAGE, *(f"{name}.csv" for name in _NAMES))))
"""Its files by their paths in it."""


def refuse_foreign(folder: Path) -> None:
    """Raises RunFolderError where a comparison written there would destroy something else."""
    refuse_no_folder(folder)
    if not folder.exists():
        return
    if desktop.others(folder.iterdir()) and not place(folder, COMPARISON).is_file():
        raise RunFolderError(
            f"{folder} is not empty and holds no comparison; name a new folder, or one with an "
            "earlier comparison"
        )
    others = foreign(folder, _is_ours)
    others += [f"{RUNS}/{path.name}" for path in _entries(folder / RUNS) if not is_run(path)]
    if others:
        raise RunFolderError(
            f"{folder} holds {others[0]}, which no comparison writes; move it, or name a new folder"
        )


def _is_ours(path: str) -> bool:
    """Runs are looked at one by one."""
    return path_of(path) in OURS or path.partition("/")[0] == RUNS


def _entries(folder: Path) -> list[Path]:
    return desktop.others(folder.iterdir()) if folder.is_dir() else []


def write_comparison(
    comparison: ComparisonRecord,
    folder: Path | NewFolder,
    runs: Mapping[str, RunRecord] | None = None,
    *,
    mark: str = "",
    check: Check = lambda cells: None,
) -> Path:
    """Write the comparison to the folder and return its path; an earlier one there is replaced.

    runs: those that were made for it, by the name of their folder; they are kept within. mark:
    how the page is to be handled. check: as `write_run` takes it.
    Whatever goes wrong, the folder holds either what it held before or the whole. Raises
    RunFolderError for a folder with anything else in it, and OSError.
    """
    from allocator.report.page.comparison import comparison_page

    if isinstance(folder, Path):
        refuse_foreign(folder)

    def fill(new: Path) -> None:
        new_place(new, COMPARISON).write_bytes(comparison_bytes(comparison))
        for table in all_tables(comparison):
            write_csv(table, new)
        write_workbook(comparison, new / WORKBOOK)
        (new / PAGE).write_text(comparison_page(comparison, mark), encoding="utf-8", newline="\n")
        for name, run in (runs or {}).items():
            write_run(run, new / RUNS / name, check=check)

    return replace_folder(folder, fill)
