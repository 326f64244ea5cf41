"""What comes first: the verdicts of tasks in more and more worlds, then the order of acts."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome, largest_first
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.levers import Levers
from allocator.results.order import By, Order
from allocator.search.order.acting import Acting
from allocator.search.order.levers import levers
from allocator.search.order.readiness import Readiness
from allocator.search.order.search import order

VERDICTS_SHARE = 0.6
"""Of the time, for verdicts, unlocking and blocking sets; the rest is for the order."""


def ordered(problem: Problem, world: World, tasks: tuple[str, ...], by: By, how: HowToAsk) -> Order:
    """Return the order of acts in the world, for these tasks.

    problem: the model that is asked about, with its tables. by: effort, date or benefit. how:
    world, time and engines.
    """
    acting = prepared(problem, world, tasks, how)
    return order(acting, tasks, by, how.deadline, how.progress)


def lever_sets(problem: Problem, world: World, budget: int, how: HowToAsk) -> Levers:
    """Return which holders, at most so many, make the most tasks of the model ready.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. budget: how many holders at most. how: world, time and engines.
    """
    acting = prepared(problem, world, (task.id for task in problem.tasks), how)
    return levers(acting, budget, how.deadline, how.progress)


def prepared(problem: Problem, world: World, tasks: Iterable[str], how: HowToAsk) -> Acting:
    """Return the acts of the world, and what is known of the tasks and of those that an act waits
    for.

    problem: the model that is asked about, with its tables. how: world, time and engines.
    """
    readiness = Readiness(problem, world, Settings(seed=how.seed), how.deadline, how.knowledge)
    acting = Acting(problem, world, readiness)

    def turn(task: str, deadline: Deadline) -> TurnOutcome:
        done = False
        with deadline.within_limits():
            done = readiness.prepare(task, deadline)
        return TurnOutcome(f"{task} is looked at", done)

    every = largest_first(problem, {*tasks, *acting.waited_for()})
    until = how.deadline.part(VERDICTS_SHARE)
    TaskScheduler(how.workers, how.progress).each("order", every, turn, until)
    return acting
