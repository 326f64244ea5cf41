"""Order on the terminal: states, circles, tasks, pushes, the road map."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from rich.console import Console, RenderableType

from allocator.inputs.problem import Problem
from allocator.report.sentences import names, overview
from allocator.report.sentences import order as say
from allocator.report.sentences.reading_order import tasks_first
from allocator.report.terminal.console import (
    Steps,
    note,
    pairs,
    ruled,
    titled,
    verdict,
    where,
    with_id,
)
from allocator.results.order import Order, TaskOrder
from allocator.shell import Options, offer
from allocator.words import count, listing, some

CIRCLES_SHOWN = 5
PUSHES_SHOWN = 5
WAYS_SHOWN = 3


def show(found: Order, console: Console, again: Options = (), kept: Path | None = None) -> None:
    """Print the answer. again: the options that ask about the same world; kept: its folder.

    found: the answer. console: what it is printed on.
    """
    found = tasks_first(found)
    console.print(pairs(overview.heading(found.problem, found.world), indent=0))
    console.print(titled("What comes first", *map(note, say.overview(found))))
    for part in _parts(found, console):
        console.print(part)
    if rows := list(_next(found, again, kept)):
        console.print(titled("Next", Steps(rows)))


def _parts(found: Order, console: Console) -> Iterator[RenderableType]:
    if found.circles.sets:
        yield titled("Who waits for whom", pairs(list(_circles(found))))
    if found.pushes:
        shown = [note(say.push(push, found)) for push in found.pushes[:PUSHES_SHOWN]]
        more = len(found.pushes) - PUSHES_SHOWN
        yield titled("Who could move first", *shown, *_more(more, "push"))
    if found.tasks:
        yield titled("Tasks", _tasks(found, console))
        yield titled("Ways in turn", *map(note, _ways(found)))
    yield titled(f"Road map: {say.BY[found.road_map.by]}", *_road_map(found))


def _circles(found: Order) -> Iterator[tuple[str, str]]:
    for number, members in enumerate(found.circles.sets[:CIRCLES_SHOWN], 1):
        for place, text in enumerate(say.circle(found, members)):
            yield ("" if place else f"Circle {number}", text)
    if (more := len(found.circles.sets) - CIRCLES_SHOWN) > 0:
        yield ("", f"and {count(more, 'circle')} more")
    if not found.circles.complete:
        yield ("", "There may be further circles: the time was up.")


def _more(number: int, word: str) -> Iterator[RenderableType]:
    if number > 0:
        yield note(f"and {number:,} more; `{word}es.csv` has them all")


def _tasks(found: Order, console: Console) -> RenderableType:
    header = ("Task", "Alone", "In turn", "Month", "Hangs on")
    acts = partial(names.preconditions, found.problem)
    rows = (
        (
            with_id(names.plain_task(found.problem, one.task), one.task),
            verdict(one.verdict, console),
            one.reached,
            _month(found.problem, one),
            " > ".join(acts(one.chain)),
        )
        for one in found.tasks
    )
    return ruled(header, rows, right="Month")


def _month(problem: Problem, one: TaskOrder) -> str:
    if one.earliest_month is not None:
        return say.month(problem, one.earliest_month)
    if one.earliest_low is None:
        return "never"
    later = "" if one.earliest_high is None else f"-{one.earliest_high}"
    return f"{one.earliest_low}{later or ' or later'}"


def _ways(found: Order) -> Iterator[str]:
    act = names.of_preconditions(found.problem)
    for one in found.tasks:
        family = one.ways_in_turn
        sets = [listing(map(act, way)) or "nothing more is needed" for way in family.sets]
        none = "none" if family.complete else "none is known; the time was up"
        more = "" if family.complete or not sets else " (more may follow)"
        told = some(sets, WAYS_SHOWN, "; or ") or none
        yield f"{names.task(found.problem, one.task)}: {told}{more}"


def _road_map(found: Order) -> Iterator[RenderableType]:
    yield from map(note, say.road_map(found.problem, found.road_map))
    header = ("Month", "Act", "Holder", "Ready then")
    rows = [
        (
            say.month(found.problem, step.month),
            with_id(found.problem.preconditions[step.precondition].name, step.precondition),
            step.holder,
            listing(names.tasks(found.problem, step.ready)),
        )
        for step in found.road_map.steps
    ]
    if rows:
        yield ruled(header, rows, right="Month")


def _next(found: Order, again: Options, kept: Path | None) -> Iterator[tuple[str, str]]:
    reached = [one.task for one in found.tasks if one.reached == "yes"]
    if found.road_map.by == "effort" and found.road_map.value is None and reached:
        yield "The others", offer("order", *reached, options=again)
    others = [by for by in say.BY if by != found.road_map.by]
    if reached:
        yield "Another road map", offer("order", options=[*again, ("--by", others[0])])
    if found.timed_out:
        yield "More time", "--time-limit SECONDS"
    yield from where(kept)
