"""Tables of forces: what there is, what holds it back, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from allocator.report.sentences import Supply, basis_phrase, supplies, waiting
from allocator.report.sentences.supply import Net
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole, yes_no

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def waiting_for(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the blocked task",
        "precondition": "what is waited for; blank where nothing open would help",
        "nation": "nation whose units are held back",
        "capability": "id of the capability",
        "quantity": whole("the most units it could send in a period", "units"),
        "held_by": "caveat or commitment",
        "row": "id of the caveat or commitment",
        "place": "where the row stands",
        "requires": "its condition",
        "cause": "precondition, company (of nations or tasks) or never",
        "basis": "what the row rests on",
    }
    net = Net(run.problem)
    rows = (
        row
        for record in run.result.tasks
        if record.verdict in ("blocked", "short")
        for row in _waiting_rows(run, record.task, net)
    )
    return make_table(
        "waiting", "One row for units that a row of the tables holds back.", columns, rows
    )


def _waiting_rows(run: RunRecord, task: str, net: Net) -> Iterable[tuple[Value, ...]]:
    for held in waiting(run.problem, run.world, task, net).held:
        for precondition in held.waits_for or (None,):
            for capability, quantity in held.forces:
                yield (
                    task,
                    precondition,
                    held.nation,
                    capability,
                    quantity,
                    held.table,
                    held.row,
                    held.place,
                    held.requires,
                    held.cause,
                    basis_phrase(held.basis),
                )


def gaps(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the short task",
        "line": "requirement line",
        "period": whole("period, counted from 1"),
        "capability": "id of the capability to add",
        "quantity": whole("units to add, every open precondition met", "units"),
        "unit": "what one unit is",
        "status": "optimal: proved to be the least; feasible: enough, but fewer may do",
    }
    rows = (
        (
            record.task,
            unit.line,
            unit.period,
            unit.capability,
            unit.quantity,
            run.problem.capabilities[unit.capability].unit,
            record.gaps.units_status,
        )
        for record in run.result.tasks
        for unit in record.gaps.units
    )
    return make_table("gaps", "One row for units that a short task lacks.", columns, rows)


def rules(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the short task",
        "rule": "rule that no added units help against",
    }
    rows = ((record.task, rule) for record in run.result.tasks for rule in record.gaps.rules)
    return make_table("rules", "One row a rule in the way of a short task.", columns, rows)


def lifts(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the short task",
        "set": whole("number of the set: lift all of it, and the task is ready"),
        "kind": "caveat or commitment",
        "row": "its id",
        "nation": "nation that holds it",
        "place": "where the row stands",
        "complete": "yes where these are all minimal sets",
    }
    rows = (
        (record.task, number, *_liftable(run, kind, name), yes_no(record.gaps.lifts_complete))
        for record in run.result.tasks
        for number, lift in enumerate(record.gaps.lifts, 1)
        for kind, names in (("caveat", lift.caveats), ("commitment", lift.commitments))
        for name in names
    )
    return make_table("lifts", "One row for what could be lifted for a short task.", columns, rows)


def relaxations(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task that is not ready",
        "set": whole("number of the set: lift, or bring about, all of it, and the task is ready"),
        "size": whole("how many rows the set has", "rows"),
        "kind": "caveat, commitment or precondition",
        "row": "its id",
        "nation": "nation that holds it",
        "place": "where the row stands",
        "complete": "yes where these are all minimal sets",
    }
    rows = (
        (task, number, len(members), *_liftable(run, *member), yes_no(notes.relaxed.complete))
        for task, notes in run.notes.items()
        if notes.relaxed is not None
        for number, members in enumerate(notes.relaxed.sets, 1)
        for member in members
    )
    text = "One row for what could be lifted for a task (`blockers --relax` only)."
    return make_table("relaxations", text, columns, rows)


def _liftable(run: RunRecord, kind: str, name: str) -> tuple[str, str, str, str]:
    if kind == "precondition":
        known = run.problem.preconditions[name]
        return kind, name, known.holder, known.place
    found = run.problem.caveats if kind == "caveat" else run.problem.commitments
    nation, place = next(((row.nation, row.place) for row in found if row.id == name), ("", ""))
    return kind, name, nation, place


def sums(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the short task",
        "sum": whole("number of the sum"),
        "lines": "requirement lines, ';' between",
        "periods": "periods taken together, ';' between",
        "need": whole("what the lines need", "weighted units"),
        "supply": whole("all that could be sent, every open precondition met", "weighted units"),
        "nation": "nation that could send; blank where none could",
        "capability": "id of the capability",
        "quantity": whole("what it could send", "weighted units"),
    }
    rows = (
        (task, number, joined(s.lines), joined(map(str, s.periods)), s.need, s.supply, *part)
        for task, notes in run.notes.items()
        for number, s in enumerate(notes.sums, 1)
        for part in s.parts or ((None, None, None),)
    )
    return make_table("sums", "One row a part of a sum that proves a task short.", columns, rows)


def net_availability(run: RunRecord) -> Table:
    """The forces behind the plan: what there is, what is committed, what is used, what is left."""
    columns: Columns = {
        "nation": "code of the nation",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "unit": "what one unit is",
        "available": whole("units held ready", "units"),
        "standing": whole("units in standing commitments, before release", "units"),
        "rotating": whole("units in rotating commitments, before release", "units"),
        "released": whole(
            "units of these that the joint plan releases; blank where there is no plan", "units"
        ),
        "rotation": whole("a unit serves one period in so many", "periods"),
        "net": whole(
            "most units that could serve in this period if none served in any other", "units"
        ),
        "used": whole("units that the joint plan sends; blank where there is no plan", "units"),
        "left": whole(
            "units that could serve in this period beside the plan; blank where there is none",
            "units",
        ),
        "basis": "how far the availability can be trusted, ';' between",
    }
    rows = (_supply_row(run, row) for row in supplies(run.problem, *_plan_units(run)))
    text = "One row a nation, capability and period (rule R3)."
    return make_table("net_availability", text, columns, rows)


def _plan_units(
    run: RunRecord,
) -> tuple[dict[tuple[str, str, int], int], dict[tuple[str, int], int]]:
    used: dict[tuple[str, str, int], int] = {}
    for cell in run.result.plan.allocation:
        key = (cell.nation, cell.capability, cell.period)
        used[key] = used.get(key, 0) + cell.quantity
    released = {(r.commitment, r.period): r.quantity for r in run.result.plan.released}
    return used, released


def _supply_row(run: RunRecord, row: Supply) -> tuple[Value, ...]:
    capability = run.problem.capabilities[row.capability]
    planned = run.result.plan.status != "unknown"
    return (
        row.nation,
        row.capability,
        row.period,
        capability.unit,
        row.available,
        row.standing,
        row.rotating,
        row.released if planned else None,
        capability.rotation,
        row.net,
        row.used if planned else None,
        row.left if planned else None,
        joined(run.problem.basis.get((row.nation, row.capability), ())),
    )
