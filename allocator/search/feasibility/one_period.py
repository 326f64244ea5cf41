"""A task of several periods through two problems of one, a fraction of its size.

*Together*: what is sent over all periods added up. Every rule that holds period by period holds
for the sums, so where the sums cannot staff the task nothing can. *Alike*: the same units in
every period. Where they can staff it, that is an allocation, and the checker judges it. Between
the two the whole problem decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from allocator.deadline import Deadline
from allocator.engines import Outcome, Settings
from allocator.inputs.conditions import holds, leaders_in
from allocator.inputs.problem import Caveat, Lead, Problem, Task, World
from allocator.model import RULES, Scope
from allocator.model.program import Check, go_on
from allocator.model.variables import switches
from allocator.results.result import Allocation
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.feasibility.task_program import TaskProgram
from allocator.search.minimal_sets.families import Mask

Pools = dict[tuple[str, str], tuple[int, ...]]


class OnePeriod:
    """The two small problems of a scope whose switches are nations.

    Raises ValueError for a scope that they do not fit; `fits` says which they do.
    """

    def __init__(
        self, problem: Problem, scope: Scope, settings: Settings, check: Check = go_on
    ) -> None:
        if not fits(problem, scope):
            raise ValueError("one task alone of several periods, and nations as switches")
        self._problem = problem
        self._world = scope.world
        self._task = problem.task(scope.task or "")
        summed = together(problem, scope.world, self._task)
        single = alike(problem, scope.world, self._task)
        elements = sorted(switches(problem, scope))
        self._together, self._alike = (
            TaskProgram(small, replace(scope, world=world), elements, settings, check)
            for small, world in (summed, single)
        )

    def refuted(self, on: Mask, deadline: Deadline) -> Outcome | None:
        """The answer no of the sums of all periods, where it is no; on one engine's word."""
        found = self._together.briefly(on, deadline)
        return found if found.status == "infeasible" else None

    def stands(self, first: Outcome, on: Mask, deadline: Deadline) -> bool:
        """Tell whether another engine says no to the sums as well.

        first: what another engine said. on: the switches that are on. deadline: when to end at the
        latest.
        """
        return self._together.opinion(first, on, deadline) == "no"

    def guess(self, on: Mask, deadline: Deadline) -> Allocation | None:
        """An allocation of the same units in every period, for the checker to judge."""
        found = self._alike.briefly(on, deadline)
        if found.values is None:
            return None
        one = self._alike.allocation(found)
        units = {
            (nation, task, line, capability, period): quantity
            for (nation, task, line, capability, _), quantity in one.units.items()
            for period in self._task.periods
        }
        return Allocation(one.staffed, units, self._releasable({key[::3] for key in one.units}))

    def _releasable(self, pools: Collection[tuple[str, ...]]) -> dict[tuple[str, int], int]:
        """All that may be released of the pools' commitments."""
        return {
            (commitment.id, period): commitment.quantity[period - 1]
            for commitment in self._problem.commitments
            if (commitment.nation, commitment.capability) in pools
            for period in self._problem.periods
            if commitment.quantity[period - 1]
            and holds(commitment.release_requires, self._world.holding(period))
        }


def fits(problem: Problem, scope: Scope) -> bool:
    """Whether the scope is about one task of several periods, its switches are nations, and every
    rule that is kept in each period is kept by their sums. Where a condition asks who leads, which
    is a matter of all periods, this stands aside."""
    if scope.task is None or scope.nations is None:
        return False
    others = (scope.preconditions, scope.caveats, scope.commitments, scope.droppable)
    plain = not any(others) and not scope.optional_lines and not scope.added
    alone = problem.companions(scope.task) == scope.tasks == {scope.task}
    task = problem.task(scope.task)
    summed = all(rule.holds_summed(problem, task) for rule in RULES.values())
    return (
        plain and alone and summed and len(task.periods) > 1 and not _asks_who_leads(problem, task)
    )


def _asks_who_leads(problem: Problem, task: Task) -> bool:
    on_task = (caveat.requires for caveat in problem.caveats if task.id in caveat.tasks)
    return any(leaders_in(condition) for condition in (task.requires, *on_task))


def together(problem: Problem, world: World, task: Task) -> tuple[Problem, World]:
    """Return all periods of the task added up; what holds in any of them holds.

    Pools are bounded by what rotation and commitments leave, run by run of one rotation.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    reach, around = SupplyBound(problem, task), Assumptions(world)
    number = len(task.periods)
    pools: Pools = {
        pool: (sum(reach.free(*pool, run, around) for run in _runs(problem, task, pool[1])),)
        for pool in problem.availability
        if pool[1] in task.capabilities
    }
    lines = tuple(replace(line, minimum=number * line.minimum) for line in task.lines)
    summed = replace(task, lines=lines, lead=_lead(problem, task, pools))
    caveats = [
        replace(
            caveat,
            max_personnel=None if caveat.max_personnel is None else number * caveat.max_personnel,
        )
        for caveat in problem.caveats
        if caveat.periods >= set(task.periods)
    ]
    holding = frozenset[str]().union(*(world.holding(period) for period in task.periods))
    return _single(problem, summed, pools, caveats, holding)


def _lead(problem: Problem, task: Task, pools: Pools) -> Lead | None:
    """The framework nation provides a unit in every period, so it has as many units in all."""
    lead = task.lead
    if lead is None or lead.all_of is not None or lead.provides is None:
        return lead
    named = problem.nations if lead.any_of is None else lead.any_of
    enough = [n for n in named if pools.get((n, lead.provides), (0,))[0] >= len(task.periods)]
    return replace(lead, any_of=tuple(enough))


def alike(problem: Problem, world: World, task: Task) -> tuple[Problem, World]:
    """Return one period of the task that is like all others: what each nation can keep up, with all
    released that may be; what holds in all of them holds.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    reach, around = SupplyBound(problem, task), Assumptions(world)
    pools: Pools = {
        pool: (reach.kept(*pool, around),)
        for pool in problem.availability
        if pool[1] in task.capabilities
    }
    caveats = [caveat for caveat in problem.caveats if caveat.periods & set(task.periods)]
    holding = frozenset.intersection(*(world.holding(period) for period in task.periods))
    return _single(problem, task, pools, caveats, holding)


def _single(
    problem: Problem, task: Task, pools: Pools, caveats: list[Caveat], holding: frozenset[str]
) -> tuple[Problem, World]:
    small = replace(
        problem,
        horizon=1,
        uncovered=frozenset(),
        capabilities={c: replace(row, rotation=1) for c, row in problem.capabilities.items()},
        availability={pool: units for pool, units in pools.items() if units[0] > 0},
        commitments=(),
        caveats=tuple(replace(caveat, periods=frozenset({1})) for caveat in caveats),
        tasks=(replace(task, periods=(1,)),),
    )
    return small, World("", dict.fromkeys(sorted(holding), 1))


def _runs(problem: Problem, task: Task, capability: str) -> Iterator[tuple[int, ...]]:
    """The task's periods in runs that one rotation covers."""
    rotation = problem.capabilities[capability].rotation
    run: list[int] = []
    for period in task.periods:
        if run and period >= run[0] + rotation:
            yield tuple(run)
            run = []
        run.append(period)
    yield tuple(run)
