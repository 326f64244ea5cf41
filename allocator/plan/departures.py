"""What falls, and what each objective becomes, if one nation leaves the joint plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from allocator.certificate import Witness
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.plan.joint import joint_plan
from allocator.problem import Problem, World
from allocator.result import Level, Plan, PlanStatus


@dataclass(frozen=True)
class Departure:
    """The joint plan where one nation sends nothing.

    sends: whether the plan as it stands has a part for it. falls: tasks that are staffed with it
    and not without; rises: the other way round, where forces come free. levels: of the best plan
    without it; none where there was no time for one. plan: the one that has these levels, None
    where it is the plan as it stands.
    """

    nation: str
    sends: bool
    status: PlanStatus
    falls: tuple[str, ...]
    rises: tuple[str, ...]
    levels: tuple[Level, ...]
    plan: Witness | None = None

    @property
    def known(self) -> bool:
        """Whether there was time for a plan without it; nothing is said to fall, or to stand,
        where there was not."""
        return self.status != "unknown"

    @property
    def staffing_proved(self) -> bool:
        """Whether no plan without it staffs more tasks."""
        staffing = [one for one in self.levels if one.objective.startswith("staff_tasks")]
        return bool(staffing) and all(one.status == "optimal" for one in staffing)


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
    """Every nation by itself, by id. Without one that sends nothing the plan stands, and no plan
    can be better; the others are planned for anew."""
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
