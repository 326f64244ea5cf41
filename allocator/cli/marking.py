"""A copy of a workbook with its problems marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.words import listing

if TYPE_CHECKING:
    from allocator.inputs.issues import Issue
    from allocator.results.review import Review


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


def marked_plan(plan: str, found: Review, copy: Path) -> None:
    """Writes a copy of the plan's workbook with the cells marked in which a rule breaks. Raises
    FileExistsError where the plan is no sheet."""
    from allocator.inputs.given.source import named

    marked(named(plan)[0], tuple(_breaking(found)), copy)


def _breaking(found: Review) -> Iterator[Issue]:
    """What breaks as problems of cells; what no row has a part in is about the sheet."""
    from allocator.inputs.issues import Issue, Place

    sheet = found.given.rows[0].place.file if found.given.rows else ""
    for breach in found.breaches:
        places = [found.given.rows[number].place for number in breach.rows]
        for place in places or [Place(sheet)]:
            yield Issue(breach.rule, "error", place, breach.text, hint=breach.words)
