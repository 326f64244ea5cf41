"""What can be had for what, and what falls if a nation leaves, for a planner to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.explain import sentences as say
from allocator.explain.names import count
from allocator.front.points import Front
from allocator.plan.departures import Departure
from allocator.report.console import note, ruled, titled
from allocator.result import Level

if TYPE_CHECKING:
    from allocator.run import Run

ROWS = 40
_TITLE = "What can be had for what: no plan is lower in one without being higher in another"


def front(found: Front | None) -> Iterator[RenderableType]:
    """The points of a front, one a row."""
    if found is None:
        return
    names = [say.short_objective(name) for name in found.objectives]
    told = "all of them" if found.complete else "cut off: there may be others"
    rows = [
        (str(number), *(f"{value:,}" for value in point.values), " ".join(point.nations))
        for number, point in enumerate(found.points[:ROWS], 1)
    ]
    header = ("No.", *(name[:1].upper() + name[1:] for name in names), "Nations")
    parts: list[RenderableType] = [note(f"{count(len(found.points), 'point')}, {told}.")]
    if rows:
        parts.append(ruled(header, rows, right=",".join(header[:-1])))
    if len(found.points) > ROWS:
        more = count(len(found.points) - ROWS, "point")
        parts.append(note(f"and {more} more, in the run's folder (front.csv)"))
    yield titled(_TITLE, *parts)


def departures(run: Run) -> Iterator[RenderableType]:
    """A row for every nation that the plan has a part for."""
    found = run.plan_notes.departures
    senders = [one for one in found if one.sends]
    if not found:
        return
    rows = [
        (one.nation, ", ".join(one.falls) or "no task", worse(run, one))
        for one in sorted(senders, key=lambda one: (-len(one.falls), one.nation))
    ]
    idle = [one.nation for one in found if not one.sends]
    header = ("Nation", "Falls", "First objective that is worse")
    parts: list[RenderableType] = [ruled(header, rows)]
    if idle:
        named = ", ".join(idle)
        parts.append(note(f"It has no part for {named}, and stands if one of them leaves."))
    yield titled("If one nation leaves the joint plan", *parts)


def worse(run: Run, one: Departure) -> str:
    """The first objective in which the plan without the nation is worse, and by how much."""
    if not one.levels:
        return "no plan found in time"
    pairs = zip(run.result.plan.levels, one.levels, strict=True)
    worse = next(((before, level) for before, level in pairs if before.value != level.value), None)
    if worse is None:
        return "none: another plan is as good" if one.status == "optimal" else "none found"
    before, level = worse
    proved = "" if {before.status, level.status} == {"optimal"} else " (not proved)"
    return f"{say.objective(level.objective)}: {_values(before, level)}{proved}"


def _values(before: Level, level: Level) -> str:
    return f"{before.value:,} to {level.value:,}"
