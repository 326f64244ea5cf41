"""Everything that is claimed of a plan under events and that plain Python can check."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allocator.checker.keeping_up import how_long_faults
from allocator.checker.loss import AfterLoss
from allocator.checker.plan import plan_faults
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Witness
from allocator.results.endurance import HowLong, Outcome, TaskUnder
from allocator.results.result import Allocation, Plan, allocation_of


def endurance_faults(
    problem: Problem,
    world: World,
    plan: Plan,
    events: tuple[Outcome, ...],
    lasts: tuple[HowLong, ...] = (),
) -> Iterator[str]:
    """Yield what is wrong, a sentence each: with the plan, with who holds, with plans after an
    event by every rule, their levels and edits.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    which of them by themselves. plan: what something is lost of. events: what is said of each.
    lasts: what is said of how long tasks can be kept up.
    """
    faults = list(plan_faults(problem, world, plan))
    yield from faults
    if faults or plan.status == "unknown":
        return
    allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    for event in events:
        checked = AfterLoss(problem, world, allocation, event.loss)
        for fault in _event_faults(checked, event):
            yield f"{event.loss}: {fault}"
    sets = [one.tasks for one in lasts]
    if lasts and sets != _kept_up(allocation.staffed):
        yield "how long is not told of all tasks of the plan together, then of each alone"
        return
    for one in lasts:
        for fault in how_long_faults(problem, world, one):
            yield f"how long {', '.join(one.tasks)}: {fault}"


def _kept_up(staffed: Collection[str]) -> list[tuple[str, ...]]:
    """All tasks of the plan, then each alone; one that is all is told once."""
    every = tuple(sorted(staffed))
    return [every, *((task,) for task in every if len(every) > 1)]


def _event_faults(checked: AfterLoss, event: Outcome) -> Iterator[str]:
    if event.touches != checked.touches:
        yield f"it is said {'' if event.touches else 'not '}to touch the plan"
    if [one.task for one in event.tasks] != sorted(checked.plan.staffed):
        yield "its tasks are not those that the plan staffs"
        return
    after = None
    if event.after is not None:
        after = _allocation(event.after)
        yield from _after_faults(checked, event, after)
    for one in event.tasks:
        for fault in _task_faults(checked, one, after):
            yield f"{one.task}: {fault}"


def _after_faults(checked: AfterLoss, event: Outcome, after: Allocation) -> Iterator[str]:
    for violation in checked.violations(after):
        yield f"the plan after it breaks {violation.rule}: {violation.message}"
    if not after.staffed <= checked.plan.staffed:
        yield "the plan after it staffs what was not in the plan"
    right = checked.levels(after)
    if [level.objective for level in event.levels] != list(right):
        yield "its levels are not those of the distance and the model"
        return
    for level in event.levels:
        if level.value != right[level.objective]:
            yield f"{level.objective} is {right[level.objective]}, not {level.value}"
        if level.bound > level.value:
            yield f"{level.objective} is {level.value}, better than its bound {level.bound}"
        if (level.status == "optimal") != (level.bound == level.value):
            yield f"{level.objective} is {level.value}, bound {level.bound}, and {level.status}"


def _task_faults(checked: AfterLoss, one: TaskUnder, after: Allocation | None) -> Iterator[str]:
    broken = checked.broken.get(one.task, ())
    if one.broken != tuple(dict.fromkeys(violation.rule for violation in broken)):
        yield f"what breaks is not {', '.join(one.broken) or 'nothing'}"
    if (one.state == "holds") == bool(broken):
        yield f"it is said to be: {one.state}; {len(broken)} rows break"
    staffed = after is not None and one.task in after.staffed
    if one.state == "repaired" and not staffed:
        yield "it is said to be repaired, and no plan is there that staffs it"
    if one.state in ("falls", "gives way") and staffed:
        yield f"it is said that it {one.state}, and the plan after the event staffs it"
    if (one.state == "falls") != (one.proof is not None):
        yield f"it is said to be: {one.state}; it has {'a' if one.proof else 'no'} proof"
    yield from _witness_faults(checked, one)
    if after is not None:
        yield from _edit_faults(checked, one, after)


def _witness_faults(checked: AfterLoss, one: TaskUnder) -> Iterator[str]:
    if (one.state == "gives way") != (one.witness is not None):
        yield f"it is said to be: {one.state}; it has {'a' if one.witness else 'no'} witness"
    elif one.witness is not None:
        witness = _allocation(one.witness)
        if one.task not in witness.staffed or not witness.staffed <= checked.plan.staffed:
            yield "its witness does not staff it, or staffs what was not in the plan"
        for violation in checked.violations(witness):
            yield f"its witness breaks {violation.rule}: {violation.message}"


def _edit_faults(checked: AfterLoss, one: TaskUnder, after: Allocation) -> Iterator[str]:
    keys = {k for k in checked.planned.keys() | after.units.keys() if k[1] == one.task}
    pairs = ((k, checked.planned.get(k, 0), after.units.get(k, 0)) for k in sorted(keys))
    right = [(*k, before, then) for k, before, then in pairs if before != then]
    if right != [(*edit.key, edit.before, edit.after) for edit in one.edits]:
        yield "its edits are not the difference between the plans"


def _allocation(kept: Witness) -> Allocation:
    return allocation_of(kept.staffed, kept.allocation, kept.released)
