"""A copy of a workbook that shows its problems where they are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from allocator.atomic import replace_file
from allocator.inputs.files.text_file import read_bytes
from allocator.inputs.issues import Issue, Place, RefusedError, WorkspaceError
from allocator.inputs.spreadsheet.marking import Mark, mark
from allocator.inputs.spreadsheet.package import LARGEST_FILE, WorkbookFileError
from allocator.inputs.workbook import looks_like_workbook
from allocator.inputs.workbook.layout import PROBLEMS
from allocator.inputs.workbook.reader import refusal


def default_copy(workbook: Path) -> Path:
    """Where the copy stands where nothing else is said: `plan-marked.xlsx` beside `plan.xlsx`."""
    return workbook.with_name(f"{workbook.stem}-marked.xlsx")


def write_marked(workbook: Path, issues: Sequence[Issue], copy: Path) -> tuple[str, ...]:
    """Write the copy, over an earlier one, and returns what it could not take along.

    Raises FileExistsError where something other than such a copy would be written over,
    WorkspaceError where the workbook cannot be copied.

    issues: what is marked.
    """
    refuse_to_replace(workbook, copy)
    place = Place(workbook.name)
    try:
        data = read_bytes(workbook, workbook.name, LARGEST_FILE)
        marked = mark(data, [_mark(issue) for issue in issues], PROBLEMS)
    except RefusedError as refused:
        raise WorkspaceError([refused.issue]) from None
    except WorkbookFileError as error:
        raise WorkspaceError([refusal(error, place)]) from None
    replace_file(copy, lambda new: new.write_bytes(marked.data))
    return marked.lost


def refuse_to_replace(workbook: Path, copy: Path) -> None:
    """Raises FileExistsError unless the copy's place is free, or taken by an earlier copy."""
    if not looks_like_workbook(workbook):
        raise FileExistsError(
            f"{workbook} is no workbook, and only cells can be marked; "
            "make one with 'allocator convert' once the folder has no error"
        )
    if not os.path.lexists(copy):
        return
    from allocator.inputs.spreadsheet.reading import open_workbook

    try:
        earlier = open_workbook(read_bytes(copy, copy.name, LARGEST_FILE)).sheets[0] == PROBLEMS
    except (RefusedError, WorkbookFileError):
        earlier = False
    if not earlier or os.path.samefile(workbook, copy):
        raise FileExistsError(f"{copy} is there already, and no marked copy; name a new file")


def _mark(issue: Issue) -> Mark:
    place = issue.place
    return Mark(issue.severity, place.file, place.cell, issue.message, issue.hint, issue.code)
