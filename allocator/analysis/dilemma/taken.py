"""What a task takes at the least, and what can be staffed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.scope import alone
from allocator.results.result import Allocation, Release
from allocator.search.plan.joint import joint_plan
from allocator.search.plan.levels import optimise

LEAST = ("protect_commitments", "economy")


@dataclass(frozen=True)
class Taken:
    """The least that staffs one task alone: first the risk of what is released, then people.

    units: unit-periods by nation and capability. risk: of `released`, summed over periods.
    """

    task: str
    units: Mapping[tuple[str, str], int]
    released: tuple[Release, ...]
    risk: int

    def of(self, capability: str) -> int:
        """Unit-periods of the capability, all nations together."""
        return sum(units for (_, c), units in self.units.items() if c == capability)


@dataclass(frozen=True)
class Together:
    """The joint plan's tasks, as many as possible by priority, and the least risk of release.

    proved: whether more tasks, and then less risk, are ruled out. Nothing else may be relied on
    where it is False.
    """

    staffed: tuple[str, ...]
    left_out: tuple[str, ...]
    released: tuple[Release, ...]
    risk: int
    proved: bool


def least(
    problem: Problem, world: World, task: str, settings: Settings, deadline: Deadline
) -> Taken | None:
    """Return none where the task is not ready, or the least was not proved in time.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. deadline: when to end at the
    latest.
    """
    asked = replace(problem, objectives=LEAST)
    found = optimise(build(asked, alone(asked, world, task)), settings, deadline)
    if found.allocation is None or any(level.status != "optimal" for level in found.levels):
        return None
    released = tuple(
        Release(commitment=k, period=p, quantity=quantity)
        for (k, p), quantity in sorted(found.allocation.released.items())
    )
    return Taken(task, _units(found.allocation, task), released, _risk(problem, released))


def _units(allocation: Allocation, task: str) -> dict[tuple[str, str], int]:
    totals: dict[tuple[str, str], int] = {}
    for (nation, of, _, capability, _), quantity in sorted(allocation.units.items()):
        if of == task:
            totals[nation, capability] = totals.get((nation, capability), 0) + quantity
    return totals


def _risk(problem: Problem, released: tuple[Release, ...]) -> int:
    return sum(
        release.quantity * problem.commitment(release.commitment).release_risk
        for release in released
    )


def together(problem: Problem, world: World, settings: Settings, deadline: Deadline) -> Together:
    """Return what the joint plan staffs and releases, its other objectives left aside.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. deadline: when to end at the
    latest.
    """
    asked = replace(problem, objectives=("staff_tasks", "protect_commitments"))
    plan = joint_plan(asked, world, settings, deadline)
    left_out = tuple(t.id for t in problem.tasks if t.id not in plan.staffed)
    risk = _risk(problem, plan.released)
    return Together(plan.staffed, left_out, plan.released, risk, plan.status == "optimal")
