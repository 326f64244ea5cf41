"""A kept run's files made again from what the run says, and put beside those in its folder.

A hash does not speak against somebody who writes it anew; this does. The workbook is left out: it
would have to be read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from allocator.deadline import Deadline, TimeUpError
from allocator.report.folder.runs import BRIEF, FRONT, PAGE
from allocator.report.folder.summary import SUMMARY, summary
from allocator.report.pictures.front import front_picture
from allocator.report.tables.csvs import csv_text
from allocator.report.tables.run import all_tables
from allocator.report.tables.table import Table
from allocator.results.store.kept_inputs import copied, write_inputs
from allocator.results.store.places import path_of, place
from allocator.results.store.reading import NOTES, RESULT

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace
    from allocator.results.run import RunRecord


@dataclass
class Remade:
    """Files that were made again; of each that is another, where it differs. why_not: why none
    was made, blank where they were."""

    names: set[str] = field(default_factory=set)
    others: dict[str, str] = field(default_factory=dict)
    why_not: str = ""

    def note(self, name: str, fault: str) -> None:
        """Another file is made again; the fault is blank where it is the same."""
        self.names.add(name)
        if fault:
            self.others[name] = fault

    def faults(self, known: Collection[str]) -> list[str]:
        """A sentence for each that is another, but those known to be changed or missing."""
        return [f"{name}: {fault}" for name, fault in self.others.items() if name not in known]


def remade(
    runs: Sequence[RunRecord], folder: Path, inputs: Workspace | None, deadline: Deadline
) -> Remade:
    """Return tables, picture, page and the copy of the inputs. runs: the one run, as one of the
    inputs it was made of and as one of its own copy. inputs: what the copy was made of, None where
    that is not known; then the copy is not judged.

    folder: the run's folder. deadline: when to end at the latest.
    """
    found = Remade()
    try:
        _all(found, runs, folder, inputs, deadline)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        found.others[NOTES] = f"no table can be made of it and {RESULT}: {error}"
    return found


def _all(
    found: Remade,
    runs: Sequence[RunRecord],
    folder: Path,
    inputs: Workspace | None,
    deadline: Deadline,
) -> None:
    for table in all_tables(runs[0]):
        _table(found, table, folder)
    if (folder / SUMMARY).is_file():
        found.note(SUMMARY, _other_text(folder / SUMMARY, summary(runs[0])))
    if (folder / FRONT).is_file():
        found.note(FRONT, _other_text(folder / FRONT, front_picture(runs[0]) or ""))
    if inputs is not None:
        _copy(found, folder, inputs)
    if (folder / PAGE).is_file():
        with suppress(TimeUpError):
            _page(found, runs, folder / PAGE, inputs is not None, deadline)
    if (folder / BRIEF).is_file():
        _brief(found, runs[0], folder / BRIEF)


def _page(
    found: Remade, runs: Sequence[RunRecord], path: Path, known: bool, deadline: Deadline
) -> None:
    """The page names the rows of the inputs, which are others in the copy; known: whether the
    inputs are those it names. Its handling mark may be any."""
    from allocator.report.page import page

    mark = _mark_of(path)
    pages = (page(run, mark, lambda cells: deadline.check()) for run in runs)
    differing = [_other_text(path, text) for text in pages]
    if known or "" in differing:
        found.note(PAGE, "" if "" in differing else differing[0])


def _brief(found: Remade, run: RunRecord, path: Path) -> None:
    """It names no rows of the inputs, so that one of any copy is the same."""
    from allocator.report.page.brief import brief

    found.note(BRIEF, _other_text(path, brief(run, _mark_of(path))))


def _mark_of(path: Path) -> str:
    marked = _MARK.search(path.read_text(encoding="utf-8", errors="replace"))
    return unescape(marked[1]) if marked else ""


_MARK = re.compile(r'<div class="mark top"[^>]*>(?:<bdi[^>]*>)?([^<]*)<')


def _table(found: Remade, table: Table, folder: Path) -> None:
    name, missing = f"{table.name}.csv", "it is missing; every run has one"
    path = place(folder, name)
    found.note(path_of(name), _other_text(path, csv_text(table)) if path.is_file() else missing)
    path = path.with_suffix(".parquet")
    if path.is_file() and find_spec("pyarrow"):
        from allocator.report.tables.parquet import holds

        fault = "" if holds(path, table) else "it does not hold the table that the run makes"
        found.note(path_of(path.name), fault)


def _copy(found: Remade, folder: Path, inputs: Workspace) -> None:
    """The copy of the inputs, where there is one, beside one made now."""
    there = copied(folder)
    with TemporaryDirectory() as place:
        right = write_inputs(inputs, Path(place))
    for name in sorted({*there, *right} if there else ()):
        same = there.get(name) == right.get(name)
        found.note(name, "" if same else "it does not say what the inputs of the run say")


def _other_text(path: Path, text: str) -> str:
    """Where the file says something else; blank where it says the same."""
    right = text.encode()
    if (there := path.read_bytes()) == right:
        return ""
    number, one, other = next(_differing(there, right), (1, b"", b""))
    alike = _alike(one, other) - _BEFORE
    if alike > 0:
        one, other = (b"..." + line[alike:] for line in (one, other))
    return f"line {number} is {_shown(one)}, made again it is {_shown(other)}"


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes two lines begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _differing(there: bytes, right: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    lines = zip_longest(there.splitlines(True), right.splitlines(True), fillvalue=b"")
    return ((n, one, other) for n, (one, other) in enumerate(lines, 1) if one != other)


def _shown(line: bytes) -> str:
    """As much of it as fits in a sentence, with nothing in it that a terminal would obey."""
    text = ascii(line.decode(errors="replace").rstrip("\n")) if line else "not there"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


_MOST_SHOWN = 100

_BEFORE = 30
"""Bytes shown before the first that is another; lines of a page can be long."""
