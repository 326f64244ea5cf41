"""What a result claims of one task asked about alone."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checker.families import blocker_faults
from allocator.checker.liftable import liftable
from allocator.checker.packages import package_faults
from allocator.checker.sets import antichain_faults
from allocator.inputs.problem import Problem, World
from allocator.results.result import Gaps, TaskRecord


def task_faults(problem: Problem, world: World, record: TaskRecord) -> Iterator[str]:
    """Yield what is wrong with the record, a sentence each.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    if not problem.has_task(record.task):
        yield f"the model has no task {record.task}"
        return
    yield from _misplaced(record)
    yield from _range_faults(problem, record)
    if record.verdict == "ready":
        yield from package_faults(problem, world, record)
    if record.verdict == "blocked":
        yield from blocker_faults(problem, world, record)
    if record.verdict == "short":
        yield from _gap_faults(problem, world, record.task, record.gaps)


def _misplaced(record: TaskRecord) -> Iterator[str]:
    """Answers to a question that the verdict does not raise."""
    gaps = record.gaps
    answers = {
        "packages": (record.packages.sets, "ready"),
        "unlocking sets": (record.unlocking.sets, "blocked"),
        "blocking sets": (record.blocking.sets, "blocked"),
        "necessary preconditions": (record.necessary, "blocked"),
        "gaps": ((*gaps.units, *gaps.rules, *gaps.lifts), "short"),
    }
    for name, (answer, verdict) in answers.items():
        if answer and record.verdict != verdict:
            yield f"{record.task} is {record.verdict}, and has {name}"


def _range_faults(problem: Problem, record: TaskRecord) -> Iterator[str]:
    """Figures as stated lie in their ranges: what is sure of these holds as stated."""
    over = record.over_ranges
    if over is not None and not problem.ranges:
        yield f"{record.task} is {over} over ranges, and no figure has one"
    if over is None and problem.ranges and record.verdict != "unknown":
        yield f"{record.task} lacks its verdict over the ranges of {len(problem.ranges)} figures"
    ready = record.verdict == "ready"
    known = record.verdict != "unknown"
    if known and ((over == "surely ready" and not ready) or (over == "surely not" and ready)):
        yield f"{record.task} is {record.verdict} as stated, and {over} over the ranges"


def _gap_faults(problem: Problem, world: World, task_id: str, gaps: Gaps) -> Iterator[str]:
    task = problem.task(task_id)
    weights = {line.id: line.weights for line in task.lines}
    for added in gaps.units:
        if added.capability not in weights.get(added.line, ()) or added.period not in task.periods:
            yield f"the gap of {task_id} adds where nothing fits: {added}"
        if added.quantity < 1:
            yield f"the gap of {task_id} adds {added.quantity} units: {added}"
    keys = [(added.line, added.period, added.capability) for added in gaps.units]
    if keys != sorted(set(keys)):
        yield f"the gap of {task_id} is not sorted by line, period and capability, each once"
    if bool(gaps.units) != (gaps.units_status in ("optimal", "feasible")):
        yield f"the gap of {task_id} adds {len(gaps.units)} rows and is {gaps.units_status}"
    if gaps.rules and gaps.units_status != "none":
        yield f"the gap of {task_id} names rules, and units help: {gaps.units_status}"
    yield from _lift_faults(problem, world, task_id, gaps)


def _lift_faults(problem: Problem, world: World, task: str, gaps: Gaps) -> Iterator[str]:
    caveats, commitments = liftable(problem, world, task)
    lifts = [(lift.caveats, lift.commitments) for lift in gaps.lifts]
    for named, locked in lifts:
        strange = (set(named) - caveats) | (set(locked) - commitments)
        if strange:
            yield f"{task}: {', '.join(sorted(strange))} may be lifted already, or is unknown"
        if list(named) != sorted(set(named)) or list(locked) != sorted(set(locked)):
            yield f"{task}: the members of a lift are not sorted, each once: {named} {locked}"
    sets = [tuple((0, c) for c in named) + tuple((1, k) for k in locked) for named, locked in lifts]
    if () in sets:
        yield f"{task}: lifting nothing does not help"
    yield from antichain_faults(f"{task}: lifts", sets)
