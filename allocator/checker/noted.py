"""Plans that a run keeps beside its result: of a task without a nation, of all tasks without one,
of the points of a front."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from allocator.checker.case import Case
from allocator.checker.objectives import HIGHER_IS_BETTER, objective_values
from allocator.checker.plan import level_faults
from allocator.checker.rules import violations
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Witness
from allocator.results.result import Allocation, Level, Plan, allocation_of

if TYPE_CHECKING:
    from allocator.results.departures import Departure
    from allocator.results.front import Front, Point

SHARE = "largest_share"


def price_faults(
    problem: Problem,
    world: World,
    task: str,
    without: str | None,
    plan: Witness,
    levels: Sequence[Level],
) -> Iterator[str]:
    """Yield what is wrong with the plan of a task alone, to which one nation sends nothing, and
    with the values that are said of it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. without: the nation that sends nothing, None for none. levels: the values
    that are said of the plan.
    """
    others = frozenset(problem.nations) - {without}
    only = problem.companions(task)
    allocation = yield from _passing(problem, world, plan, only, (task, others))
    if allocation is None:
        return
    if task not in allocation.staffed:
        yield "its plan does not staff the task"
    yield from level_faults(problem, world, levels, allocation)


def departure_faults(
    problem: Problem, world: World, plan: Plan, departure: Departure
) -> Iterator[str]:
    """Yield what is wrong with what is said of a nation's departure from the plan.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    sends = any(cell.nation == departure.nation for cell in plan.allocation)
    if sends != departure.sends:
        yield f"said to send {'something' if departure.sends else 'nothing'}; the plan differs"
    if not sends:
        if (departure.levels, departure.falls, departure.rises) != (plan.levels, (), ()):
            yield "it sends nothing, and the plan without it is said to be another"
        return
    if departure.plan is None:
        return
    left = problem.without([departure.nation])
    allocation = yield from _passing(left, world, departure.plan)
    if allocation is None:
        return
    changes = (set(plan.staffed) - allocation.staffed, allocation.staffed - set(plan.staffed))
    for what, said, right in zip(
        ("falls", "rises"), (departure.falls, departure.rises), changes, strict=True
    ):
        if said != tuple(sorted(right)):
            yield f"{what}: {', '.join(said) or 'nothing'}, not {', '.join(sorted(right))}"
    yield from level_faults(left, world, departure.levels, allocation)
    proved = all(level.status == "optimal" for level in departure.levels)
    if (departure.status == "optimal") != proved:
        yield f"its status is {departure.status}, its levels' are another"


def front_faults(problem: Problem, world: World, task: str, front: Front) -> Iterator[str]:
    """Yield what is wrong with a front, of a task alone or (blank) of the joint plan, as far as its
    own plans show it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    for number, point in enumerate(front.points, 1):
        for fault in _point_faults(problem, world, task, front.objectives, point):
            yield f"point {number}: {fault}"
    values = [point.values for point in front.points]
    if values != sorted(set(values)):
        yield "its points are not sorted by their values, each once"
    for one in values:
        for other in values:
            if one != other and all(a <= b for a, b in zip(one, other, strict=True)):
                yield f"{other} is beaten by {one}"


def _point_faults(
    problem: Problem, world: World, task: str, objectives: Sequence[str], point: Point
) -> Iterator[str]:
    plan = Witness(staffed=point.staffed, allocation=point.allocation, released=point.released)
    only = problem.companions(task) if task else None
    allocation = yield from _passing(problem, world, plan, only)
    if allocation is None:
        return
    if task and task not in allocation.staffed:
        yield "its plan does not staff the task"
    senders = {key[0] for key in allocation.units if task in ("", key[1])}
    if point.nations != tuple(sorted(senders)):
        yield f"its nations are {', '.join(sorted(senders))}, not {', '.join(point.nations)}"
    measured = _measured(problem, task, objectives, allocation)
    for name, said in zip(objectives, point.values, strict=True):
        if measured[name] != said:
            yield f"{name} is {measured[name]} in its plan, not {said}"


def _measured(
    problem: Problem, task: str, objectives: Sequence[str], allocation: Allocation
) -> dict[str, int]:
    """By the definitions; the largest share of one nation in the task, of the joint plan (blank) in
    any, in thousandths, rounded up."""
    names = tuple(name for name in objectives if name != SHARE)
    found = objective_values(replace(problem, objectives=names), allocation)
    case = Case(problem, World("", {}), allocation)
    shares = [
        -(-1000 * people // sum(national.values()))
        for national in (case.national(*key) for key in case.rows_at if task in ("", key[0]))
        for people in national.values()
        if people
    ]
    return {**found, SHARE: max(shares, default=0)}


def staffed_faults(problem: Problem, plan: Plan, front: Front) -> Iterator[str]:
    """Yield the points of the joint plan's front all staff as many tasks of each priority as the
    plan does, where that is proved to be the most.

    problem: the model that is asked about, with its tables.
    """
    first = takewhile(lambda level: level.objective.startswith(HIGHER_IS_BETTER), plan.levels)
    most = {level.objective: level.value for level in first if level.status == "optimal"}
    asked = replace(problem, objectives=(HIGHER_IS_BETTER,))
    numbers = [
        objective_values(asked, Allocation(frozenset(point.staffed))) for point in front.points
    ]
    for number, found in enumerate(numbers, 1):
        if found != numbers[0] or any(found[name] != value for name, value in most.items()):
            yield f"point {number}: it staffs other numbers of tasks: {found}"


def _passing(
    problem: Problem,
    world: World,
    plan: Witness,
    only: frozenset[str] | None = None,
    nations: tuple[str, frozenset[str]] | None = None,
) -> Generator[str, None, Allocation | None]:
    """Yields what is wrong with the plan by the rules; returns it, None where it is none."""
    try:
        allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    except ValueError as error:
        yield str(error)
        return None
    for violation in violations(problem, world, allocation, only=only, nations=nations):
        yield f"its plan breaks {violation.rule}: {violation.message}"
    return allocation
