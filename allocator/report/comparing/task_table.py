"""The table of tasks, run by run."""

from __future__ import annotations

from functools import partial

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.inputs.problem import Problem
from allocator.report.comparing import figures as of
from allocator.report.comparing.words import BASE, RUN
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole, yes_no
from allocator.results.result import TaskRecord


def tasks(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "title": "its title",
        "run": RUN,
        "verdict": "ready, blocked, short or unknown, asked about alone; blank: not in this run",
        "base_verdict": BASE,
        "change": "same, better, worse, not known, or only in one of the runs",
        "joint_plan": "staffed, contested or no; blank where no plan is known",
        "base_joint_plan": BASE,
        "nations": whole("nations at the task in the joint plan", "nations"),
        "nation_ids": "which, ';' between",
        "people": whole("people at the task in its fullest period", "people"),
        "packages": whole("packages listed", "packages"),
        "packages_complete": "yes where these are all",
        "smallest_package": whole("nations in the smallest package listed", "nations"),
        "ways": whole("ways to unlock it listed", "ways"),
        "ways_complete": "yes where these are all",
        "necessary": (
            "preconditions that hold whichever way is taken, brought about or implied, ';' between"
        ),
        "units_missing": whole("units to add in the worst period, all lines", "units"),
        "rules": "rules that no units help against, ';' between",
    }
    rows = (
        _task_row(comparison, side, task)
        for task in comparison.tasks_asked
        for side in comparison.sides
    )
    return make_table("tasks", "One row a task and run.", columns, rows)


def _task_row(comparison: ComparisonRecord, side: Side, task: str) -> tuple[Value, ...]:
    record, base = side.records.get(task), comparison.base.records.get(task)
    head: tuple[Value, ...] = (
        task,
        title(comparison, task),
        side.name,
        record.verdict if record else None,
        base.verdict if base else None,
        change(base, record),
        in_plan(side, task) if record else None,
        in_plan(comparison.base, task) if base else None,
    )
    return (*head, *(_figures(side, record) if record else (None,) * 11))


def _figures(side: Side, record: TaskRecord) -> tuple[Value, ...]:
    there = of.nations_at(side, record.task)
    staffed = of.planned(side) and record.task in side.result.plan.staffed
    people = of.people_of_tasks(side)
    ready, blocked = record.verdict == "ready", record.verdict == "blocked"
    units = [n for (task, _, _), n in of.missing(side).items() if task == record.task]
    return (
        len(there) if staffed else None,
        joined(there) if staffed else None,
        people.get((record.task,), 0) if staffed and people is not None else None,
        len(record.packages.sets) if ready else None,
        yes_no(record.packages.complete) if ready else None,
        min((len(package.nations) for package in record.packages.sets), default=None),
        len(record.unlocking.sets) if blocked else None,
        yes_no(record.unlocking.complete) if blocked else None,
        joined(record.necessary),
        sum(units) if units else None,
        joined(record.gaps.rules),
    )


def in_reading_order(comparison: ComparisonRecord) -> tuple[str, ...]:
    """The tasks by priority, as the first run that has one says it; those of which none is known
    last."""
    return tuple(sorted(comparison.tasks_asked, key=partial(_priority, comparison)))


def _priority(comparison: ComparisonRecord, task: str) -> float:
    known = (side.inputs.problem for side in comparison.sides if side.inputs is not None)
    return next((p.task(task).priority for p in known if p.has_task(task)), float("inf"))


def title(comparison: ComparisonRecord, task: str) -> str:
    """From the first run that has it; the id where no inputs are known."""
    for side in comparison.sides:
        if side.inputs is not None and side.inputs.problem.has_task(task):
            return side.inputs.problem.task(task).title
    return task


def named_by(comparison: ComparisonRecord, side: Side) -> Problem | None:
    """The model by which tasks and preconditions of a run are named; None where none is known."""
    known = side.inputs or comparison.base.inputs
    return known.problem if known else None


def named(comparison: ComparisonRecord, task: str) -> str:
    """The task by name, from the first run that has it; the id where no inputs are known."""
    told = title(comparison, task)
    return task if told == task else f"“{told}”"


def change(base: TaskRecord | None, record: TaskRecord | None) -> str:
    """How a verdict stands against the base's; an unknown one is no change."""
    if base is None or record is None:
        return "only in this run" if base is None else "only in the base"
    if "unknown" in (base.verdict, record.verdict):
        return "not known"
    if base.verdict == record.verdict:
        return "same"
    order = ("short", "blocked", "ready")
    return "better" if order.index(record.verdict) > order.index(base.verdict) else "worse"


def in_plan(side: Side, task: str) -> str | None:
    """staffed, contested, no; None where no plan is known."""
    plan = side.result.plan
    if plan.status == "unknown":
        return None
    if task in plan.staffed:
        return "staffed"
    return "contested" if any(contest.task == task for contest in plan.contested) else "no"
