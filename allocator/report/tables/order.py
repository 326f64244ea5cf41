"""Order as tables and as JSON data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from allocator.report.sentences.order import calendar_month
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole, yes_no
from allocator.results.order import Order, TaskOrder

MONTH = "month"
"""Unit of months: counted from the day of the run; 0 is at once."""


def data(found: Order) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.problem.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "tasks": [_task(one) for one in found.tasks],
        "together": list(found.together),
        "in_turn": list(found.in_turn),
        "deadlocked": list(found.deadlocked),
        "out_of_reach": list(found.out_of_reach),
        "undecided": list(found.undecided),
        "circles": [list(members) for members in found.circles.sets],
        "circles_complete": found.circles.complete,
        "acts": [asdict(act) for act in found.acts],
        "pushes": [asdict(push) for push in found.pushes],
        "road_map": {**asdict(found.road_map), "proved": found.road_map.proved},
        "timed_out": found.timed_out,
        "interrupted": found.interrupted,
        "faults": list(found.faults),
    }


def _task(one: TaskOrder) -> dict[str, Any]:
    return {
        "task": one.task,
        "verdict": one.verdict,
        "reached": one.reached,
        "earliest_month": one.earliest_month,
        "earliest_low": one.earliest_low,
        "earliest_high": one.earliest_high,
        "ways_in_turn": one.ways_in_turn.model_dump(mode="json"),
        "pushes": one.pushes.model_dump(mode="json"),
        "chain": list(one.chain),
    }


def tables(found: Order) -> tuple[Table, ...]:
    """All of them, in reading order."""
    return tuple(make(found) for make in MAKERS.values())


def order_tasks(found: Order) -> Table:
    columns: Columns = {
        "task": "task",
        "verdict": "its verdict in the world",
        "reached": "whether the acts that come about in turn make it ready: yes, no, unknown",
        "earliest_month": whole(
            "first month in which it is ready, all holders acting as early as they can; blank "
            "where never, or not decided",
            MONTH,
        ),
        "calendar_month": "the same by the calendar; blank where the model has no `starts`",
        "earliest_low": whole("it is no earlier", MONTH),
        "earliest_high": whole("it is no later; blank where that is not known", MONTH),
        "chain": "acts that the month hangs on, first to last",
        "ways_in_turn": whole("how many there are, or are known", "set"),
        "ways_complete": "yes where no way in turn is missing",
        "pushes": whole("how many minimal pushes there are, or are known", "set"),
        "pushes_complete": "yes where no push is missing",
    }
    rows = (
        (
            one.task,
            one.verdict,
            one.reached,
            one.earliest_month,
            calendar_month(found.problem, one.earliest_month) or None,
            one.earliest_low,
            one.earliest_high,
            joined(one.chain),
            len(one.ways_in_turn.sets),
            yes_no(one.ways_in_turn.complete),
            len(one.pushes.sets),
            yes_no(one.pushes.complete),
        )
        for one in found.tasks
    )
    return make_table("order_tasks", "One row a task that was asked about.", columns, rows)


def acts(found: Order) -> Table:
    columns: Columns = {
        "precondition": "open precondition",
        "name": "its name",
        "holder": "who can bring it about",
        "after": "what its holder waits for",
        "lead_months": whole("months from then until it is met", MONTH),
        "state": "in turn, deadlocked (only together with others), out of reach, unknown",
        "month": whole("first month in which it is met; blank where never", MONTH),
        "calendar_month": "the same by the calendar; blank where the model has no `starts`",
        "circles": whole("circles that it is in", "circle"),
        "place": "file and row of the precondition",
    }
    rows = (
        (
            act.precondition,
            act.name,
            act.holder,
            act.after,
            act.lead_months,
            act.state,
            act.month,
            calendar_month(found.problem, act.month) or None,
            sum(act.precondition in members for members in found.circles.sets),
            act.place,
        )
        for act in found.acts
    )
    return make_table("acts", "One row a precondition that may be brought about.", columns, rows)


def circles(found: Order) -> Table:
    columns: Columns = {
        "circle": whole("number of the circle"),
        "precondition": "one of its acts",
        "holder": "who can bring it about",
        "waits_for": "the condition that holds only together with the rest of the circle",
        "place": "file, row and column of the condition",
    }
    rows = (
        (number, act.precondition, act.holder, act.after, f"{act.place}:after")
        for number, members in enumerate(found.circles.sets, 1)
        for act in map(found.act, members)
    )
    description = "One row an act of a circle: acts that could be announced together, no fewer."
    return make_table("circles", description, columns, rows)


def ways_in_turn(found: Order) -> Table:
    columns: Columns = {
        "task": "task",
        "way": whole("number of the way, smallest first"),
        "preconditions": "the acts, and what has to come before them",
        "size": whole("how many", "precondition"),
        "effort": whole("their summed effort"),
        "holders": "who must act",
    }
    rows = (
        (one.task, number, joined(way), len(way), _effort(found, way), _holders(found, way))
        for one in found.tasks
        for number, way in enumerate(one.ways_in_turn.sets, 1)
    )
    description = "One row a minimal set of acts that, in turn, makes a task ready."
    return make_table("ways_in_turn", description, columns, rows)


def pushes(found: Order) -> Table:
    columns: Columns = {
        "push": "acts made without waiting",
        "holders": "who moves first",
        "frees": "acts that come about in turn then, and not before",
        "ready": "tasks that are ready then, and not before",
        "tasks": "tasks that this is a minimal push for",
    }
    rows = (
        (
            joined(push.acts),
            _holders(found, push.acts),
            joined(push.frees),
            joined(push.ready),
            joined(one.task for one in found.tasks if push.acts in one.pushes.sets),
        )
        for push in found.pushes
    )
    return make_table("pushes", "One row a push: who could move first.", columns, rows)


def road_map(found: Order) -> Table:
    columns: Columns = {
        "step": whole("number of the step"),
        "month": whole("in which it is met", MONTH),
        "calendar_month": "the same by the calendar; blank where the model has no `starts`",
        "precondition": "the act",
        "holder": "who can bring it about",
        "ready": "tasks that are ready once it is met",
        "by": "what the road map is the best in: effort, date or benefit",
    }
    rows: Iterator[tuple[Value, ...]] = (
        (
            number,
            step.month,
            calendar_month(found.problem, step.month) or None,
            step.precondition,
            step.holder,
            joined(step.ready),
            found.road_map.by,
        )
        for number, step in enumerate(found.road_map.steps, 1)
    )
    return make_table("road_map", "One row an act of the road map.", columns, rows)


def _effort(found: Order, acts: Sequence[str]) -> int:
    return sum(found.problem.preconditions[name].effort for name in acts)


def _holders(found: Order, acts: Sequence[str]) -> str:
    return joined(dict.fromkeys(holder for a in acts if (holder := found.act(a).holder)))


MAKERS = {
    "order_tasks": order_tasks,
    "acts": acts,
    "circles": circles,
    "ways_in_turn": ways_in_turn,
    "pushes": pushes,
    "road_map": road_map,
}
