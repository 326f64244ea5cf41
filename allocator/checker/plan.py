"""What the joint plan of a result claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from allocator.checker.objectives import HIGHER_IS_BETTER, objective_values
from allocator.checker.rules import violations
from allocator.checker.shortfalls import shortfalls
from allocator.inputs.problem import Problem, World
from allocator.results.result import (
    Allocation,
    Contest,
    Level,
    Plan,
    allocation_of,
    cells,
    releases,
)

Values = Callable[[Problem, Allocation, World], dict[str, int]]
"""Each level's value by its name, in the order of the levels."""


def plan_faults(
    problem: Problem, world: World, plan: Plan, values: Values = objective_values
) -> Iterator[str]:
    """Yield what is wrong with the plan, a sentence each. values: those of its levels.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    if plan.status == "unknown":
        claims = (plan.staffed, plan.allocation, plan.released, plan.shortfalls, plan.contested)
        if any(claims):
            yield "the plan's status is unknown, and it says something all the same"
        elif plan.levels:
            # Without a plan the levels are those of doing nothing.
            yield from level_faults(problem, world, plan.levels, Allocation(), values)
        return
    try:
        allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    except ValueError as error:
        yield f"the plan: {error}"
        return
    for violation in violations(problem, world, allocation):
        yield f"the plan breaks {violation.rule}: {violation.message}"
    yield from level_faults(problem, world, plan.levels, allocation, values)
    yield from _status_faults(plan)
    yield from _row_faults(problem, plan, allocation)
    for contest in plan.contested:
        yield from _contest_faults(problem, plan, contest)


def _status_faults(plan: Plan) -> Iterator[str]:
    yield from _reached_faults(plan.levels)
    all_optimal = all(level.status == "optimal" for level in plan.levels)
    if plan.levels and (plan.status == "optimal") != all_optimal:
        statuses = ", ".join(level.status for level in plan.levels)
        yield f"the plan's status is {plan.status}, its levels' are {statuses}"


def _reached_faults(levels: Sequence[Level]) -> Iterator[str]:
    for level in levels:
        if level.status == "feasible" and level.bound == level.value:
            yield f"{level.objective} reaches its bound {level.bound}, and is called feasible"


def level_faults(
    problem: Problem,
    world: World,
    levels: Sequence[Level],
    allocation: Allocation,
    values: Values = objective_values,
) -> Iterator[str]:
    """Yield what is wrong with what levels say of the allocation.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. values: what gives each objective its value.
    """
    right = values(problem, allocation, world)
    names = [level.objective for level in levels]
    if names != list(right):
        yield f"the plan's levels are {', '.join(names)}, not {', '.join(right)}"
    for level in levels:
        if level.objective in right:
            yield from _bound_faults(level, right[level.objective])


def _bound_faults(level: Level, value: int) -> Iterator[str]:
    name, bound = level.objective, level.bound
    if level.value != value:
        yield f"{name} is {value} in the plan, not {level.value}"
    wrong_side = bound < value if name.startswith(HIGHER_IS_BETTER) else bound > value
    if wrong_side:
        yield f"{name} is {value}, better than its proved bound {bound}"
    if level.status == "optimal" and bound != value:
        yield f"{name} is called optimal with value {value} and bound {bound}"


def _row_faults(problem: Problem, plan: Plan, allocation: Allocation) -> Iterator[str]:
    if list(plan.staffed) != sorted(set(plan.staffed)):
        yield f"the staffed tasks are not sorted, each once: {', '.join(plan.staffed)}"
    if plan.allocation != cells(allocation):
        yield "the rows of the plan's allocation are not sorted"
    if plan.released != releases(allocation):
        yield "the rows of what the plan releases are not sorted"
    rows = shortfalls(problem, allocation)
    said, right = frozenset(plan.shortfalls), frozenset(rows)
    yield from (f"a shortfall is missing: {row}" for row in rows if row not in said)
    yield from (f"a shortfall is wrong: {row}" for row in plan.shortfalls if row not in right)
    if sorted(plan.shortfalls, key=str) == sorted(rows, key=str) and plan.shortfalls != rows:
        yield "the shortfalls are not sorted by task, line and period"


def _contest_faults(problem: Problem, plan: Plan, contest: Contest) -> Iterator[str]:
    where = f"contested {contest.task}"
    if not problem.has_task(contest.task):
        yield f"{where}: the model has no such task"
        return
    task = problem.task(contest.task)
    if contest.task in plan.staffed:
        yield f"{where}: the plan staffs it"
    if not contest.rivals:
        yield f"{where}: no rival is named"
    for rival in contest.rivals:
        if rival not in plan.staffed or not problem.has_task(rival):
            yield f"{where}: its rival {rival} is not staffed"
        elif problem.task(rival).priority > task.priority:
            other = problem.task(rival).priority
            yield f"{where}: its rival {rival} has priority {other}, worse than {task.priority}"
    for line in set(contest.lines) - {line.id for line in task.lines}:
        yield f"{where}: it has no line {line}"
