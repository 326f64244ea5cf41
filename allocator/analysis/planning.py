"""The joint plan, and the ready tasks that it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allocator.analysis.request import Request
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.progress import Event
from allocator.results.result import Level, Plan, allocation_of
from allocator.search.plan.contested import contested
from allocator.search.plan.joint import joint_plan


def plan_jointly(
    asked: Request, deadline: Deadline, told: Callable[[Level], None] = lambda level: None
) -> Plan:
    """The plan of all tasks together, each level told once it is reached. Tasks that are known not
    to be ready are left out of it from the beginning.

    asked: what is to be found out, and of what. deadline: when to end at the latest. told: hears of
    each level as data.
    """
    done, total = 0, _number_of_levels(asked.problem)

    def reached(level: Level) -> None:
        nonlocal done
        done += 1
        told(level)
        gap = "" if level.status == "optimal" else f", nothing beyond {level.bound}"
        known = f"{level.objective}: {level.value} {level.status}{gap}"
        asked.progress(Event("plan", done, total, known))

    problem, world = asked.problem, asked.world
    never = [t.id for t in problem.tasks if asked.knowledge.refuses(problem, world, t.id)]
    plan = joint_plan(
        problem, world, asked.settings, deadline, reached, asked.workers, asked.given, never
    )
    found = allocation_of(plan.staffed, plan.allocation, plan.released)
    for task in plan.staffed:
        asked.knowledge.staffs(problem, task, found)
    return plan


def with_contested(asked: Request, plan: Plan, ready: Sequence[str], deadline: Deadline) -> Plan:
    """Return the plan with those ready tasks that others in it keep from being staffed.

    asked: what is to be found out, and of what. deadline: when to end at the latest.
    """
    if plan.status == "unknown":
        return plan
    found = contested(asked.problem, asked.world, plan.staffed, ready, asked.settings, deadline)
    return plan.model_copy(update={"contested": found})


def _number_of_levels(problem: Problem) -> int:
    priorities = {task.priority for task in problem.tasks}
    several = len(priorities) - 1 if "staff_tasks" in problem.objectives else 0
    return len(problem.objectives) + several
