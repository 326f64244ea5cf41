"""What a plan endures, as tables and as JSON data."""

from __future__ import annotations

from typing import Any

from allocator.report.tables.dated import dated
from allocator.report.tables.repair import edit_data
from allocator.report.tables.table import Columns, Table, joined, make_table, whole, yes_no
from allocator.results.endurance import Endurance, Outcome, TaskUnder


def data(found: Endurance) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.problem.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "plan": found.plan.model_dump(mode="json", by_alias=True),
        "events": [_event(event) for event in found.events],
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


def tables(found: Endurance) -> tuple[Table, ...]:
    """All of them, in reading order."""
    made = (endurance(found), endurance_edits(found))
    return tuple(dated(table, found.problem.calendar) for table in made)
