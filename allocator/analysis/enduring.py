"""What a plan endures: the plan first, then event by event.

Events that need no engine come first, then every task's state, the important events before the
others; what time is left proves that no plan is nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import naming
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Loss
from allocator.progress import Event
from allocator.results.endurance import Endurance
from allocator.results.result import Level, Plan, allocation_of
from allocator.search.enduring.event import EventSearch
from allocator.search.plan.joint import joint_plan

PLAN_SHARE = 0.3
"""Of the time, for the joint plan where none is given."""

STATES_SHARE = 0.6
"""Of what is left, for the states of tasks; the rest is for the nearest plans."""


def endured(
    problem: Problem,
    world: World,
    losses: Iterable[Loss],
    how: HowToAsk,
    given: Plan | None = None,
) -> Endurance:
    """Return the state of every staffed task of the plan under each event.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. losses: the events. how: time and engines. given: a valid plan; the joint
    plan where there is none.
    """
    deadline = how.deadline
    with naming("model", problem.model):
        plan = given or _planned(problem, world, how)
        events: list[EventSearch] = []
        if plan.status != "unknown":
            events = _searched(problem, world, plan, losses, how)
    return Endurance(
        problem,
        world,
        plan,
        tuple(event.outcome() for event in events),
        (*deadline.faults, *(fault for event in events for fault in event.faults)),
        timed_out=deadline.expired and not deadline.cancelled,
        interrupted=deadline.interrupted,
    )


def _planned(problem: Problem, world: World, how: HowToAsk) -> Plan:
    done = 0

    def reached(level: Level) -> None:
        nonlocal done
        done += 1
        how.progress(Event("plan", done, 0, f"{level.objective}: {level.value} {level.status}"))

    part = how.deadline.part(PLAN_SHARE)
    return joint_plan(problem, world, Settings(seed=how.seed), part, reached, how.workers)


def _searched(
    problem: Problem, world: World, plan: Plan, losses: Iterable[Loss], how: HowToAsk
) -> list[EventSearch]:
    """All events, in their order, as far as time allows."""
    found = allocation_of(plan.staffed, plan.allocation, plan.released)
    settings = Settings(seed=how.seed)
    events = [EventSearch(problem, world, found, loss, settings) for loss in losses]
    work = _Work(how)
    hard = work.each(events, lambda event, part: event.at_once(), how.deadline)
    hard.sort(key=lambda event: event.weight)
    states = how.deadline.part(STATES_SHARE)
    hard = work.each(hard, _state_of, states)
    work.each([e for e in hard if not e.states_known], _state_of, states)
    work.each(hard, lambda event, part: event.search(part, levels=True), how.deadline)
    return events


def _state_of(event: EventSearch, deadline: Deadline) -> bool:
    return event.search(deadline, levels=False)


class _Work:
    """Events worked on side by side, each with its share of the time."""

    def __init__(self, how: HowToAsk) -> None:
        self._how = how

    def each(
        self,
        events: list[EventSearch],
        work: Callable[[EventSearch, Deadline], bool],
        deadline: Deadline,
    ) -> list[EventSearch]:
        """Work on every event; return those of which not everything is known then."""
        lock = Lock()
        begun = done = 0

        def one(event: EventSearch) -> bool:
            nonlocal begun, done
            with lock:
                share = min(1.0, self._how.workers / (len(events) - begun))
                begun += 1
            whole = False
            part = deadline.part(share)
            with part.within_limits():
                whole = not part.expired and work(event, part)
            with lock:
                done += 1
                self._how.progress(Event("endure", done, len(events), str(event.loss)))
            return whole

        with ThreadPoolExecutor(self._how.workers) as pool:
            ended = list(pool.map(one, events))
        return [event for event, whole in zip(events, ended, strict=True) if not whole]
