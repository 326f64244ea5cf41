"""What a plan endures, as tables and as JSON data."""

from __future__ import annotations

from typing import Any

from allocator.report.tables.dated import dated
from allocator.report.tables.repair import edit_data
from allocator.report.tables.table import Columns, Table, joined, make_table, whole, yes_no
from allocator.results.endurance import Endurance, HowLong, Outcome, TaskUnder


def data(found: Endurance) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.problem.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "plan": found.plan.model_dump(mode="json", by_alias=True),
        "events": [_event(event) for event in found.events],
        "how_long": [_how_long(one) for one in found.how_long],
        "timed_out": found.timed_out,
        "interrupted": found.interrupted,
        "faults": list(found.faults),
    }


def _event(event: Outcome) -> dict[str, Any]:
    return {
        "lost": event.loss.lost,
        "kind": event.loss.kind,
        "period": event.loss.period,
        "touches": event.touches,
        "tasks": [_task(one) for one in event.tasks],
        "levels": [level.model_dump(mode="json") for level in event.levels],
        "nearest": event.nearest,
        "after": None if event.after is None else event.after.model_dump(mode="json"),
    }


def _task(one: TaskUnder) -> dict[str, Any]:
    return {
        "task": one.task,
        "state": one.state,
        "edits": [edit_data(edit) for edit in one.edits],
        "broken": list(one.broken),
        "proof": None if one.proof is None else one.proof.model_dump(mode="json"),
        "witness": None if one.witness is None else one.witness.model_dump(mode="json"),
        "unlocking": None if one.unlocking is None else one.unlocking.model_dump(mode="json"),
    }


def _how_long(one: HowLong) -> dict[str, Any]:
    return {
        "tasks": list(one.tasks),
        "for_ever": one.for_ever,
        "periods": one.periods,
        "impossible": one.impossible,
        "proved_by": one.proved_by,
        "ended": one.ended,
        "repeats": None if one.repeats is None else list(one.repeats),
        "plan": None if one.plan is None else one.plan.model_dump(mode="json"),
    }


def endurance(found: Endurance) -> Table:
    """The matrix, a row an event and task."""
    columns: Columns = {
        "lost": "nation or precondition that is lost",
        "kind": "nation or precondition",
        "period": whole("from this period on, counted from 1"),
        "task": "task that the plan staffs",
        "state": "holds, repaired, gives way, falls or unknown",
        "broken": "rules that break where nothing is done but the lost rows struck out",
        "edits": whole("cells that change at the task", "cell"),
        "nearest": "yes where it is proved that no plan is nearer",
        "proved_by": "of a task that falls: what shows that no plan staffs it",
        "unlocking": "of a task that falls: sets of open preconditions that would let it stand, "
        "or between them",
    }
    rows = (
        (
            event.loss.lost,
            event.loss.kind,
            event.loss.period,
            one.task,
            one.state,
            joined(one.broken),
            len(one.edits),
            yes_no(event.nearest),
            one.proof.by if one.proof else "",
            " or ".join(map(joined, one.unlocking.sets)) if one.unlocking else None,
        )
        for event in found.events
        for one in event.tasks
    )
    return make_table("endurance", "One row an event and a task of the plan.", columns, rows)


def endurance_edits(found: Endurance) -> Table:
    """What changes under each event."""
    columns: Columns = {
        "lost": "nation or precondition that is lost",
        "kind": "nation or precondition",
        "from_period": whole("it is lost from this period on, counted from 1"),
        "nation": "nation that sends",
        "task": "task that receives",
        "line": "requirement line",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "from": whole("units as planned", "units"),
        "to": whole("units after the event", "units"),
    }
    rows = (
        (event.loss.lost, event.loss.kind, event.loss.period, e.nation, e.task, e.line,
         e.capability, e.period, e.before, e.after)
        for event in found.events
        for one in event.tasks
        for e in one.edits
    )  # fmt: skip
    return make_table(
        "endurance_edits", "One row a cell that changes under an event.", columns, rows
    )


def how_long(found: Endurance) -> Table:
    """How long tasks can be kept up."""
    columns: Columns = {
        "tasks": "tasks that are staffed together, their companions beside them",
        "for_ever": "yes where a plan goes on for ever; no where that is proved impossible",
        "periods": whole("for so many periods a plan is known; blank where for ever", "period"),
        "impossible": whole("for so many it is proved that there is none", "period"),
        "first": whole("first period of what repeats, counted from 1"),
        "length": whole("periods of what repeats", "period"),
    }
    rows = (
        (
            joined(one.tasks),
            "yes" if one.for_ever else "no" if one.impossible else "",
            one.periods,
            one.impossible,
            *(one.repeats or (None, None)),
        )
        for one in found.how_long
    )
    return make_table("how_long", "One row a set of tasks that are kept up.", columns, rows)


def tables(found: Endurance) -> tuple[Table, ...]:
    """All of them, in reading order."""
    made = (endurance(found), endurance_edits(found), how_long(found))
    return tuple(dated(table, found.problem.calendar) for table in made)
