"""A review of a given plan as a page on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType

from allocator.report.sentences import review as say
from allocator.report.terminal import console as page
from allocator.results.review import Review
from allocator.shell import Options, offer
from allocator.words import some

SHOWN = 30
"""Violations that are listed; the kept tables and `--json` have them all."""

ROWS = 4
"""Rows of the plan that are named with a violation."""


def show(found: Review, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print whether the plan holds, what breaks, and what it would take. again: the options that
    ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    console.print(page.plain(f"{found.given.file} in {found.world.name} ({found.model})"))
    console.print(page.plain(say.summary(found)))
    left = SHOWN
    for heading, broken in say.by_rule(found):
        listed = [page.pairs(_lines(one)) for one in broken[: max(0, left)]]
        left -= len(broken)
        if listed:
            console.print(page.titled(heading, *listed))
    if left < 0:
        console.print(page.note(f"and {-left} more; violations.csv has them all"))
    for block in _blocks(found):
        console.print(block)
    if rows := [*_next(found, again), *page.where(kept)]:
        console.print(page.titled("Next", page.Steps(rows)))


def _next(found: Review, again: Options) -> Iterator[tuple[str, str]]:
    if found.given.hashes and not found.valid:
        model = [word for option, word in again if option == "--model"]
        asked = [one for one in again if one[0] != "--model"]
        yield "Nearest valid plan", offer("repair", found.given.file, *model, options=asked)


def _lines(broken: say.Broken) -> page.Pairs:
    rows = [("", f"rows {some(broken.rows, ROWS)}")] if broken.rows else []
    return [("breaks", broken.text), *rows, *(("", row) for row in broken.because)]


def _blocks(found: Review) -> Iterator[RenderableType]:
    if not found.valid:
        yield page.titled("What it assumes", page.note(say.assumed(found)))
    if ways := say.lifted(found):
        yield page.titled(
            "What would have to be lifted, with every open precondition met",
            *map(page.note, ways),
        )
    if lacking := say.lacking(found):
        named = found.calendar.named
        rows = [
            (s.task, s.line, named(s.period), f"{s.needed:,}", f"{s.filled:,}") for s in lacking
        ]
        header = ("task", "line", "period", "needed", "filled")
        yield page.titled("How short its tasks are", page.ruled(header, rows[:SHOWN],
                          right="period,needed,filled"))  # fmt: skip
    if text := say.released(found):
        yield page.titled("Releases that it needs", page.note(text))
    if told := say.planned_releases(found):
        yield page.titled("Releases that are planned", *map(page.note, told))
