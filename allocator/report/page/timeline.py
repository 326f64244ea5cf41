"""The plan over time, made ready for the page: bars that run through periods that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocator.report.sentences.sending import forces
from allocator.report.tables.timeline import (
    Fill,
    Lane,
    LineRow,
    Present,
    figures,
    runs_of,
    timeline,
)
from allocator.results.run import RunRecord
from allocator.words import count

LOOKS = 12
"""Patterns there are; further tasks begin again with the first. Every bar has its task's name."""

SPANS = 24
"""Columns that the page shows; `allocation.csv` and `filled.csv` have all."""


@dataclass(frozen=True, slots=True)
class Head:
    """Periods that are alike, and their months where they are known."""

    text: str
    months: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A nation at a task as long as nothing changes, `wide` columns; blank where it is not there.
    said: its people or units. told: its units in words."""

    wide: int
    said: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class LaneView:
    """first: the first of its nation. look: of its pattern. of: rows of the nation."""

    nation: str
    task: str
    title: str
    first: bool
    look: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bullet:
    """What a line has as long as that does not change. The shares are of the row's largest figure,
    0 to 100; there is nothing outside the task's window."""

    wide: int
    said: str = ""
    filled: float = 0
    target: float = 0
    needed: float = 0


@dataclass(frozen=True, slots=True)
class LineView:
    task: str
    title: str
    first: bool
    look: int
    line: str
    needed: str
    target: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """more: how many periods are left out."""

    heads: tuple[Head, ...]
    lanes: tuple[LaneView, ...]
    lines: tuple[LineView, ...]
    people: tuple[tuple[int, int], ...]
    more: str


def over_time(run: RunRecord) -> OverTime:
    """Return who is where in which period, and what that fills. run: what is shown."""
    found = timeline(run)
    looks = {task: number % LOOKS for number, task in enumerate(dict.fromkeys(_tasks(run)))}
    months = run.problem.calendar.span
    left = run.problem.horizon - (found.spans[:SPANS] or found.spans)[-1].last
    return OverTime(
        tuple(Head(span.text, months(span.first, span.last)) for span in found.spans[:SPANS]),
        tuple(_lanes(run, found.lanes, looks)),
        tuple(_lines(run, found.lines, looks)),
        tuple(runs_of(found.people[:SPANS])),
        f"The last {count(left, 'period')} are not shown; allocation.csv has them." if left else "",
    )


def _tasks(run: RunRecord) -> list[str]:
    staffed = (run.problem.task(task) for task in run.result.plan.staffed)
    return [task.id for task in sorted(staffed, key=lambda task: (task.priority, task.id))]


def _lanes(run: RunRecord, lanes: Sequence[Lane], looks: dict[str, int]) -> Iterator[LaneView]:
    before = ""
    for lane in lanes:
        task = run.problem.task(lane.task)
        bars = tuple(_bar(run, part, wide) for part, wide in runs_of(lane.parts[:SPANS]))
        first = lane.nation != before
        yield LaneView(lane.nation, task.id, task.title, first, looks[task.id], bars)
        before = lane.nation


def _bar(run: RunRecord, part: Present | None, wide: int) -> Bar:
    if part is None:
        return Bar(wide)
    said = f"{part.people:,}" if part.people else count(part.number, "unit")
    return Bar(wide, said, forces(run.problem, {c: {1: n} for c, n in part.units}, (1,)))


def _lines(run: RunRecord, rows: Sequence[LineRow], looks: dict[str, int]) -> Iterator[LineView]:
    before = ""
    for row in rows:
        fills = [part for part in row.parts if part is not None]
        most = max(max(fill.filled, fill.target, fill.needed) for fill in fills) or 1
        bullets = tuple(_bullet(part, wide, most) for part, wide in runs_of(row.parts[:SPANS]))
        task = run.problem.task(row.task)
        yield LineView(
            task.id,
            task.title,
            row.task != before,
            looks[row.task],
            row.line,
            figures([fill.needed for fill in fills]),
            figures([fill.target for fill in fills]),
            bullets,
        )
        before = row.task


def _bullet(part: Fill | None, wide: int, most: int) -> Bullet:
    if part is None:
        return Bullet(wide)
    below = f" of {part.target:,}" if part.filled < part.target else ""
    shares = (round(100 * figure / most, 1) for figure in (part.filled, part.target, part.needed))
    return Bullet(wide, f"{part.filled:,}{below}", *shares)
