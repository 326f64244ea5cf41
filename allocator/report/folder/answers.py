"""The folder of an answer that is no run: its JSON, its tables, and what it was asked with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from allocator.atomic import NewFolder, replace_folder
from allocator.report.folder.runs import refuse_no_folder
from allocator.report.tables.csvs import write_csv
from allocator.report.tables.table import Table
from allocator.results.jsons import data_bytes
from allocator.results.run import versions
from allocator.results.store import desktop
from allocator.results.store.reading import RunFolderError

ASKED = "asked.json"
"""What was asked, of which files, with which versions."""

Extra = Mapping[str, Callable[[Path], object]]
"""Further files, by name: each is written to the path that its function is given."""


def refuse_foreign(folder: Path, answer: str) -> None:
    """Raise RunFolderError where an answer written there would destroy something else. answer: the
    name of its JSON file."""
    refuse_no_folder(folder)
    if not folder.exists():
        return
    found = [path.name for path in desktop.others(folder.iterdir())]
    if found and not {answer, ASKED} <= set(found):
        what = answer.removesuffix(".json")
        raise RunFolderError(
            f"{folder} is not empty and holds no {what}; name a new folder, or one with an earlier "
            f"{what}"
        )
    foreign = [n for n in found if not n.endswith((".json", ".csv", ".xlsx"))]
    if foreign:
        raise RunFolderError(
            f"{folder} holds {foreign[0]}, which no answer writes; move it, or name a new folder"
        )


def write_answer(
    folder: Path | NewFolder,
    answer: str,
    content: bytes,
    tables: Iterable[Table],
    asked: Mapping[str, object],
    extra: Extra | None = None,
) -> Path:
    """Write the answer to the folder and return its path; an earlier one there is replaced.

    Whatever goes wrong, the folder holds either what it held before or the whole. Raises
    RunFolderError for a folder with anything else in it, and OSError.
    """
    if isinstance(folder, Path):
        refuse_foreign(folder, answer)

    def fill(new: Path) -> None:
        (new / answer).write_bytes(content)
        for table in tables:
            write_csv(table, new)
        for name, write in (extra or {}).items():
            write(new / name)
        said = {"schema": 1, **asked, "versions": dict(versions())}
        (new / ASKED).write_bytes(data_bytes(said))

    return replace_folder(folder, fill)
