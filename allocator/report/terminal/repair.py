"""A repaired plan as a page on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType

from allocator.inputs.schema.calendar import Calendar
from allocator.report.sentences import repair as say
from allocator.report.sentences.situation import figures
from allocator.report.terminal import console as page
from allocator.results.repair import Edit, Repair
from allocator.shell import Options

SHOWN = 30
"""Edits that are listed; the kept tables and `--json` have them all."""

SETS = 10
"""Sets of a family that are listed."""


def show(found: Repair, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print how near the nearest plan is, and what changes; or what cannot all stand. kept: its
    folder.

    found: the answer. console: what it is printed on. again: not offered here.
    """
    console.print(page.plain(f"{found.given.file} in {found.world.name} ({found.model})"))
    console.print(page.plain(say.summary(found)))
    for block in _blocks(found):
        console.print(block)
    more = [("More time", "--time-limit SECONDS")] if found.timed_out else []
    if rows := [*more, *page.where(kept)]:
        console.print(page.titled("Next", page.Steps(rows)))


def _blocks(found: Repair) -> Iterator[RenderableType]:
    if found.clashes.clashes or not found.clashes.complete:
        yield from _clashes(found)
    if found.plan.levels:
        rows = [
            (name, say.meaning(name), *figures(name, level.value, level.bound),
             "proved" if level.status == "optimal" else "best found")
            for level in found.plan.levels for name in (level.objective,)
        ]  # fmt: skip
        header = ("level", "meaning", "value", "bound", "")
        yield page.titled("How near it is", page.ruled(header, rows, right="value,bound"))
    if found.edits:
        yield page.titled("What changes", *_edits(found.edits, found.calendar))


def _edits(edits: tuple[Edit, ...], calendar: Calendar) -> Iterator[RenderableType]:
    header = ("nation", "task", "line", "capability", "period", "from", "to")
    rows = [
        (
            e.nation,
            e.task,
            e.line,
            e.capability,
            calendar.named(e.period),
            f"{e.before:,}",
            f"{e.after:,}",
        )
        for e in edits[:SHOWN]
    ]
    yield page.ruled(header, rows, right="period,from,to")
    if len(edits) > SHOWN:
        yield page.note(f"and {len(edits) - SHOWN} more; edits.csv has them all")


def _clashes(found: Repair) -> Iterator[RenderableType]:
    clashes = found.clashes
    sets = say.clashing(found)[:SETS]
    yield page.titled("These rows clash, with one another and the rules", *map(page.note, sets))
    if clashes.frees:
        frees = [say.named(found, pairs) for pairs in clashes.frees[:SETS]]
        yield page.titled("Freeing one of these does", *map(page.note, frees))
    left = max(0, len(clashes.clashes) - SETS) + max(0, len(clashes.frees) - SETS)
    if left:
        yield page.note(f"and {left} more; clashes.csv has them all")
    if not clashes.complete:
        yield page.note("Not all are known: the time was up first.")
