"""What a plan endures, on the terminal: the matrix of events and tasks, then what happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console, RenderableType

from allocator.report.sentences import endure as say
from allocator.report.sentences import names, overview
from allocator.report.terminal.console import Steps, note, pairs, ruled, titled, where
from allocator.results.endurance import Endurance, Outcome
from allocator.shell import Options, offer

TOLD = 12
"""Events that are told; the page and the tables have all."""

COLUMNS, WIDE = 12, 84
"""Tasks beside each other at most, and letters of all of them together, with what is between."""

LEGEND = "H holds, R repaired, G gives way, F falls, ? unknown; one letter a period from which on."


def show(found: Endurance, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print the answer. again: the options that ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    console.print(pairs(overview.heading(found.problem, found.world), indent=0))
    console.print(titled("What the plan endures", *map(note, say.overview(found))))
    for part in _parts(found):
        console.print(part)
    if found.how_long:
        console.print(titled("How long, if all goes on", *map(note, say.lasting(found))))
    if rows := list(_next(found, again, kept)):
        console.print(titled("Next", Steps(rows)))


def _parts(found: Endurance) -> Iterator[RenderableType]:
    rows = [(events[0].loss.lost, _letters(events)) for events in found.harmful()]
    if not rows:
        return
    tasks = [names.plain_task(found.problem, one.task) for one in found.events[0].tasks]
    numbered = [f"{number} {task}" for number, task in enumerate(tasks, 1)]
    parts: list[RenderableType] = [note(LEGEND), note("Tasks: " + ", ".join(numbered))]
    beside = max(1, min(COLUMNS, WIDE // (max(map(len, found.harmful())) + 3)))
    for start in range(0, len(tasks), beside):
        columns = slice(start, start + beside)
        numbers = list(map(str, range(1, len(tasks) + 1)))[columns]
        cells = ((lost, *letters[columns]) for lost, letters in rows)
        parts.append(ruled(("Lost", *numbers), cells))
    yield titled("Events and tasks", *parts)
    groups = say.alike(found)
    told = [note(say.told_of(found, group)) for group in groups[:TOLD]]
    more = len(groups) - TOLD
    rest = [note(f"and {more:,} more; the page has them all")] if more > 0 else []
    yield titled("What happens", *told, *rest)


def _letters(events: Sequence[Outcome]) -> list[str]:
    """For each task a letter an event of one loss."""
    each = zip(*(event.tasks for event in events), strict=True)
    return ["".join(say.LETTERS[one.state] for one in tasks) for tasks in each]


def _next(found: Endurance, again: Options, kept: Path | None) -> Iterator[tuple[str, str]]:
    groups = say.alike(found)
    if groups and len(groups) > 1:
        loss = groups[0].first.loss
        model = [word for option, word in again if option == "--model"]
        asked = [one for one in again if one[0] != "--model"]
        asked += [("--lose", loss.lost), ("--from", str(loss.period))]
        if own := found.options.get("plan"):
            asked.append(("--plan", str(own)))
        yield "One event", offer("endure", *model, options=asked)
    if found.timed_out or found.counts()["unknown"]:
        yield "More time", "--time-limit SECONDS"
    yield from where(kept)
