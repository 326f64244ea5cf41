"""One allocation for all tasks together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from allocator.checker import objective_values
from allocator.checker.distance import kind_faults
from allocator.checker.plan import plan_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.errors import InputsWrongError
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.given import hold
from allocator.model.objectives import levels
from allocator.model.scope import joint
from allocator.model.variables import Variables
from allocator.results.result import (
    Allocation,
    Level,
    Plan,
    Shortfall,
    allocation_of,
    cells,
    releases,
)
from allocator.search.given.start import Start, start_near
from allocator.search.plan.levels import Optimised, optimise
from allocator.search.plan.steering import steering

START_SHARE = 0.4
"""Of the time, for values near a given plan to start from."""

GRACE = 1.0
"""Seconds beyond the deadline in which the levels of doing nothing may still be made."""


def joint_plan(
    problem: Problem,
    world: World,
    settings: Settings,
    deadline: Deadline,
    reached: Callable[[Level], None] = lambda level: None,
    workers: int = 1,
    given: GivenPlan | None = None,
    never: Iterable[str] = (),
) -> Plan:
    """Return the plan by the model's objectives in turn, contested tasks apart. It passes the
    checker. given: a plan whose rows are held as their kind says; levels start near it. Raises
    ClashError where its rows cannot all stand.

    Where the deadline came before any plan the status is unknown, and the levels are those of
    doing nothing; there are none where not even the program was built a moment after it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. reached: told of each level
    once it ends. workers: how many questions are worked on at once.
    """
    try:
        variables = build(problem, joint(problem, world), deadline.shifted(GRACE).check)
    except TimeUpError:
        return Plan()
    for task in never:
        variables.program.fix(variables.staffed[task], 0)
    if given is None:
        found = optimise(variables, settings, deadline, reached, workers)
    else:
        found = _near(variables, given, settings, deadline, reached, workers)
    if found.allocation is None:
        return Plan(status="unknown", levels=found.levels)
    plan = as_plan(problem, found.allocation, found.levels)
    return plan if _passes(problem, world, plan, deadline, given) else _none(problem, found.levels)


def as_plan(problem: Problem, allocation: Allocation, levels: Sequence[Level]) -> Plan:
    """Return the allocation as a result states it, contested tasks apart.

    problem: the model that is asked about, with its tables. levels: what each objective reached.
    """
    proved = all(level.status == "optimal" for level in levels)
    return Plan(
        status="optimal" if proved else "feasible",
        levels=tuple(levels),
        staffed=tuple(sorted(allocation.staffed)),
        allocation=cells(allocation),
        released=releases(allocation),
        shortfalls=_shortfalls(problem, allocation),
    )


class ClashError(InputsWrongError):
    """Rows of a given plan that cannot all stand."""


def _near(
    variables: Variables,
    given: GivenPlan,
    settings: Settings,
    deadline: Deadline,
    reached: Callable[[Level], None],
    workers: int,
) -> Optimised:
    """As `optimise`, with the rows held, from values near the plan. Raises ClashError."""
    objectives = levels(variables)
    part = deadline.part(START_SHARE)
    cost = steering(objectives)
    stands = hold(variables, given)
    start = start_near(variables, given, cost, settings, part) if stands else Start(None, True)
    if start.refuted:
        raise ClashError(
            f"the rows of {given.file} that have to stand cannot all stand; "
            "`allocator repair` with the same plan names those that clash"
        )
    return optimise(
        variables, settings, deadline, reached, workers, objectives, start.values, in_parts=False
    )


def _passes(
    problem: Problem, world: World, plan: Plan, deadline: Deadline, given: GivenPlan | None
) -> bool:
    """Whether the checker finds nothing wrong with the plan and its levels; what it finds is a
    fault of ours, and reported."""
    faults = list(plan_faults(problem, world, plan))
    if given is not None:
        found = allocation_of(plan.staffed, plan.allocation, plan.released)
        faults += kind_faults(given, found)
    for fault in faults:
        deadline.report(f"the checker refuses the joint plan: {fault}")
    return not faults


def _none(problem: Problem, levels: Sequence[Level]) -> Plan:
    """No plan: the levels are those of doing nothing."""
    values = objective_values(problem, Allocation())
    told = [
        level.model_copy(update={"value": values[level.objective], "status": "feasible"})
        for level in levels
    ]
    return Plan(status="unknown", levels=tuple(told))


def _shortfalls(problem: Problem, allocation: Allocation) -> tuple[Shortfall, ...]:
    """Lines below their target, in tasks staffed or not; scaled lines have none."""
    filled: dict[tuple[str, str, int], int] = {}
    for (_, task_id, line_id, capability, period), units in allocation.units.items():
        weight = problem.task(task_id).line(line_id).weights[capability]
        key = (task_id, line_id, period)
        filled[key] = filled.get(key, 0) + weight * units
    return tuple(
        Shortfall(
            task=task.id,
            line=line.id,
            period=period,
            minimum=line.minimum,
            target=line.target,
            filled=filled.get((task.id, line.id, period), 0),
        )
        for task in problem.tasks
        for line in task.lines
        for period in task.periods
        if not line.scaled and filled.get((task.id, line.id, period), 0) < line.target
    )
