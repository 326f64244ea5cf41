"""What is left of a problem under an event, as a problem of its own.

Tasks are what is left of their windows; the plan before stays as it was and is the new problem's
past. Only tasks of the plan are left: all others stay out, and those whose window is over count as
staffed wherever a condition asks. Meanings are those of `docs/endure.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from allocator.inputs import conditions as c
from allocator.inputs.problem import Commitment, Problem, Task, World
from allocator.inputs.problem.losses import Loss
from allocator.inputs.problem.past import NO_PAST, Past
from allocator.results.result import Allocation

Pool = tuple[str, str]


def left(problem: Problem, world: World, plan: Allocation, loss: Loss) -> tuple[Problem, World]:
    """Return the problem and the world that remain from the event's period on.

    problem: the model of the plan, with its tables. world: in which the plan was made; what it
    states by itself must be known. plan: a valid one. loss: the event.
    """
    tasks, over = _tasks_left(problem, plan.staffed, loss.period)
    with_over = {task.id: task for task in (_counted(task, over) for task in tasks)}
    remaining = replace(
        problem.without([loss.nation] if loss.nation else ()),
        tasks=tuple(with_over.values()),
        commitments=tuple(_from(k, loss.period) for k in problem.commitments),
        caveats=tuple(replace(v, requires=counted(v.requires, over)) for v in problem.caveats),
        offers=tuple(replace(o, requires=counted(o.requires, over)) for o in problem.offers),
        past=_past(problem, plan, loss) if loss.period > 1 else NO_PAST,
    )
    return remaining, world_left(problem, world, loss)


def world_left(problem: Problem, world: World, loss: Loss) -> World:
    """Return the world after the event, its preconditions from the event's period on.

    problem: the model with its preconditions. world: before the event. loss: the event.
    """
    if loss.kind == "nation":
        return world
    if world.stated is None:
        raise ValueError("it is not known which preconditions hold by themselves")
    stated = {
        name: start
        for name, start in world.stated.items()
        if loss.lost not in problem.implied_by(name)
    }
    return problem.holding(world.name, stated.items())


def counted(condition: c.Condition, staffed: Collection[str]) -> c.Condition:
    """The condition where these tasks are staffed in any case."""
    match condition:
        case c.Staffed(task=task):
            return c.Always() if task in staffed else condition
        case c.And(parts=parts) | c.Or(parts=parts) | c.AtLeast(parts=parts):
            return replace(condition, parts=tuple(counted(part, staffed) for part in parts))
    return condition


def _tasks_left(
    problem: Problem, staffed: Iterable[str], first: int
) -> tuple[list[Task], frozenset[str]]:
    """The staffed tasks with what is left of their windows, and those whose window is over."""
    cut = {
        name: replace(task, periods=tuple(p for p in task.periods if p >= first))
        for name in staffed
        for task in [problem.task(name)]
    }
    over = frozenset(name for name, task in cut.items() if not task.periods)
    return [cut[task.id] for task in problem.tasks if task.id in cut.keys() - over], over


def _counted(task: Task, over: frozenset[str]) -> Task:
    return replace(task, requires=counted(task.requires, over))


def _from(commitment: Commitment, first: int) -> Commitment:
    """The commitment from the period on: what it held before is owed."""
    held = tuple(q if p >= first else 0 for p, q in enumerate(commitment.quantity, 1))
    return replace(commitment, quantity=held)


def _past(problem: Problem, plan: Allocation, loss: Loss) -> Past:
    before = {key: n for key, n in plan.units.items() if key[4] < loss.period}
    sent: dict[Pool, dict[int, int]] = {}
    served: dict[str, set[str]] = {}
    spent: dict[str, int] = {}
    for (nation, task, _, capability, period), units in before.items():
        by_period = sent.setdefault((nation, capability), {})
        by_period[period] = by_period.get(period, 0) + units
        served.setdefault(task, set()).add(nation)
        people = units * problem.capabilities[capability].personnel
        spent[nation] = spent.get(nation, 0) + people
    pools = {*sent, *(k.pool for k in problem.commitments if k.rotating)}
    return Past(
        {pool: _owed(problem, plan, loss.period, pool, sent.get(pool, {})) for pool in pools},
        {task: frozenset(nations) for task, nations in served.items()},
        spent,
    )


def _owed(
    problem: Problem, plan: Allocation, first: int, pool: Pool, sent: Mapping[int, int]
) -> tuple[int, ...]:
    """By period, what the window that ends there holds of the periods before the first: units
    sent, and rotating commitments less what was released of them."""
    rotation = problem.capabilities[pool[1]].rotation
    rotating = [k for k in problem.commitments_of(*pool) if k.rotating]

    def held(period: int) -> int:
        locked = (
            k.quantity[max(period, 1) - 1] - plan.released.get((k.id, period), 0) for k in rotating
        )
        return sent.get(period, 0) + sum(locked)

    found = []
    for last in problem.periods:
        since = last - rotation + 1
        within = sum(held(period) for period in range(max(since, 1), min(first, last + 1)))
        found.append(within + max(0, 1 - since) * held(0) if last >= first else 0)
    return tuple(found)
