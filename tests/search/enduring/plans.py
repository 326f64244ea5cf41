"""Plans to lose something of: the joint plan, or any valid one."""

from __future__ import annotations

from random import Random

from allocator.checker import is_valid
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Loss
from allocator.results.result import Allocation, allocation_of
from allocator.search.plan.joint import joint_plan
from tests.brute.parts import NotTinyError
from tests.search.enduring.brute import After

NOBODY = Loss("nation", "", 1)


def best_plan(problem: Problem, world: World) -> Allocation:
    """The joint plan."""
    plan = joint_plan(problem, world, Settings(), Deadline(60))
    return allocation_of(plan.staffed, plan.allocation, plan.released)


def any_plan(problem: Problem, world: World, rng: Random) -> Allocation | None:
    """A valid plan that staffs something, with the releases that it needs and maybe more; None
    where there is none, or too many to list."""
    tasks = frozenset(task.id for task in problem.tasks)
    every = After(problem, dict(world.stated or {}), Allocation(tasks), NOBODY)
    try:
        plans = [(staffed, units) for staffed, units, _ in every.plans() if staffed]
    except NotTinyError:
        return None
    if not plans:
        return None
    least = min(max(len(staffed) for staffed, _ in plans), rng.choice((1, 2, 3)))
    staffed, units = rng.choice([plan for plan in plans if len(plan[0]) >= least])
    released: dict[tuple[str, int], int] = {}
    for pool, sent in every.pools(units).items():
        fitting = [r for r in every.every_release(pool) if every.fits(pool, sent, r)]
        released |= rng.choice((fitting[0], fitting[-1], rng.choice(fitting)))
    plan = Allocation(staffed, units, released)
    assert is_valid(problem, world, plan)
    return plan
