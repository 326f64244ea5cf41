"""What falls, and what each objective becomes, if one nation leaves the joint plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Witness
from allocator.results.departures import Departure
from allocator.results.result import Plan
from allocator.search.plan.joint import joint_plan

Told = Callable[[Departure], None]


def departures(
    problem: Problem,
    world: World,
    plan: Plan,
    settings: Settings,
    deadline: Deadline,
    workers: int = 1,
    told: Told = lambda departure: None,
) -> tuple[Departure, ...]:
    """Leave out every nation by itself, by id. Without one that sends nothing the plan stands, and
    no plan can be better; the others are planned for anew.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. deadline: when to end at the
    latest. workers: how many questions are worked on at once. told: hears of each departure.
    """
    if plan.status == "unknown":
        return ()
    senders = sorted({cell.nation for cell in plan.allocation})

    def leave(nation: str) -> Departure:
        if deadline.expired:
            return Departure(nation, True, "unknown", (), (), ())
        # Each gets its share even where all take their time.
        part = deadline.part(min(1.0, 2 * workers / (len(senders) + workers)))
        left = joint_plan(problem.without([nation]), world, settings, part)
        found = _departure(nation, plan, left)
        told(found)
        return found

    with ThreadPoolExecutor(workers) as pool:
        gone = dict(zip(senders, pool.map(leave, senders), strict=True))
    return tuple(
        gone.get(nation) or Departure(nation, False, plan.status, (), (), plan.levels)
        for nation in _having(problem)
    )


def _departure(nation: str, plan: Plan, left: Plan) -> Departure:
    if left.status == "unknown":
        return Departure(nation, True, "unknown", (), (), ())
    return Departure(
        nation,
        True,
        left.status,
        tuple(sorted(set(plan.staffed) - set(left.staffed))),
        tuple(sorted(set(left.staffed) - set(plan.staffed))),
        left.levels,
        Witness(staffed=left.staffed, allocation=left.allocation, released=left.released),
    )


def _having(problem: Problem) -> Sequence[str]:
    """The nations with any units that a task takes."""
    used = {capability for task in problem.tasks for capability in task.capabilities}
    return sorted({nation for nation, capability in problem.availability if capability in used})
