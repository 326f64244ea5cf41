"""One allocation for all tasks together."""

from __future__ import annotations

from collections.abc import Callable

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.model import build
from allocator.model.scope import joint
from allocator.plan.levels import optimise
from allocator.problem import Problem, World
from allocator.result import Level, Plan, cells, releases
from allocator.verify import shortfalls


def joint_plan(
    problem: Problem,
    world: World,
    settings: Settings,
    deadline: Deadline,
    reached: Callable[[Level], None] = lambda level: None,
) -> Plan:
    """The plan by the model's objectives in turn, contested tasks apart.

    Where the deadline came before any plan the status is unknown, and the levels are those of
    doing nothing.
    """
    found = optimise(build(problem, joint(problem, world)), settings, deadline, reached)
    if found.allocation is None:
        return Plan(status="unknown", levels=found.levels)
    proved = all(level.status == "optimal" for level in found.levels)
    return Plan(
        status="optimal" if proved else "feasible",
        levels=found.levels,
        staffed=tuple(sorted(found.allocation.staffed)),
        allocation=cells(found.allocation),
        released=releases(found.allocation),
        shortfalls=tuple(shortfalls(problem, found.allocation)),
    )
