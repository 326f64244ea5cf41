"""What a plan assumes without saying so: preconditions that make it pass, rows to be lifted.

No engine is asked: units are fixed, so the checker answers each question. Sets are found as those
that unlock a task are (`allocator.search.minimal_sets`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice, product

from allocator.checker.fixed_plan import FixedPlan
from allocator.deadline import Deadline
from allocator.results.result import Lift, by_size
from allocator.search.minimal_sets.families import Answer, positions
from allocator.search.minimal_sets.search import Search

MOST_LIFTS = 1000
"""Sets of rows to be lifted that are listed."""

Sets = tuple[tuple[str, ...], ...]


def assumptions(plan: FixedPlan, deadline: Deadline) -> tuple[Sets, bool]:
    """The minimal sets of open preconditions that, met on top of the world, make the plan pass,
    and whether these are all."""
    if not plan.violations:
        return ((),), True
    if plan.with_everything_met().violations:
        return (), True
    return _minimal(plan.relevant, plan.passes, deadline)


def lifts(best: FixedPlan, deadline: Deadline) -> tuple[tuple[Lift, ...], bool]:
    """The minimal sets of rows whose lifting makes the plan pass, and whether these are all. A
    caveat that breaks has to go; of commitments, any that leave a pool enough.

    best: the plan with every open precondition met.
    """
    if not best.violations or not best.liftable:
        return (), True
    found = [_of_pool(best, pool, deadline) for pool in sorted(best.pools)]
    complete = all(whole for _, whole in found)
    ways = product(*(sets for sets, _ in found))
    listed = list(islice(ways, MOST_LIFTS + 1))
    lifts = [
        Lift(caveats=best.broken_caveats, commitments=tuple(sorted(k for one in way for k in one)))
        for way in listed[:MOST_LIFTS]
    ]
    lifts.sort(key=lambda lift: (len(lift.commitments), lift.commitments))
    return tuple(lifts), complete and len(listed) <= MOST_LIFTS


def _of_pool(best: FixedPlan, pool: tuple[str, str], deadline: Deadline) -> tuple[Sets, bool]:
    names = tuple(c.id for c in best.problem.commitments_of(*pool))
    return _minimal(names, lambda gone: best.holds_without(gone, pool), deadline)


def _minimal(
    names: tuple[str, ...], passes: Callable[[Iterable[str]], bool], deadline: Deadline
) -> tuple[Sets, bool]:
    def ask(mask: int) -> Answer:
        return Answer.YES if passes(names[p] for p in positions(mask)) else Answer.NO

    found = Search(len(names), ask, lambda mask: True, deadline).run()
    sets = by_size(tuple(names[p] for p in positions(mask)) for mask in found.minimal)
    return sets, found.complete
