"""What a plan endures: the plan first, then event by event.

Events that need no engine come first, then every task's state, the important events before the
others; what time is left proves that no plan is nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import naming
from allocator.checker import objective_values, violations
from allocator.checker.objectives import HIGHER_IS_BETTER
from allocator.checker.releases import fewest_releases
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.errors import UsageError
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Loss
from allocator.progress import Event
from allocator.results.endurance import Endurance, HowLong
from allocator.results.result import Allocation, Level, Plan, allocation_of
from allocator.search.enduring.event import Aim, EventSearch
from allocator.search.enduring.how_long import how_long
from allocator.search.plan.joint import as_plan, joint_plan

PLAN_SHARE, PLAN_LEAST = 0.3, 2.0
"""Of the time, for the joint plan where none is given, and so many seconds where as many are left:
without a plan there is nothing to ask."""

SHARES: tuple[tuple[Aim, float], ...] = (("states", 0.6), ("near", 0.5), ("levels", 0.8))
"""How far to go in turn, each with its share of what is left of the time."""


LASTING_SHARE = 0.3
"""Of what is left, for how long tasks can be kept up, where that is asked."""

MORE, LEAST = 3, 3.0
"""So many times its even share an event may take, and so many seconds where as many are left: most
take far less."""


def endured(
    problem: Problem,
    world: World,
    losses: Iterable[Loss],
    how: HowToAsk,
    given: Plan | None = None,
    *,
    lasting: bool = False,
) -> Endurance:
    """Return the state of every staffed task of the plan under each event.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. losses: the events. how: time and engines. given: a valid plan; the joint
    plan where there is none. lasting: whether it is also asked how long tasks can be kept up.
    """
    deadline = how.deadline
    with naming("model", problem.model):
        plan = given or _planned(problem, world, how)
        events: list[EventSearch] = []
        lasts: tuple[HowLong, ...] = ()
        if plan.status != "unknown":
            lasts = _how_long(problem, world, plan, how) if lasting else ()
            events = _searched(problem, world, plan, losses, how)
    return Endurance(
        problem,
        world,
        plan,
        tuple(event.outcome() for event in events),
        lasts,
        faults=(*deadline.faults, *(fault for event in events for fault in event.faults)),
    ).timed(deadline)


def plan_given(problem: Problem, world: World, given: GivenPlan) -> Plan:
    """Return a plan of one's own with the fewest releases that it needs. Raises UsageError where
    it breaks a rule.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: its rows; what kind they are plays no part.
    """
    units = Allocation(given.tasks, dict(given.units))
    plan = replace(units, released=fewest_releases(problem, world, units))
    if broken := violations(problem, world, plan):
        raise UsageError(
            f"{given.file or 'the plan'} breaks {broken[0].rule}: {broken[0].message}; "
            "`allocator repair` with the same plan gives the nearest that keeps every rule"
        )
    return as_plan(problem, plan, tuple(_levels(problem, world, plan)))


def _levels(problem: Problem, world: World, plan: Allocation) -> Iterator[Level]:
    """What the plan comes to; nothing is proved of it beyond what is plain."""
    for name, value in objective_values(problem, plan, world).items():
        bound = 0
        if name.startswith(HIGHER_IS_BETTER):
            bound = sum(f"{HIGHER_IS_BETTER}[{task.priority}]" == name for task in problem.tasks)
        status = "optimal" if bound == value else "feasible"
        yield Level.model_validate(
            {"objective": name, "value": value, "bound": bound, "status": status}
        )


def _planned(problem: Problem, world: World, how: HowToAsk) -> Plan:
    done = 0

    def reached(level: Level) -> None:
        nonlocal done
        done += 1
        how.progress(Event("plan", done, 0, f"{level.objective}: {level.value} {level.status}"))

    settings = Settings(seed=how.seed)
    part = how.deadline.part(PLAN_SHARE, PLAN_LEAST)
    plan = joint_plan(problem, world, settings, part, reached, how.workers)
    if plan.status != "unknown" or how.deadline.expired:
        return plan
    return joint_plan(problem, world, settings, how.deadline, reached, how.workers)


def _how_long(problem: Problem, world: World, plan: Plan, how: HowToAsk) -> tuple[HowLong, ...]:
    """All tasks of the plan together, then each alone; one that is all needs no second look."""
    settings, until = Settings(seed=how.seed), how.deadline.part(LASTING_SHARE)
    sets = [plan.staffed, *([task] for task in plan.staffed if len(plan.staffed) > 1)]
    found = []
    for number, tasks in enumerate(sets):
        part = until.part(min(1.0, 2 / (len(sets) - number)))
        if tasks:
            found.append(how_long(problem, world, tasks, settings, part))
        how.progress(Event("endure", number + 1, len(sets), "how long"))
    return tuple(found)


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
    for aim, share in SHARES:
        part = how.deadline.part(share)
        hard = work.each(hard, _search(aim), part)
        open_ = [event for event in hard if not event.states_known]
        work.each(open_, _search("states"), part)
    falling = [event for event in events if event.falling]
    falling.sort(key=lambda event: event.weight)
    work.each(falling, lambda event, until: event.look_for_help(until), how.deadline)
    return events


def _search(aim: Aim) -> Callable[[EventSearch, Deadline], bool]:
    return lambda event, deadline: event.search(deadline, aim)


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
            part = deadline.part(min(1.0, MORE * share), LEAST)
            with part.within_limits():
                whole = not part.expired and work(event, part)
            with lock:
                done += 1
                self._how.progress(Event("endure", done, len(events), str(event.loss)))
            return whole

        with ThreadPoolExecutor(self._how.workers) as pool:
            ended = list(pool.map(one, events))
        return [event for event, whole in zip(events, ended, strict=True) if not whole]
