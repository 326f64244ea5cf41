"""Unlocking sets, blocking sets and necessary preconditions of a blocked task."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from allocator.checker.sets import antichain_faults, counted_faults, order_faults
from allocator.checker.transversals import is_minimal_transversal, minimal_transversals
from allocator.inputs.problem import Problem, World
from allocator.results.result import Family, TaskRecord

MOST_PAIRS = 50_000_000
"""Sets said to be in a family times sets of the other, up to which they are counted again; the
search has the same figure for what is listed."""


def blocker_faults(problem: Problem, world: World, record: TaskRecord) -> Iterator[str]:
    """Yield what is wrong with the blockers of a blocked task, a sentence each.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. record: what the result says of the task.
    """
    for name, family in (("unlocking", record.unlocking), ("blocking", record.blocking)):
        yield from _family_faults(problem, world, f"{record.task}: {name} sets", family)
    faults = [
        *_duality_faults(record.task, "unlocking", record.unlocking, record.blocking),
        *_duality_faults(record.task, "blocking", record.blocking, record.unlocking),
    ]
    yield from faults
    if faults or not (record.unlocking.complete and record.blocking.complete):
        # Families that are each other's minimal transversals meet, and none contains another.
        yield from _meeting_faults(record)
        for name, family in (("unlocking", record.unlocking), ("blocking", record.blocking)):
            yield from antichain_faults(f"{record.task}: {name} sets", family.sets)
    yield from _necessary_faults(problem, world, record)


def _family_faults(problem: Problem, world: World, name: str, family: Family) -> Iterator[str]:
    members = {member for one in family.sets for member in one}
    for member in sorted(members - set(problem.open_preconditions(world))):
        yield f"{name}: {member} is not open in the world"
    if () in family.sets:
        yield f"{name}: the empty set would contradict the verdict"
    if family.complete and not family.sets:
        yield f"{name}: said to be complete, and there is none"
    yield from counted_faults(name, family)
    yield from order_faults(name, family.sets)
    for one, following in pairwise(family.sets):
        if one == following:
            yield f"{name}: {one} stands twice"


def _meeting_faults(record: TaskRecord) -> Iterator[str]:
    blocking = [(other, frozenset(other)) for other in record.blocking.sets]
    for one in record.unlocking.sets:
        for other, members in blocking:
            if members.isdisjoint(one):
                yield f"{record.task}: unlocking {one} does not meet blocking {other}"


def counted_again(family: Family, dual: Family) -> bool:
    """Whether all sets of a family are looked for again, from those of its dual."""
    return dual.complete and (family.in_all or 0) * len(dual.sets) <= MOST_PAIRS


def _duality_faults(task: str, name: str, family: Family, dual: Family) -> Iterator[str]:
    """Where the dual family is complete, the family's sets are its minimal transversals: one by
    one where they are more than can be looked for."""
    if not dual.complete:
        return
    listed = {frozenset(one) for one in family.sets}
    if not counted_again(family, dual):
        met = [frozenset(other) for other in dual.sets]
        right = frozenset(one for one in listed if is_minimal_transversal(one, met))
        wrong = listed - right
    else:
        right = minimal_transversals(dual.sets)
        wrong = listed - right
        if family.in_all not in (None, len(right)):
            yield f"{task}: {len(right):,} {name} sets are counted, not {family.in_all:,}"
    for one in sorted(map(sorted, wrong)):
        yield f"{task}: {one} is no minimal transversal, so no {name} set"
    if family.complete:
        for one in sorted(map(sorted, right - listed)):
            yield f"{task}: {name} set {one} is missing"


def _necessary_faults(problem: Problem, world: World, record: TaskRecord) -> Iterator[str]:
    claimed = record.necessary
    if list(claimed) != sorted(set(claimed)):
        yield f"{record.task}: the necessary preconditions are not sorted, each once"
    if not record.unlocking.sets:
        return
    right = _in_every(problem, world, record.unlocking)
    for name in sorted(set(claimed) - right):
        yield f"{record.task}: {name} is not necessary, an unlocking set does without"
    if record.unlocking.complete:
        for name in sorted(right - set(claimed)):
            yield f"{record.task}: {name} is necessary and missing"


def _in_every(problem: Problem, world: World, unlocking: Family) -> frozenset[str]:
    """The open preconditions that hold from period 1 whichever unlocking set is met."""
    known = problem.preconditions
    common = frozenset(problem.open_preconditions(world))
    for one in unlocking.sets:
        met = problem.meeting(world, (name for name in one if name in known))
        common &= {name for name, start in met.starts.items() if start == 1}
    return common
