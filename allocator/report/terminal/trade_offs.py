"""What can be had for what, and what falls if a nation leaves, for a planner to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.sentences import names
from allocator.report.sentences import situation as say
from allocator.report.terminal.console import note, ruled, titled
from allocator.results.departures import Departure
from allocator.results.front import Front, Point
from allocator.results.result import Level
from allocator.words import count

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

ROWS = 40
_TITLE = "What can be had for what: no plan is lower in one without being higher in another"


def front(found: Front | None, of: str = "") -> Iterator[RenderableType]:
    """The points of a front, one a row.

    of: what plans it is of, where that is not the task's.
    """
    if found is None:
        return
    names = [say.short_objective(name) for name in found.objectives]
    told = "all of them" if found.complete else "cut off: there may be others"
    rows = [
        (str(number), *_figures(found, point), " ".join(point.nations))
        for number, point in enumerate(found.points[:ROWS], 1)
    ]
    header = ("No.", *(name[:1].upper() + name[1:] for name in names), "Nations")
    texts = filter(None, [of and f"{of}.", f"{count(len(found.points), 'point')}, {told}."])
    parts: list[RenderableType] = [*map(note, texts)]
    if rows:
        parts.append(ruled(header, rows, right=",".join(header[:-1])))
        parts += [] if of else [note(say.FRONT_COUNTS)]
    if len(found.points) > ROWS:
        more = count(len(found.points) - ROWS, "point")
        parts.append(note(f"and {more} more, in the run's folder (front.csv)"))
    yield titled(_TITLE, *parts)


def unanswered(run: RunRecord) -> Iterator[str]:
    """What was asked of the joint plan beyond itself and not found: silence would read as none."""
    if run.options.get("departures") and not run.plan_notes.departures:
        yield "What falls if one nation leaves is not known: no joint plan was found in time."
    if run.command == "solve" and run.options.get("front"):
        found = run.plan_notes.front
        if found is None or not (found.points or found.complete):
            yield "What can be had for what is not known: no point was proved in time."


def departures(run: RunRecord) -> Iterator[RenderableType]:
    """A row for every nation that the plan has a part for."""
    found = run.plan_notes.departures
    senders = [one for one in found if one.sends]
    if not found:
        return
    rows = [
        (one.nation, falls(run, one), worse(run, one))
        for one in sorted(senders, key=lambda one: (-len(one.falls), one.nation))
    ]
    idle = [one.nation for one in found if not one.sends]
    header = ("Nation", "Falls", "First objective that is worse")
    parts: list[RenderableType] = [ruled(header, rows)]
    if idle:
        named = ", ".join(idle)
        who = "it" if len(idle) == 1 else "one of them"
        parts.append(note(f"It has no part for {named}, and stands if {who} leaves."))
    yield titled("If one nation leaves the joint plan", *parts)


def falls(run: RunRecord, one: Departure) -> str:
    """The tasks that fall without the nation; where no plan was found, that is not known."""
    if not one.known:
        return "not known"
    named = ", ".join(names.tasks(run.problem, one.falls))
    if not named:
        return "no task"
    return named if one.staffing_proved else f"{named} (not proved)"


def worse(run: RunRecord, one: Departure) -> str:
    """The first objective in which the plan without the nation is worse, and by how much."""
    if not one.levels:
        return "no plan found in time"
    pairs = list(zip(run.result.plan.levels, one.levels, strict=True))
    differing = [
        place for place, (before, level) in enumerate(pairs) if before.value != level.value
    ]
    if not differing:
        return "none: another plan is as good"
    before, level = pairs[differing[0]]
    if _better(before, level):
        return "none: the plan found without it is better"
    proved = all(one.status == "optimal" for pair in pairs[: differing[0] + 1] for one in pair)
    text = f"{say.shown_objective(level.objective)}: {_values(before, level)}"
    return text if proved else f"{text} (not proved)"


def _better(before: Level, level: Level) -> bool:
    """Tasks are to be many, all else is to be low."""
    many = level.objective.startswith("staff_tasks")
    return (level.value > before.value) is many


def _values(before: Level, level: Level) -> str:
    return " to ".join(say.figures(level.objective, before.value, level.value))


def _figures(found: Front, point: Point) -> Iterator[str]:
    for name, value in zip(found.objectives, point.values, strict=True):
        yield from say.figures(name, value)
