"""What `ranges` shows: the tasks over their ranges first, then a short block a task."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from allocator.report.sentences import names, overview
from allocator.report.sentences import ranges as say
from allocator.report.sentences.reading_order import tasks_first
from allocator.report.terminal.console import Steps, pairs, plain, ruled, titled, verdict, where
from allocator.results.ranges import RangesFound, TaskRanges
from allocator.shell import Options, offer


def show(
    found: RangesFound, console: Console, again: Options = (), kept: Path | None = None
) -> None:
    """Print the answer. again: the options that ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    found = tasks_first(found)
    console.print(pairs([*_head(found)], indent=0))
    console.print(titled("Tasks", _overview(found, console)))
    for record in found.tasks:
        console.print(
            titled(_title(found, record, console), pairs([*say.facts(record, found.calendar)]))
        )
    if after := [*_next(found, again, kept)]:
        console.print(titled("Next", Steps(after)))


def _next(found: RangesFound, again: Options, kept: Path | None) -> Iterator[tuple[str, str]]:
    if task := next((one.task for one in found.tasks if one.over_ranges == "open"), None):
        yield "One figure at a time", offer("fragility", task, options=again)
    yield from where(kept)


def _head(found: RangesFound) -> Iterator[tuple[str, str]]:
    if found.problem is not None and found.asked is not None:
        yield from overview.heading(found.problem, found.asked)
    else:
        yield from (("Operation", found.model), ("World", found.world))
    yield "Ranges", f"{say.how_many(found)} may be off"
    if drawn := say.drawn(found):
        yield "Preconditions", drawn
    if found.timed_out:
        yield "Stopped", "the time was up; --time-limit SECONDS gives more"


def _overview(found: RangesFound, console: Console) -> RenderableType:
    header = ("Task", "As stated", "Over ranges", "Off together", "Chance")
    rows = (
        (
            record.task,
            verdict(record.stated, console),
            record.over_ranges,
            _together(record),
            _chance(record),
        )
        for record in found.tasks
    )
    return ruled(header, rows, right="Off together,Chance", whole="Task")


def _together(record: TaskRanges) -> str:
    both = record.together
    if both is None:
        return ""
    if both.number is None:
        return f"{both.bound} or more"
    return str(both.number) if both.proved else f"{both.bound} to {both.number}"


def _chance(record: TaskRanges) -> str:
    return say.share(record.chance.between) if record.chance else ""


def _title(found: RangesFound, record: TaskRanges, console: Console) -> Text:
    title = names.plain_task(found.problem, record.task) if found.problem else record.task
    text = record.task if title == record.task else f"{title} ({record.task})"
    return Text.assemble(verdict(record.stated, console), "  ", plain(text))
