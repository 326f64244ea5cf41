"""Offers on the terminal: the ladder, the wall, what is asked beyond, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from allocator.inputs.firmness import COUNTS, STATUSES
from allocator.report.sentences import names, overview
from allocator.report.sentences import offers as say
from allocator.report.sentences.reading_order import tasks_first
from allocator.report.terminal.console import Steps, note, pairs, ruled, titled, verdict, with_id
from allocator.results.offers import OffersFound
from allocator.shell import Options, offer
from allocator.words import count

SHOWN = 12
"""Rows of a list; all are in the folder."""


def show(
    found: OffersFound, console: Console, again: Options = (), kept: Path | None = None
) -> None:
    """Print what was found on the console. again: the options that ask about the same world;
    kept: its folder."""
    found = tasks_first(found)
    head = overview.heading(found.problem, found.world)
    console.print(pairs([*head, *say.of_dates(found)], indent=0))
    console.print(titled("What offers are enough for", *map(note, say.overview(found))))
    for part in _parts(found, console):
        console.print(part)
    console.print(titled("Next", Steps([*_next(again, kept)])))


def _next(again: Options, kept: Path | None) -> Iterator[tuple[str, str]]:
    yield "What blocks the rest", offer("blockers", options=again)
    if kept is not None:
        yield "Kept in", str(kept)
        yield "For the wall", str(kept / "report.html")


def _parts(found: OffersFound, console: Console) -> Iterator[RenderableType]:
    named = found.problem.calendar.named
    yield titled("How firm offers have to be", _ladder(found, console))
    yield titled("Every line in its worst period", _wall(found))
    yield from _listed(
        "Asked beyond offers",
        "askings",
        ("Nation", "Task", "Capability", "Period", "Units"),
        [
            (a.nation, a.task, a.capability, named(a.period), f"{a.quantity:,}")
            for a in found.askings
        ],
    )
    yield from _listed(
        "Offered and not used",
        "unused",
        ("Offer", "Period", "Units", "What keeps them out"),
        [
            (u.offer, named(u.period), f"{u.quantity:,}", u.reason or "not known")
            for u in found.unused
        ],
    )
    yield from _listed(
        "Offered beyond what a nation's own forces keep up",
        "overstated",
        ("Nation", "Capability", "Period", "Offered", "Kept up"),
        [
            (o.nation, o.capability, named(o.period), f"{o.offered:,}", f"{o.kept:,}")
            for o in found.beyond
        ],
    )


def _listed(
    title: str, table: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[RenderableType]:
    """The first rows of a table, and where the rest is; nothing of one without rows."""
    if rows:
        right = ",".join(name for name in header if name in ("Units", "Offered", "Kept up"))
        yield titled(title, ruled(header, rows[:SHOWN], right=right))
    if len(rows) > SHOWN:
        yield note(f"and {count(len(rows) - SHOWN, 'row')} more; `{table}.csv` has them all")


def _ladder(found: OffersFound, console: Console) -> RenderableType:
    header = ("Task", *(level.replace("_", " ") for level in COUNTS), "Firmest")
    rows: list[list[str | Text]] = [
        [
            with_id(names.plain_task(found.problem, one.task), one.task),
            *(verdict(one.verdicts[level], console) for level in COUNTS),
            one.firmest or ("none" if one.certain else "not known"),
        ]
        for one in found.tasks
    ]
    return ruled(header, rows)


def _wall(found: OffersFound) -> RenderableType:
    header = ("Task, line", "Need", *(s.replace("_", " ") for s in STATUSES), "Gap", "Who could")
    rows = (
        (
            f"{one.task}, {one.line}",
            f"{one.minimum:,}",
            *(f"{one.offered[status]:,}" for status in STATUSES),
            f"{one.gap:,}",
            say.fillers(one, 2),
        )
        for one in say.worst(found).values()
    )
    right = ",".join(("Need", *(s.replace("_", " ") for s in STATUSES), "Gap"))
    return ruled(header, rows, right=right, whole="Task, line")
