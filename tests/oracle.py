"""The answers by brute force, for problems that are tiny; `brute/enumeration.py` says how it lists.

Every function asks the definition's own words of all subsets: of the open preconditions, of the
nations, of the caveats and commitments. The checker judges, and nothing is shared with the solver.
Cases that are not tiny raise NotTinyError; tests skip them and count the skips.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from allocator.checker import AddedKey, liftable, objective_values
from allocator.inputs.problem import Problem, Task, World
from allocator.results.result import Allocation
from tests.brute.enumeration import Coalition, Enumeration
from tests.brute.parts import NotTinyError, Part

MOST_LIFTABLE = 6

Sets = frozenset[frozenset[str]]
T = TypeVar("T")


def verdict(problem: Problem, world: World, task: str) -> str:
    table = ready_table(problem, world, task)
    if table[frozenset()]:
        return "ready"
    return "blocked" if any(table.values()) else "short"


def unlocking(problem: Problem, world: World, task: str) -> Sets:
    """The minimal sets of open preconditions that, met, make the task ready."""
    table = ready_table(problem, world, task)
    return _minimal(met for met, ready in table.items() if ready)


def blocking(problem: Problem, world: World, task: str) -> Sets:
    """The minimal sets such that, while none of one set is met, no others make the task ready."""
    table = ready_table(problem, world, task)
    return _minimal(
        kept_out
        for kept_out in table
        if not any(ready for met, ready in table.items() if not met & kept_out)
    )


def necessary(problem: Problem, world: World, task: str) -> frozenset[str]:
    found = frozenset(problem.open_preconditions(world))
    for met in unlocking(problem, world, task):
        starts = problem.meeting(world, met).starts
        found = frozenset(name for name in found if starts.get(name) == 1)
    return found


def packages(problem: Problem, world: World, task: str) -> Sets:
    """The minimal sets of nations that can staff the task."""
    found: list[frozenset[str]] = []
    for nations in _by_size(problem.nations):
        if not any(smaller <= nations for smaller in found) and ready(
            problem, world, task, (task, nations)
        ):
            found.append(nations)
    return frozenset(found)


def ready(problem: Problem, world: World, task: str, coalition: Coalition | None = None) -> bool:
    """Whether the task can be staffed alone, by these nations only where they are named."""
    found = _of(problem).allocations(world, problem.companions(task), task, coalition)
    return next(found, None) is not None


def joint_values(problem: Problem, world: World) -> dict[str, int]:
    """The best value of every level in turn, over all plans."""
    return objective_values(problem, joint_plan(problem, world), world)


def joint_plan(problem: Problem, world: World) -> Allocation:
    """A plan with the best value of every level in turn."""
    every = frozenset(task.id for task in problem.tasks)
    return _of(problem).best(world, every, None, None)


def best_values_of_package(
    problem: Problem, world: World, task: str, nations: frozenset[str]
) -> dict[str, int]:
    """The best value of every level in turn, over the allocations that staff the task alone with
    these nations only. Raises ValueError where they cannot."""
    return objective_values(problem, best_package(problem, world, task, nations), world)


def best_package(problem: Problem, world: World, task: str, nations: frozenset[str]) -> Allocation:
    """An allocation with the values of `best_values_of_package`, and its ValueError."""
    return _of(problem).best(world, problem.companions(task), task, (task, nations))


def gap_value(problem: Problem, world: World, task: str) -> Fraction | None:
    """With every open precondition met, the least sum of added / max(1, minimum) over units added
    to the task's lines so that it is ready; None where no units help."""
    part = _least_added(problem, world, task)
    return None if part is None else Fraction(part.cost[-1])


def gap_units(problem: Problem, world: World, task: str) -> dict[AddedKey, int] | None:
    """Units with the price of `gap_value`: by task, line, capability and period."""
    part = _least_added(problem, world, task)
    return None if part is None else dict(part.added)


def lifts(problem: Problem, world: World, task: str) -> frozenset[tuple[frozenset[str], ...]]:
    """With every open precondition met, the minimal (caveats, commitments) whose rows taken out
    of the tables make the task ready, among those that no open precondition lifts."""
    best = problem.meeting(world, problem.open_preconditions(world))
    caveats, commitments = liftable(problem, world, task)
    rows = [("caveat", name) for name in caveats] + [("commitment", name) for name in commitments]
    if len(rows) > MOST_LIFTABLE:
        raise NotTinyError(f"{len(rows)} rows to lift")
    found: list[frozenset[tuple[str, str]]] = []
    for lifted in _by_size(sorted(rows)):
        if not any(smaller <= lifted for smaller in found) and ready(
            _without(problem, lifted), best, task
        ):
            found.append(lifted)
    return frozenset(
        tuple(frozenset(name for kind, name in one if kind == k) for k in ("caveat", "commitment"))
        for one in found
    )


def _least_added(problem: Problem, world: World, task: str) -> Part | None:
    best = problem.meeting(world, problem.open_preconditions(world))
    return _of(problem).least_added(best, task)


ReadyTable = dict[frozenset[str], bool]


def ready_table(problem: Problem, world: World, task: str) -> ReadyTable:
    """For every set of open preconditions: whether the task is ready with them met."""
    return {
        met: ready(problem, problem.meeting(world, met), task)
        for met in _by_size(problem.open_preconditions(world))
    }


def ready_tables(
    problem: Problem, world: World
) -> Iterator[tuple[Task, dict[frozenset[str], bool]]]:
    """The same of every task that is tiny enough."""
    for task in problem.tasks:
        try:
            table = ready_table(problem, world, task.id)
        except NotTinyError:
            continue
        yield task, table


def _by_size(members: Iterable[T]) -> Iterator[frozenset[T]]:
    members = tuple(members)
    for size in range(len(members) + 1):
        yield from map(frozenset, combinations(members, size))


def _minimal(sets: Iterable[frozenset[str]]) -> Sets:
    every = set(sets)
    return frozenset(one for one in every if not any(other < one for other in every))


def _without(problem: Problem, rows: frozenset[tuple[str, str]]) -> Problem:
    return replace(
        problem,
        caveats=tuple(c for c in problem.caveats if ("caveat", c.id) not in rows),
        commitments=tuple(c for c in problem.commitments if ("commitment", c.id) not in rows),
    )


_listed: dict[int, Enumeration] = {}


def _of(problem: Problem) -> Enumeration:
    """What has been listed already of this very problem."""
    if id(problem) not in _listed:
        if len(_listed) > 100:
            _listed.clear()
        # It holds on to the problem, so that no other one can get the same id meanwhile.
        _listed[id(problem)] = Enumeration(problem)
    return _listed[id(problem)]
