"""Levers on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType

from allocator.report.sentences import levers as say
from allocator.report.sentences import overview
from allocator.report.terminal.console import Steps, note, pairs, ruled, titled, where
from allocator.results.levers import Levers
from allocator.shell import Options, offer
from allocator.words import count, listing


def show(found: Levers, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print the answer. again: the options that ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    console.print(pairs(overview.heading(found.problem, found.world), indent=0))
    console.print(titled("Which holders first", *map(note, say.overview(found))))
    for part in _parts(found):
        console.print(part)
    console.print(titled("Next", Steps(list(_next(found, again, kept)))))


def _parts(found: Levers) -> Iterator[RenderableType]:
    best = found.levers[0] if found.levers else None
    if best is not None and best.opens:
        yield titled("What each adds", *(note(f"{text}.") for text in say.adds(found, best)))
    if any(one.opens for one in found.sequence):
        header = ("Holders", "Who", "Opens", "Tasks")
        rows = [
            (str(size), listing(one.holders), str(len(one.opens)), say.tasks(found, one))
            for size, one in enumerate(found.sequence, 1)
        ]
        yield titled("One more at a time, each the best of so many", ruled(header, rows, "Opens"))


def _next(found: Levers, again: Options, kept: Path | None) -> Iterator[tuple[str, str]]:
    if found.budget < len(found.holders):
        more = [*again, ("--budget", str(found.budget + 1))]
        yield f"With {count(found.budget + 1, 'holder')}", offer("levers", options=more)
    yield "Who waits for whom", offer("order", options=again)
    if found.timed_out:
        yield "More time", "--time-limit SECONDS"
    yield from where(kept)
