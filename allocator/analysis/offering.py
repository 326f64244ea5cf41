"""What is offered: the ladder of every task, and the joint plan beside all offers."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome, largest_first, naming
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.offers import Asking, Ladder, OffersFound, Unused
from allocator.results.result import Plan, allocation_of
from allocator.search.offers.beyond import Beyond, overstated
from allocator.search.offers.ladder import LadderSearch
from allocator.search.offers.wall import wall
from allocator.search.plan.joint import joint_plan

LADDER_SHARE = 0.6
"""Of the time; the rest is for the joint plan."""


def offered(
    problems: Mapping[str, Problem], count: str, world: World, how: HowToAsk
) -> OffersFound:
    """The answer for one model in a world.

    problems: the same problem at every level, by what is counted. count: what the joint plan
    counts, beside which askings and unused offers are read off. how: seed, deadline, progress.
    """
    settings, whole = Settings(seed=how.seed), how.deadline
    searches = {
        task.id: LadderSearch(problems, world, task.id, settings) for task in problems[count].tasks
    }

    def turn(task: str, deadline: Deadline) -> TurnOutcome:
        with deadline.within_limits():
            searches[task].run(deadline)
        return TurnOutcome(f"{task} has its ladder", searches[task].complete)

    rounds = TaskScheduler(how.workers, how.progress)
    rounds.each(
        "verdicts", largest_first(problems[count], searches), turn, whole.part(LADDER_SHARE)
    )
    with naming("model", problems[count].model):
        plan = joint_plan(problems[count], world, settings, whole, workers=how.workers)
    return _found(problems[count], world, searches, plan, whole)


def _found(
    problem: Problem,
    world: World,
    searches: Mapping[str, LadderSearch],
    plan: Plan,
    deadline: Deadline,
) -> OffersFound:
    askings, unused = _beside(problem, world, plan)
    faults = (fault for search in searches.values() for fault in search.faults)
    return OffersFound(
        problem=problem,
        world=world,
        tasks=tuple(Ladder(task, search.found) for task, search in searches.items()),
        plan=plan.status,
        levels=plan.levels,
        staffed=plan.staffed,
        askings=askings,
        unused=unused,
        stale=problem.stale,
        running_out=problem.running_out,
        beyond=tuple(overstated(problem, world)),
        wall=tuple(wall(problem, world)),
        faults=(*dict.fromkeys(faults), *deadline.faults),
    ).timed(deadline)


def _beside(
    problem: Problem, world: World, plan: Plan
) -> tuple[tuple[Asking, ...], tuple[Unused, ...]]:
    """Nothing where there is no plan to put beside the offers."""
    if plan.status == "unknown":
        return (), ()
    allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    found = Beyond(problem, world, allocation)
    return tuple(found.askings()), tuple(found.unused())
