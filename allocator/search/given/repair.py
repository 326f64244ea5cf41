"""The valid plan nearest to a given one: its levels in turn, then the model's objectives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from allocator.checker.distance import Aim
from allocator.checker.plan import plan_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.distance import distance
from allocator.model.given import hold
from allocator.model.objectives import Objective, levels
from allocator.model.scope import Scope
from allocator.model.variables import Variables
from allocator.results.repair import DISTANCE, Repair
from allocator.results.result import Level, Plan
from allocator.search.given.clashes import clashes
from allocator.search.given.demands import Demands
from allocator.search.given.start import Start, start_near
from allocator.search.plan.joint import as_plan
from allocator.search.plan.levels import optimise
from allocator.search.plan.steering import steering

START_SHARE = 0.4
"""Of the time, for values to start from."""


def repair(
    problem: Problem,
    world: World,
    given: GivenPlan,
    added: Collection[str],
    settings: Settings,
    deadline: Deadline,
    reached: Callable[[Level], None] = lambda level: None,
    workers: int = 1,
) -> Repair:
    """Return the plan that is nearest, every level proved or with its gap; or the clash of rows
    that cannot all stand. added: tasks that are asked for beside those of the given plan.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. deadline: when to end at the
    latest. reached: told of each level once it ends. workers: how many questions are worked on at
    once.
    """
    aim = Aim(given, frozenset(added))
    added_tasks = tuple(sorted(aim.added))
    whole = Repair(
        problem.model, world, given, added_tasks, calendar=problem.calendar, problem=problem
    )
    try:
        scope = Scope(world, aim.tasks)
        variables = build(problem, scope, deadline.check)
        stands = hold(variables, given)
        objectives = repair_levels(variables, aim)
    except TimeUpError:
        return whole
    start = _start(variables, given, objectives, stands, settings, deadline.part(START_SHARE))
    if start.refuted:
        asked = Demands(problem, world, given, aim.tasks, settings, deadline)
        return replace(whole, clashes=clashes(asked))
    plan = _plan(variables, aim, objectives, start, settings, deadline, reached, workers)
    return replace(whole, plan=plan)


def repair_levels(variables: Variables, aim: Aim) -> list[Objective]:
    """The levels of the distance, then the model's objectives but `staff_tasks`. Adds the
    variables that they need."""
    rest = (one for one in levels(variables) if not one.name.startswith("staff_tasks"))
    return [*distance(variables, aim.given, aim.added), *rest]


def _start(
    variables: Variables,
    given: GivenPlan,
    objectives: list[Objective],
    stands: bool,
    settings: Settings,
    deadline: Deadline,
) -> Start:
    if not stands:
        return Start(None, refuted=True)
    return start_near(variables, given, steering(objectives), settings, deadline)


def _plan(
    variables: Variables,
    aim: Aim,
    objectives: list[Objective],
    start: Start,
    settings: Settings,
    deadline: Deadline,
    reached: Callable[[Level], None],
    workers: int,
) -> Plan:
    """The best by the levels. It passes the checker, or there is none."""
    found = optimise(
        variables,
        settings,
        deadline,
        reached,
        workers,
        objectives,
        start.values,
        in_parts=False,
        foremost=sum(one.name.startswith(DISTANCE) for one in objectives),
    )
    if found.allocation is None:
        return Plan()
    problem, world = variables.problem, variables.scope.world
    plan = as_plan(problem, found.allocation, found.levels)
    faults = [
        *plan_faults(problem, world, plan, aim.values),
        *aim.faults(found.allocation),
    ]
    for fault in faults:
        deadline.report(f"the checker refuses the repaired plan: {fault}")
    return Plan() if faults else plan
