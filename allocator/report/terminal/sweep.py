"""A sweep on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rich.console import Console

from allocator.report.sentences import sweep as say
from allocator.report.terminal.console import Steps, note, ruled, titled
from allocator.results.sweep import SweepFound

MOST_ROWS = 60
"""Of the table that is shown; the folder has all."""


def show(found: SweepFound, console: Console, again: str = "", kept: Path | None = None) -> None:
    """Print what came out. again: the command that goes on; kept: where the tables are.

    found: the answer. console: what it is printed on.
    """
    console.print(titled(f"Sweep {found.name}", *map(note, say.overview(found))))
    changes = ("Change",) if any(case.change for case, _ in found.cases) else ()
    rows = [
        (one.model, one.world, *(one.change for _ in changes), one.task, say.ready(one),
         f"{one.verdicts['ready']:,}", f"{one.verdicts['unknown']:,}", f"{one.cases:,}")
        for one in found.by_task()
    ]  # fmt: skip
    if rows:
        header = ("Model", "World", *changes, "Task", "Share ready", "Ready", "Unknown", "Cases")
        table = ruled(header, rows[:MOST_ROWS], "Share ready,Ready,Unknown,Cases", whole="Task")
        left = len(rows) - MOST_ROWS
        more = [note(f"… and {left:,} rows more in sweep_shares.csv")] if left > 0 else []
        console.print(titled("How often each task is ready", table, *more))
    if told := list(islice(say.faults(found), say.FAULTS)):
        console.print(titled("At fault", *(note(text) for text in told)))
    if after := list(_next(found, again, kept)):
        console.print(titled("Next", Steps(after)))


def _next(found: SweepFound, again: str, kept: Path | None) -> Iterator[tuple[str, str]]:
    if found.states["waiting"] and again:
        yield "Go on", again
    if found.states["open"]:
        yield "More time a case", "time_limit: SECONDS in the sweep's file"
    if kept is not None:
        yield "Kept in", str(kept)
    if found.journal is not None:
        yield "Journal", str(found.journal)
