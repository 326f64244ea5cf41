"""Tables of the joint plan, and the verdicts beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from allocator.inputs.problem import Commitment
from allocator.report.sentences import situation as say
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole, yes_no
from allocator.results.result import Cell, Level, Release, TaskRecord

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def tasks(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "title": "its title",
        "priority": whole("1 comes first"),
        "verdict": "ready, blocked, short or unknown, asked about alone",
        "staffed": "yes or no: in the joint plan; blank where there is no plan",
        "nations": whole("number of nations at the task in the joint plan", "nations"),
        "packages": whole("number of packages listed", "packages"),
        "packages_complete": "yes where these are all that were asked for",
        "unlocking_sets": whole("number of unlocking sets listed", "sets"),
        "unlocking_complete": "yes where these are all",
        "blocking_sets": whole("number of blocking sets listed", "sets"),
        "blocking_complete": "yes where these are all",
        "necessary": (
            "preconditions that hold whichever way is taken, brought about or implied, ';' between"
        ),
    }
    if run.problem.ranges:
        columns = _beside_verdict(columns, OVER_RANGES)
    rows = (_task_row(run, record) for record in run.result.tasks)
    return make_table("tasks", "One row a task: its verdict.", columns, rows)


OVER_RANGES: Columns = {
    "over_ranges": (
        "only where figures have ranges: surely ready, surely not, open (it depends on where they "
        "lie) or unknown"
    )
}


def _beside_verdict(columns: Columns, more: Columns) -> Columns:
    names = list(columns)
    after = names.index("verdict") + 1
    return {n: columns.get(n, more.get(n, "")) for n in (*names[:after], *more, *names[after:])}


def _task_row(run: RunRecord, record: TaskRecord) -> tuple[Value, ...]:
    plan = run.result.plan
    task = run.problem.task(record.task)
    planned = plan.status != "unknown"
    return (
        record.task,
        task.title,
        task.priority,
        record.verdict,
        *((record.over_ranges or "unknown",) if run.problem.ranges else ()),
        yes_no(record.task in plan.staffed) if planned else None,
        len({cell.nation for cell in plan.allocation if cell.task == record.task})
        if planned
        else None,
        len(record.packages.sets),
        yes_no(record.packages.complete),
        len(record.unlocking.sets),
        yes_no(record.unlocking.complete),
        len(record.blocking.sets),
        yes_no(record.blocking.complete),
        joined(record.necessary),
    )


def levels(run: RunRecord) -> Table:
    columns: Columns = {
        "order": whole("1 was optimised first"),
        "objective": "id of the objective",
        "meaning": "the objective in words",
        "value": whole("what the plan reaches", "of the objective"),
        "bound": whole(
            "proved: no plan that keeps the earlier objectives does better", "of the objective"
        ),
        "status": "optimal (value equals bound, proved) or feasible",
        "proved_by": (
            "what proved the bound: a sum, a linear relaxation, or an engine (cpsat, highs, scip) "
            "with which a second search agrees; "
            "blank where not kept"
        ),
    }
    rows = (
        (
            order,
            level.objective,
            say.objective(level.objective),
            level.value,
            level.bound,
            level.status,
            level.proved_by,
        )
        for order, level in enumerate(run.result.plan.levels, 1)
    )
    return make_table("levels", "One row an objective of the joint plan.", columns, rows)


def with_and_without(
    before: Sequence[Level], after: Sequence[Level]
) -> Iterator[tuple[Value, ...]]:
    """Of each level: its objective, its value in the plan with everybody and in the one without
    somebody, the difference, the latter's bound, and how far both are proved: with the levels
    before them, since a level is proved for what these reached."""
    proved = True
    for one, other in zip(before, after, strict=True):
        proved = proved and one.status == other.status == "optimal"
        yield (
            other.objective,
            one.value,
            other.value,
            other.value - one.value,
            other.bound,
            "optimal" if proved else "feasible",
        )


CELL: Columns = {
    "nation": "code of the nation that sends",
    "task": "task that receives",
    "line": "requirement line that is filled",
    "capability": "id of the capability",
    "period": whole("period, counted from 1"),
    "quantity": whole("units sent", "units"),
    "unit": "what one unit is",
    "personnel_per_unit": whole("people in one unit", "people"),
    "personnel": whole("people in these units", "people"),
    "basis": "how far the availability behind it can be trusted, ';' between",
}


def allocation(run: RunRecord) -> Table:
    rows = (cell_row(run, cell) for cell in run.result.plan.allocation)
    return make_table("allocation", "One row for units sent in the joint plan.", CELL, rows)


def cell_row(run: RunRecord, cell: Cell) -> tuple[Value, ...]:
    capability = run.problem.capabilities[cell.capability]
    return (
        cell.nation,
        cell.task,
        cell.line,
        cell.capability,
        cell.period,
        cell.quantity,
        capability.unit,
        capability.personnel,
        cell.quantity * capability.personnel,
        joined(run.problem.basis.get((cell.nation, cell.capability), ())),
    )


def contested(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "task that is ready alone, but not in the joint plan",
        "rivals": "tasks that use the same forces, ';' between",
        "lines": "its lines they compete for, ';' between",
    }
    rows = (
        (contest.task, joined(contest.rivals), joined(contest.lines))
        for contest in run.result.plan.contested
    )
    return make_table("contested", "One row a task left out for its rivals.", columns, rows)


def shortfalls(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task, staffed or not",
        "line": "requirement line",
        "period": whole("period, counted from 1"),
        "minimum": whole("least that the task needs", "weighted units"),
        "target": whole("what it should have", "weighted units"),
        "filled": whole("what the joint plan sends", "weighted units"),
        "missing": whole("target less filled", "weighted units"),
    }
    rows = (
        (s.task, s.line, s.period, s.minimum, s.target, s.filled, s.target - s.filled)
        for s in run.result.plan.shortfalls
    )
    return make_table("shortfalls", "One row a line below its target.", columns, rows)


def released(run: RunRecord) -> Table:
    columns: Columns = {
        "commitment": "id of the commitment",
        "nation": "nation that is committed",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "quantity": whole("units released in the joint plan", "units"),
        "risk": whole("risk of these units, as the commitment states it", "risk points"),
        "to": "to whom the units are committed",
        "purpose": "what for",
        "basis": "how far the commitment's figure can be trusted",
    }
    known = {commitment.id: commitment for commitment in run.problem.commitments}
    rows = (_release_row(known[r.commitment], r) for r in run.result.plan.released)
    return make_table("released", "One row for committed units that are released.", columns, rows)


def _release_row(commitment: Commitment, release: Release) -> tuple[Value, ...]:
    return (
        commitment.id,
        commitment.nation,
        commitment.capability,
        release.period,
        release.quantity,
        release.quantity * commitment.release_risk,
        commitment.to,
        commitment.purpose,
        commitment.basis,
    )
