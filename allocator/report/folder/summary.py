"""`summary.md`: the first screen of a run as Markdown, to be read, quoted and mailed.

It says what the terminal says first, with the same sentences, and nothing that changes from one
machine to another: no time, no path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from allocator.report.sentences import overview
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.decisions import in_plan
from allocator.results.run import MARK

if TYPE_CHECKING:
    from allocator.results.result import TaskRecord
    from allocator.results.run import RunRecord

SUMMARY = "summary.md"

LAST = "All of it, with reasons and sources, is beside this file."

_SPECIAL = re.compile(r"([\\`*\[\]<>|#~&!])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
"""An underscore that is not between letters, where Markdown would set words in italics."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def summary(run: RunRecord) -> str:
    """Return the first screen of the run as Markdown."""
    run = in_reading_order(run)
    return "\n".join([*_head(run), *_tasks(run), *_next(run), LAST]) + "\n"


def plain(text: str) -> str:
    """The text as Markdown shows it word for word; on one line, without control characters."""
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " "))
    return _UNDERSCORE.sub(r"\\_", _SPECIAL.sub(r"\\\1", shown))


def listed(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A bullet for each label and its text."""
    yield from (f"- **{plain(label)}:** {plain(text)}" for label, text in pairs if text)


def _head(run: RunRecord) -> Iterator[str]:
    if mark := str(run.options.get(MARK) or ""):
        yield from (f"**{plain(mark)}**", "")
    title = run.problem.title if run.command == "solve" else f"{run.problem.title}: {run.command}"
    yield from (f"# {plain(title)}", "")
    yield from listed(
        [
            *overview.heading(run.problem, run.world),
            *overview.offers(run.problem),
            *overview.left_out(run),
            *overview.stopped(run),
            *([("Joint plan", overview.joint_plan(run))] if run.command == "solve" else []),
            *(overview.beyond_offers(run) if run.command == "solve" else []),
        ]
    )
    yield ""


def _tasks(run: RunRecord) -> Iterator[str]:
    planned = run.command == "solve" and run.result.plan.status != "unknown"
    header = ["Task", "Verdict", *(["Joint plan"] if planned else []), "What it has or lacks"]
    yield from ("## Tasks", "", _row(header), _row(["---"] * len(header)))
    for record in run.result.tasks:
        yield _row([plain(cell) for cell in _cells(run, record, planned)])
    yield ""


def _cells(run: RunRecord, record: TaskRecord, planned: bool) -> list[str]:
    title = run.problem.task(record.task).title
    named = record.task if title == record.task else f"{title} ({record.task})"
    plan = [in_plan(run, record.task) or ""] if planned else []
    return [named, record.verdict, *plan, overview.outlook(run.problem, record)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _next(run: RunRecord) -> Iterator[str]:
    if run.command == "solve" and (acts := list(next_acts(run))):
        yield from ("## What to do next", "", *listed(acts), "")
    asked = overview.most_asked_for(run.problem, run.world, run.result.tasks)
    if asked:
        yield from (plain(asked), "")


def screen(heading: str, text: str) -> str:
    """Return what a terminal shows of an answer as Markdown, word for word.

    heading: what was asked. text: as it is shown.
    """
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    shown = "\n".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", line) for line in text.splitlines())
    return f"# {plain(heading)}\n\n{fence}text\n{shown}\n{fence}\n"
