"""Everything that a repair claims and plain Python can check."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checker.distance import Aim
from allocator.checker.plan import plan_faults
from allocator.checker.rules import RULES
from allocator.checker.sets import antichain_faults
from allocator.checker.transversals import minimal_transversals
from allocator.inputs.given import Pair
from allocator.inputs.problem import Problem
from allocator.results.repair import Repair
from allocator.results.result import allocation_of


def repair_faults(problem: Problem, found: Repair) -> Iterator[str]:
    """What is wrong with the repair, a sentence each: its plan by every rule, the rows by their
    kinds, each level by its definition; that its families are each other's transversals."""
    aim = Aim(found.given, frozenset(found.added))
    if strange := sorted(task for task in aim.tasks if not problem.has_task(task)):
        yield f"the model has no task {strange[0]}"
        return
    yield from plan_faults(problem, found.world, found.plan, aim.values)
    if found.plan.status != "unknown":
        if found.clashes.clashes or found.clashes.frees:
            yield "there is a plan, and rows are said to clash"
        try:
            plan = found.plan
            allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
        except ValueError:
            return  # A row that stands twice is told already.
        yield from aim.faults(allocation)
    yield from _family_faults(found)
    for clash in found.clashes.clashes:
        if list(clash.rules) != [rule for rule in RULES if rule in clash.rules]:
            named = _named(frozenset(clash.pairs))
            yield f"the clash of {named}: its rules are not some of R1, R2, …"


def _family_faults(found: Repair) -> Iterator[str]:
    clashes = [frozenset(one.pairs) for one in found.clashes.clashes]
    frees = [frozenset(pairs) for pairs in found.clashes.frees]
    demanding = frozenset(found.given.demanding)
    for one in (*clashes, *frees):
        if not one <= demanding:
            yield f"{_named(one)}: not all of these have rows that have to stand"
    for name, family in (("clashes", clashes), ("what frees", frees)):
        yield from antichain_faults(name, [tuple(sorted(map(_one, one))) for one in family])
    for free in frees:
        for clash in clashes:
            if not free & clash:
                yield f"freeing {_named(free)} leaves the clash of {_named(clash)}"
    if found.clashes.complete and (clashes or frees):
        right = minimal_transversals([[_one(pair) for pair in one] for one in clashes])
        if right != {frozenset(map(_one, free)) for free in frees}:
            yield "what frees is not every minimal set that meets every clash"


def _one(pair: Pair) -> str:
    return f"{pair[0]} at {pair[1]}"


def _named(pairs: frozenset[Pair]) -> str:
    return ", ".join(map(_one, sorted(pairs))) or "nothing"
