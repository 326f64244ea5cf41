"""The joint plan over time on the terminal: nations and tasks as rows, periods across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.tables.timeline import Fill, LineRow, Present, Timeline, figures, timeline
from allocator.report.terminal.console import note, ruled, titled
from allocator.words import count, some

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

SPANS, ROWS = 6, 60
"""Columns and rows that the terminal shows; `allocation.csv` and `filled.csv` have all."""


def over_time(run: RunRecord) -> Iterator[RenderableType]:
    """Yield who is where in which period, and what that fills; nothing without a plan.

    run: what is shown.
    """
    found = timeline(run)
    if not found.lanes:
        return
    heads = [_head(run, found, n) for n in range(min(SPANS, len(found.spans)))]
    right = ",".join(heads)
    rows = [
        [nation, lane.task, *map(_there, lane.parts[:SPANS])]
        for nation, lane in zip(_once(found), found.lanes[:ROWS], strict=False)
    ]
    rows.append(["together", "people", *(f"{people:,}" for people in found.people[:SPANS])])
    table = ruled(["Nation", "Task", *heads], rows, right, whole="Task")
    more = _more(run, found)
    yield titled(PEOPLE, table, *more)
    filled = [_line(run, found, row) for row in found.lines[:ROWS]]
    header = ["Task", "Line", "Minimum", "Target", "Filled"]
    lines = ruled(header, filled, "Minimum,Target", whole="Task")
    left = len(found.lines) - ROWS
    rest = [note(f"Not shown: {count(left, 'line')} more; in filled.csv.")] if left > 0 else []
    yield titled(FILLED, lines, *rest)


PEOPLE = "The plan over time: people in place ('u': units without people)"
FILLED = "What it fills in each period, in units of the line, against minimum and target"
TURNS = 6
"""Times that the terminal follows what a line has."""


def _head(run: RunRecord, found: Timeline, number: int) -> str:
    span = found.spans[number]
    months = run.problem.calendar.span(span.first, span.last)
    return f"{'' if number else 'Period '}{span.text}" + (f" ({months})" if months else "")


def _once(found: Timeline) -> list[str]:
    """The nation of each lane where it changes, else nothing."""
    nations = [lane.nation for lane in found.lanes]
    return ["" if n and nations[n - 1] == name else name for n, name in enumerate(nations)]


def _there(part: Present | None) -> str:
    if part is None:
        return "-"
    return f"{part.people:,}" if part.people else f"{part.number:,} u"


def _line(run: RunRecord, found: Timeline, row: LineRow) -> list[str]:
    fills = [part for part in row.parts if part is not None]
    needed = figures([fill.needed for fill in fills])
    target = figures([fill.target for fill in fills])
    return [row.task, row.line, needed, target, _filled(run, found, row)]


def _filled(run: RunRecord, found: Timeline, row: LineRow) -> str:
    """`24`, or where it changes `24 in period 1, 20 of 24 in periods 2-3`."""
    runs = [(part, at) for part, at in _when(found, row) if part is not None]
    if len({part for part, _ in runs}) == 1:
        return _against(runs[0][0])
    phrase = run.problem.calendar.phrase
    return some([f"{_against(part)} in {phrase(at)}" for part, at in runs], TURNS)


def _when(found: Timeline, row: LineRow) -> Iterator[tuple[Fill | None, list[int]]]:
    """What the line has, with the periods in which it has that, one after another."""
    paired = zip(row.parts, found.spans, strict=True)
    for part, same in groupby(paired, key=lambda pair: pair[0]):
        spans = [span for _, span in same]
        yield part, list(range(spans[0].first, spans[-1].last + 1))


def _against(part: Fill) -> str:
    below = f" of {part.target:,}" if part.filled < part.target else ""
    return f"{part.filled:,}{below}"


def _more(run: RunRecord, found: Timeline) -> Sequence[RenderableType]:
    """What is left out, and where it stands."""
    rows = len(found.lanes) - ROWS
    said = [f"{count(rows, 'row')} more"] if rows > 0 else []
    if len(found.spans) > SPANS:
        left = range(found.spans[SPANS].first, run.problem.horizon + 1)
        said.append(run.problem.calendar.phrase(left))
    return [note(f"Not shown: {' and '.join(said)}; in allocation.csv.")] if said else []
