"""Sums that show a no, added up again: what lines need, and the most that could come."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allocator.checker.case import Case
from allocator.checker.cover import most_offered
from allocator.inputs.conditions import Condition, holds
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Proof
from allocator.results.result import Allocation


def condition_could_hold(problem: Problem, world: World, task_id: str) -> bool:
    """Tell whether the task's own condition could hold in every period of its window.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task_id: the task's id.
    """
    task = problem.task(task_id)
    case = Case(problem, world, Allocation())
    return all(could_hold(case, task_id, task.requires, p) for p in task.periods)


def sum_faults(
    problem: Problem, world: World, task_id: str, nations: Collection[str], proof: Proof
) -> Iterator[str]:
    """Yield what is wrong with a sum that should show that these nations cannot staff the task.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task_id: the task's id. proof: the sum.
    """
    task = problem.task(task_id)
    if not proof.periods:
        yield "the sum is over no period"
        return
    lines = [line for line in task.lines if line.id in proof.lines]
    strange = set(proof.lines) - {line.id for line in lines}
    strange |= {str(period) for period in set(proof.periods) - set(task.periods)}
    if strange or len(set(proof.periods)) < len(proof.periods):
        named = ", ".join(sorted(strange))
        yield f"the sum counts a period twice, or has lines or periods that are not there: {named}"
        return
    need = sum(line.minimum for line in lines) * len(proof.periods)
    weights: dict[str, int] = {}
    for line in lines:
        for capability, weight in line.weights.items():
            weights[capability] = max(weight, weights.get(capability, 0))
    case = with_all_released(problem, world)
    supply = sum(
        weight * _most(case, task_id, nation, capability, proof.periods)
        for capability, weight in weights.items()
        for nation in nations
        if (nation, capability) in problem.availability
    )
    if (need, supply) != (proof.need, proof.supply):
        yield f"the sum says {proof.supply} of {proof.need}, it is {supply} of {need}"
    elif supply >= need:
        yield f"the sum of {supply} is enough for {need}"


def with_all_released(problem: Problem, world: World) -> Case:
    """A case in which every commitment is released wherever it may be."""
    released = {
        (commitment.id, period): commitment.quantity[period - 1]
        for commitment in problem.commitments
        for period in problem.periods
        if holds(commitment.release_requires, world.holding(period))
    }
    return Case(problem, world, Allocation(released=released))


def _most(case: Case, task_id: str, nation: str, capability: str, periods: tuple[int, ...]) -> int:
    """No plan has the nation send the task more over these periods, all of them together."""
    rotation = case.problem.capabilities[capability].rotation
    single = sum(most_at_once(case, task_id, nation, capability, period) for period in periods)
    if max(periods) - min(periods) >= rotation:
        return single
    return min(single, case.window_free(nation, capability, max(periods)))


def most_at_once(
    case: Case,
    task_id: str,
    nation: str,
    capability: str,
    period: int,
    company: frozenset[str] | None = None,
) -> int:
    """Return units that the nation could send the task in this one period (R3, R5).

    case: the allocation with the problem and world that it is held against. task_id: the task's id.
    capability: its id. company: who could be at the task in the period; anybody where left out.
    """
    rotation = case.problem.capabilities[capability].rotation
    kept_up = case.surge_free(nation, capability, period) // rotation
    return min(kept_up, _allowed(case, task_id, nation, capability, period, company))


def _allowed(
    case: Case,
    task_id: str,
    nation: str,
    capability: str,
    period: int,
    company: frozenset[str] | None,
) -> int:
    """The most that the nation's caveats and offers let through."""
    most = case.problem.available(nation, capability, period)
    offered = most_offered(case.problem, nation, capability, task_id, period)
    if offered is not None:
        most = min(most, offered)
    people = case.problem.capabilities[capability].personnel
    for caveat in case.problem.caveats_on(nation, task_id):
        in_scope = period in caveat.periods and capability in caveat.capabilities
        if not in_scope or could_hold(case, task_id, caveat.requires, period, company):
            continue
        if caveat.max_personnel is None:
            return 0
        if people:
            most = min(most, caveat.max_personnel // people)
    return most


def could_hold(
    case: Case,
    task_id: str,
    condition: Condition,
    period: int,
    company: frozenset[str] | None = None,
) -> bool:
    """Tell whether the condition could hold whoever joins and leads, and whatever is staffed beside
    the task.

    case: the allocation with the problem and world that it is held against. task_id: the task's id.
    period: counted from 1. company: who could join and lead; anybody where left out.
    """
    anyone = frozenset(case.problem.nations) if company is None else company
    beside = case.problem.companions(task_id)
    return holds(condition, case.world.holding(period), anyone, beside, anyone)
