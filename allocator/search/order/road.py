"""Road maps: the acts that bring tasks about, by least effort or as early as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from allocator.deadline import Deadline
from allocator.results.order import By, RoadMap, Step, TaskMonth
from allocator.search.minimal_sets.act_sets import ActSets, Names, minimal_sets
from allocator.search.minimal_sets.families import Answer
from allocator.search.order.acting import Acting
from allocator.search.order.benefit import MOST_ACTS, best_order, built_order, lasting, weight
from allocator.search.order.months import Timeline, timeline
from allocator.search.order.readiness import closed


def reachable(acting: Acting, tasks: Iterable[str]) -> Mapping[str, Answer]:
    """Of each task, whether all acts that come about in turn make it ready."""
    return {
        task: acting.answer(
            lambda possibly, task=task: acting.ready(  # type: ignore[misc]
                (task,), acting.in_turn(acting.acts, possibly=possibly), possibly=possibly
            )
        )
        for task in tasks
    }


def by_effort(acting: Acting, tasks: Sequence[str], deadline: Deadline) -> RoadMap:
    """Return the way in turn of least summed effort for all the tasks together; none where one of
    them is not reached.

    acting: the acts of the world, and what follows from them. deadline: when to end at the latest.
    """
    missing = _missing("effort", acting, tasks)
    if missing.unreached or missing.undecided:
        return missing
    elements = acting.bearing_on(tasks)

    def ask(acts: Names) -> Answer:
        return acting.answer(
            lambda possibly: acting.ready(
                tasks, acting.in_turn(acts, possibly=possibly), possibly=possibly
            )
        )

    costs = {act: acting.problem.preconditions[act].effort for act in elements}
    found = minimal_sets(elements, ask, deadline)
    ways = found.minimal or _shrunk(costs, ask)
    if not ways:
        return missing
    best = min(ways, key=lambda way: (_sum(costs, way), len(way), sorted(way)))
    line = timeline(acting, best, tasks)
    value = _sum(costs, best)
    return _road_map(acting, missing, best, line, tasks, value, least(costs, found))


def by_date(acting: Acting, tasks: Sequence[str], deadline: Deadline) -> RoadMap:
    """Return a smallest set of acts with which every task that is reached comes as early as it can.

    acting: the acts of the world, and what follows from them. tasks: their ids. deadline: when to
    end at the latest.
    """
    all_act = timeline(acting, acting.acts, tasks)
    soonest = timeline(acting, acting.acts, tasks, possibly=True)
    wanted = [task for task in tasks if task in all_act.tasks]
    missing = RoadMap(
        "date",
        unreached=tuple(task for task in tasks if task not in soonest.tasks),
        undecided=tuple(t for t in tasks if t in soonest.tasks and t not in all_act.tasks),
        may_be_sooner=tuple(t for t in wanted if soonest.tasks[t] < all_act.tasks[t]),
    )
    elements = [act for act in acting.bearing_on(wanted) if act in all_act.acted]

    def ask(acts: Names) -> Answer:
        return acting.answer(lambda possibly: _as_early(acting, acts, wanted, all_act, possibly))

    found = minimal_sets(elements, ask, deadline, limit=1)
    best = found.minimal[0] if found.minimal else frozenset(elements)
    smallest = bool(found.minimal) and (found.complete or found.whole_to >= len(best) - 1)
    line = timeline(acting, best, wanted)
    value = max((all_act.tasks[task] for task in wanted), default=None)
    bound = max((soonest.tasks[task] for task in wanted), default=None)
    return _road_map(acting, missing, best, line, wanted, value, bound, smallest)


def least(costs: Mapping[str, int], found: ActSets) -> int:
    """A cost that no set that answers yes is below: blocking sets without a common act each cost
    their cheapest act."""
    if found.complete:
        return min((_sum(costs, way) for way in found.minimal), default=0)
    bound, used = 0, set[str]()
    for blocking in sorted(found.blocking, key=lambda b: (len(b), sorted(b))):
        if used.isdisjoint(blocking):
            bound += min(costs[act] for act in blocking)
            used |= blocking
    return bound


def _steps(
    acting: Acting, acts: Collection[str], line: Timeline, tasks: Iterable[str], by: By
) -> tuple[Step, ...]:
    """The acts as they come, each with the tasks that are ready once it has."""
    fired = {act: place for place, act in enumerate(line.acted)}
    order = sorted((a for a in acts if a in fired), key=lambda a: (line.acted[a], fired[a]))

    def ready(task: str, done: Sequence[str]) -> bool:
        met = _met(acting, done, line.tasks[task], by)
        return acting.ready((task,), met, possibly=False)

    left = [task for task in sorted(tasks) if task in line.tasks and not ready(task, ())]
    found = []
    for place, act in enumerate(order):
        month = line.acted[act]
        here = [t for t in left if line.tasks[t] == month and ready(t, order[: place + 1])]
        left = [task for task in left if task not in here]
        holder = acting.problem.preconditions[act].holder
        found.append(Step(act, month, holder, tuple(here)))
    return tuple(found)


def _met(acting: Acting, done: Sequence[str], month: int, by: By) -> Names:
    """What has come with these acts, and what the world gives by the month; where one act comes
    after the other, its later starts stay periods."""
    length = 0 if by == "benefit" else acting.problem.months_per_period
    starts = acting.world.starts if length else {}
    given = [name for name, period in starts.items() if (period - 1) * length <= month]
    return closed(acting.problem, (*done, *given))


def _missing(by: By, acting: Acting, tasks: Sequence[str]) -> RoadMap:
    """A road map without acts, that names the tasks that it does not lead to."""
    found = reachable(acting, tasks)
    return RoadMap(
        by,
        unreached=tuple(task for task in tasks if found[task] is Answer.NO),
        undecided=tuple(task for task in tasks if found[task] is Answer.UNKNOWN),
    )


def _road_map(
    acting: Acting,
    missing: RoadMap,
    acts: Names,
    line: Timeline,
    tasks: Sequence[str],
    value: int | None,
    bound: int | None,
    smallest: bool = False,
) -> RoadMap:
    months = tuple(TaskMonth(t, line.tasks[t]) for t in tasks if t in line.tasks)
    return RoadMap(
        missing.by,
        _steps(acting, acts, line, tasks, missing.by),
        value,
        bound,
        months,
        missing.unreached,
        missing.undecided,
        smallest,
        missing.may_be_sooner,
    )


def _as_early(
    acting: Acting, acts: Names, tasks: Sequence[str], all_act: Timeline, possibly: bool
) -> bool:
    line = timeline(acting, acts, tasks, possibly=possibly)
    return all(t in line.tasks and line.tasks[t] <= all_act.tasks[t] for t in tasks)


def _shrunk(costs: Mapping[str, int], ask: Callable[[Names], Answer]) -> tuple[Names, ...]:
    """A set that answers yes, the dearest acts left out where that goes; none if none is known."""
    kept = frozenset(costs)
    if ask(kept) is not Answer.YES:
        return ()
    for act in sorted(costs, key=lambda one: (-costs[one], one)):
        if ask(kept - {act}) is Answer.YES:
            kept -= {act}
    return (kept,)


def _sum(costs: Mapping[str, int], acts: Iterable[str]) -> int:
    return sum(costs[act] for act in acts)


def by_benefit(
    acting: Acting, tasks: Sequence[str], ways: Mapping[str, ActSets], deadline: Deadline
) -> RoadMap:
    """Order one act at a time, so that the sum of weight times month over the tasks is least.
    ways: the ways in turn of each task.

    acting: the acts of the world, and what follows from them. deadline: when to end at the latest.
    """
    missing = _missing("benefit", acting, tasks)
    wanted = [t for t in tasks if t not in (*missing.unreached, *missing.undecided)]
    if missing.undecided and not wanted:
        return missing
    acts = _useful(acting, wanted, ways)
    if len(acts) <= MOST_ACTS:
        found = best_order(acting, acts, wanted, deadline)
    else:
        found = built_order(acting, {t: ways[t].minimal for t in wanted}, wanted)
        found = replace(found, bound=_no_sooner(acting, wanted, ways))
    if found.value is None:
        return replace(missing, bound=found.bound)
    line = _one_by_one(acting, found.acts, wanted)
    return _road_map(acting, missing, frozenset(found.acts), line, wanted, found.value, found.bound)


def _useful(acting: Acting, tasks: Sequence[str], ways: Mapping[str, ActSets]) -> tuple[str, ...]:
    """The acts that some task needs in some way. Any other act only takes time: what it would let
    come sooner is let come by the ways of the tasks that are ready by then."""
    if all(ways[task].complete for task in tasks):
        return tuple(sorted({act for task in tasks for way in ways[task].minimal for act in way}))
    reached = acting.in_turn(acting.acts, possibly=True)
    return tuple(act for act in acting.bearing_on(tasks) if act in reached)


def _no_sooner(acting: Acting, tasks: Sequence[str], ways: Mapping[str, ActSets]) -> int:
    """No task comes before the acts of its shortest way, one after the other; nor all of them
    before what each needs in any case, an act that several need shared out among them. Of work
    that is shared out, shortest for its weight first is best (Smith 1956)."""
    alone = sum(weight(acting, t) * least(_lasting(acting), ways[t]) for t in tasks)
    now, shared = Fraction(0), Fraction(0)
    needed = _shared_work(acting, tasks, ways)
    for task in sorted(needed, key=lambda t: (needed[t] / weight(acting, t), t)):
        now += needed[task]
        shared += weight(acting, task) * now
    return max(alone, ceil(shared))


def _shared_work(
    acting: Acting, tasks: Sequence[str], ways: Mapping[str, ActSets]
) -> dict[str, Fraction]:
    """By task the months of the acts that each of its ways has, those of several tasks in equal
    parts."""
    certain = {t: {a for one in ways[t].blocking if len(one) == 1 for a in one} for t in tasks}
    number = Counter(act for acts in certain.values() for act in acts)
    return {
        task: sum((Fraction(lasting(acting, a), number[a]) for a in acts), Fraction(0))
        for task, acts in certain.items()
    }


def _lasting(acting: Acting) -> dict[str, int]:
    return {act: lasting(acting, act) for act in acting.acts}


def _one_by_one(acting: Acting, acts: Sequence[str], tasks: Sequence[str]) -> Timeline:
    """The months of acts that come one after the other."""
    line = Timeline({}, {}, {})
    now = 0
    for done in range(len(acts) + 1):
        met = closed(acting.problem, acts[:done])
        if done:
            now += lasting(acting, acts[done - 1])
            line.acted[acts[done - 1]] = now
        for task in tasks:
            if task not in line.tasks and acting.ready((task,), met, possibly=False):
                line.tasks[task] = now
    return line
