"""Packages of a ready task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.checker.case import Violation
from allocator.checker.rules import violations
from allocator.checker.sets import antichain_faults, counted_faults, order_faults
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation, Package, TaskRecord, allocation_of, cells, releases


def package_faults(problem: Problem, world: World, record: TaskRecord) -> Iterator[str]:
    """Yield what is wrong with the packages of a ready task, a sentence each.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. record: what the result says of the task.
    """
    sets = [package.nations for package in record.packages.sets]
    if record.packages.complete and not sets and not record.packages.only:
        yield f"{record.task}: the packages are said to be complete, and there is none"
    yield from counted_faults(f"{record.task}: packages", record.packages)
    if not 0 <= (record.packages.optimised or 0) <= len(sets):
        yield f"{record.task}: more packages are called best than there are"
    yield from order_faults(f"{record.task}: packages", sets)
    yield from antichain_faults(f"{record.task}: packages", sets)
    for package in record.packages.sets:
        for fault in _faults(problem, world, record.task, package):
            yield f"{record.task}, package {' '.join(package.nations) or 'of no nation'}: {fault}"


def _faults(problem: Problem, world: World, task: str, package: Package) -> Iterator[str]:
    try:
        allocation = allocation_of((), package.allocation, package.released)
    except ValueError as error:
        yield str(error)
        return
    if (package.allocation, package.released) != (cells(allocation), releases(allocation)):
        yield "the rows of its allocation are not sorted"
    sent = allocation.nations_at(task)
    if sent != set(package.nations):
        yield f"{', '.join(sorted(sent)) or 'nobody'} contribute in its allocation"
    for violation in _read(problem, world, task, allocation)[1]:
        yield f"its allocation breaks {violation.rule}: {violation.message}"


def reading(problem: Problem, world: World, task: str, allocation: Allocation) -> Allocation:
    """Return the allocation with the tasks that it must be meant to staff.

    A package does not say which tasks stand beside its own. Those with units do; one that needs
    no units may do so as well, and a condition may count on it. Being staffed only ever helps the
    conditions of others, so where the tasks with units do not pass alone, the most that can stand
    beside them decides: all without units, less those that break a rule, until none does.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task: its id.
    """
    return _read(problem, world, task, allocation)[0]


def _read(
    problem: Problem, world: World, task: str, allocation: Allocation
) -> tuple[Allocation, tuple[Violation, ...]]:
    """The reading, and the rules that it breaks."""
    only = problem.companions(task)
    with_units = frozenset(key[1] for key in allocation.units) | {task}
    least = replace(allocation, staffed=with_units)
    if not (faults := violations(problem, world, least, only=only)):
        return least, ()
    beside = only - with_units
    while beside:
        most = replace(allocation, staffed=with_units | beside)
        found = violations(problem, world, most, only=only)
        broken = {v.places.get("task") for v in found}
        if not beside & broken:
            return most, found
        beside -= broken
    return least, faults
