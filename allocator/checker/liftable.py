"""Caveats and commitments that no open precondition lifts."""

from __future__ import annotations

from allocator.inputs.conditions import holds
from allocator.inputs.problem import Caveat, Commitment, Problem, World


def liftable(problem: Problem, world: World, task: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the caveats and the commitments that stand in the task's way somewhere even with every
    open precondition met, by id; those on tasks that may be staffed beside it included.

    What partners could satisfy (`joins`, `led_by`, `staffed`) counts as unsatisfied, `joins` of the
    caveat's own nation apart.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    best = problem.meeting(world, problem.open_preconditions(world))
    beside = problem.companions(task)
    wanted = frozenset(c for t in beside for c in problem.task(t).capabilities)
    return (
        frozenset(c.id for c in problem.caveats if _limits(problem, best, c, beside)),
        frozenset(c.id for c in problem.commitments if c.capability in wanted and _locks(best, c)),
    )


def _limits(problem: Problem, best: World, caveat: Caveat, tasks: frozenset[str]) -> bool:
    return any(
        period in caveat.periods
        and not holds(caveat.requires, best.holding(period), {caveat.nation})
        for task in tasks & caveat.tasks
        for period in problem.task(task).periods
    )


def _locks(best: World, commitment: Commitment) -> bool:
    return any(
        units and not holds(commitment.release_requires, best.holding(period))
        for period, units in enumerate(commitment.quantity, 1)
    )
