"""Page 1 alone: who can, what blocks, what to do next; one sheet of paper for three minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from allocator.report.page.pools import label
from allocator.report.page.render import render
from allocator.report.page.text import shortened
from allocator.report.sentences import names, overview
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.sentences.ways import least
from allocator.report.tables.decisions import in_plan
from allocator.report.tables.pools import pool_rows
from allocator.report.tables.timeline import timeline
from allocator.results.run import MARK
from allocator.words import count, listing, some

if TYPE_CHECKING:
    from allocator.results.result import TaskRecord
    from allocator.results.run import RunRecord

ROWS = 20
"""Tasks that fit one sheet; what is left out is counted."""


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A task in a line. said: who is at it, or what it lacks."""

    title: str
    priority: int
    verdict: str
    in_plan: str
    said: str


def brief(run: RunRecord, mark: str = "") -> str:
    """Return page 1 as a page of its own, which prints on one sheet.

    run: what is shown. mark: how it is to be handled, top and bottom; the run's own where blank.
    """
    run = in_reading_order(replace(run, problem=shortened(run.problem)))
    rows = [_row(run, record) for record in run.result.tasks[:ROWS]]
    left = len(run.result.tasks) - len(rows)
    return render(
        "brief.html",
        mark=mark or str(run.options.get(MARK) or ""),
        data=None,
        run=run,
        made=run.provenance(),
        stopped=overview.stopped(run),
        joint_plan=overview.joint_plan(run),
        planned=run.result.plan.status != "unknown",
        people=_people(run),
        next_acts=tuple(next_acts(run)),
        scarce=_scarce(run),
        tasks=rows,
        more=f"And {count(left, 'task')} more, in report.html." if left else "",
    )


def _scarce(run: RunRecord) -> str:
    """The pools of which less is open than all tasks together ask for, the scarcest first."""
    found = [row for row in pool_rows(run) if row.open < row.asked]
    said = [f"{label(run, row)}: {row.open:,} open, {row.asked:,} asked for" for row in found]
    return some(said, 4, "; ")


def _people(run: RunRecord) -> str:
    """`900 in period 1, 1,260 in period 2`: people of all nations at all tasks."""
    found = timeline(run)
    if not found.lanes:
        return ""
    if len(found.spans) == 1:
        return f"{found.people[0]:,}"
    parts = zip(found.people, found.spans, strict=True)
    phrase = run.problem.calendar.phrase
    said = [f"{people:,} in {phrase(range(s.first, s.last + 1))}" for people, s in parts]
    return some(said, 4)


def _row(run: RunRecord, record: TaskRecord) -> BriefRow:
    task = run.problem.task(record.task)
    said = "; ".join(_said(run, record))
    planned = in_plan(run, task.id) or "not known"
    return BriefRow(task.title, task.priority, record.verdict, planned, said)


def _said(run: RunRecord, record: TaskRecord) -> Iterator[str]:
    at = sorted({c.nation for c in run.result.plan.allocation if c.task == record.task})
    rivals = [c.rivals for c in run.result.plan.contested if c.task == record.task]
    if at:
        yield " ".join(at)
    elif rivals:
        yield f"kept out by {listing(names.tasks(run.problem, rivals[0]))}"
    elif record.verdict == "blocked" and record.unlocking.sets:
        way = least(run.problem, record.unlocking.sets)
        holders = f" of {some(way.holders, 5)}" if way.holders else ""
        acts = count(len(way.preconditions), "act")
        whole = record.unlocking.complete or record.unlocking.in_all is not None
        sure = "" if whole else " known"
        yield f"{acts}{holders}, effort {count(way.effort, 'point')}{sure}"
    else:
        yield overview.outlook(run.problem, record)
