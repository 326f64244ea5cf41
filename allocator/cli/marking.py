"""A copy of a workbook with its problems marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.words import listing

if TYPE_CHECKING:
    from allocator.inputs.issues import Issue


def marked(workbook: Path, issues: Sequence[Issue], copy: Path) -> None:
    """Writes the copy, and says on standard error where it is and what it lacks."""
    from allocator.inputs.workbook.marked import default_copy, refuse_to_replace, write_marked

    copy = default_copy(workbook) if copy == Path() else copy
    refuse_to_replace(workbook, copy)
    if not issues:
        click.echo("Nothing to mark, so no copy is written.", err=True)
        return
    lost = write_marked(workbook, issues, copy)
    click.echo(f"The problems are marked in {copy}; its first sheet lists them.", err=True)
    if lost:
        click.echo(f"The copy is without {listing(lost)} of the original.", err=True)
