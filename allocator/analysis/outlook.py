"""What is asked beyond the plan: its fronts, and what falls if a nation leaves."""

from __future__ import annotations

from dataclasses import replace

from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.model import Scope
from allocator.model.scope import alone, joint
from allocator.progress import Event
from allocator.results.departures import Departure
from allocator.results.result import Plan
from allocator.search.front import Front, Point, front
from allocator.search.packages.search import candidates
from allocator.search.plan.departures import departures


def front_of_task(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Note the front of a ready task alone.

    asked: what is to be found out, and of what. known: of the task so far; what is found is added
    to it. deadline: when to end at the latest.
    """
    deadline.check()
    scope = alone(asked.problem, asked.world, known.task)
    nations = candidates(asked.problem, asked.world, known.task)
    found = _front(asked, replace(scope, nations=nations), known.task, deadline)
    known.note(front=found)
    return TurnOutcome(f"{known.task}: {len(found.points)} points", found.complete)


def front_of_plan(asked: Request, deadline: Deadline) -> Front:
    """The front of the joint plan, its tasks staffed as far as they can be."""
    return _front(asked, joint(asked.problem, asked.world), "the joint plan", deadline)


def _front(asked: Request, scope: Scope, of: str, deadline: Deadline) -> Front:
    number = 0

    def told(point: Point) -> None:
        nonlocal number
        number += 1
        values = zip(asked.front, point.values, strict=True)
        words = ", ".join(f"{name} {value:,}" for name, value in values)
        asked.progress(Event("front", 0, 0, f"{of}: point {number} has {words}"))

    return front(asked.problem, scope, asked.front, asked.settings, deadline, told)


def departures_from(asked: Request, plan: Plan, deadline: Deadline) -> tuple[Departure, ...]:
    """Return every nation's departure from the joint plan.

    asked: what is to be found out, and of what. deadline: when to end at the latest.
    """
    done = 0

    def told(departure: Departure) -> None:
        nonlocal done
        done += 1
        falls = ", ".join(departure.falls) or "no task"
        known = f"falls {falls}" if departure.known else "no plan was found in time"
        asked.progress(Event("departures", done, 0, f"without {departure.nation} {known}"))

    return departures(
        asked.problem, asked.world, plan, asked.settings, deadline, asked.workers, told
    )
