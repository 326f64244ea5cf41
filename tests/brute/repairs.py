"""The nearest valid plan, and the rows that cannot all stand, by trying every plan.

No cut is made but by what nations have: every way to send the tasks no more than that is judged by
the checker, with all released that may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from math import comb, prod

from allocator.checker import is_valid, objective_values
from allocator.inputs.conditions import holds
from allocator.inputs.given import GivenPlan, Pair
from allocator.inputs.given.plan import Key
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation
from tests.brute.given import cells_of, every_release
from tests.brute.parts import NotTinyError

MOST = 4000
"""Ways to send units that are tried."""

Pairs = frozenset[Pair]


def valid_plans(problem: Problem, world: World, tasks: frozenset[str]) -> list[Allocation]:
    """All valid plans that staff some of these tasks."""
    plans = every_plan(problem, world, tasks)
    return [plan for plan in plans if is_valid(problem, world, plan)]


def every_plan(
    problem: Problem, world: World, tasks: frozenset[str], *, at_once: bool = True
) -> Iterator[Allocation]:
    """All plans that staff some of these tasks and send no more than there is, valid or not; cell
    by cell, where not `at_once`."""
    released = {
        (commitment.id, period): commitment.quantity[period - 1]
        for commitment in problem.commitments
        for period in problem.periods
        if commitment.quantity[period - 1]
        and holds(commitment.release_requires, world.holding(period))
    }
    for size in range(len(tasks) + 1):
        for staffed in map(frozenset, combinations(sorted(tasks), size)):
            for units in _ways(problem, staffed, at_once):
                yield Allocation(staffed, units, released)


def _ways(problem: Problem, staffed: frozenset[str], at_once: bool) -> Iterator[dict[Key, int]]:
    """All ways to send the tasks no more than each nation has, at once or in each cell."""
    pools: dict[tuple[str, str, int], list[Key]] = {}
    for key in cells_of(problem):
        if key[1] in staffed:
            pools.setdefault((key[0], key[3], key[4]), []).append(key)
    most = {pool: problem.available(*pool) for pool in pools}
    number = prod(
        comb(most[pool] + len(cells), len(cells)) if at_once else (most[pool] + 1) ** len(cells)
        for pool, cells in pools.items()
    )
    if number > MOST:
        raise NotTinyError(f"{number} ways")
    choices = [
        [sent for sent in product(range(most[pool] + 1), repeat=len(cells))
         if not at_once or sum(sent) <= most[pool]]
        for pool, cells in pools.items()
    ]  # fmt: skip
    keys = list(chain.from_iterable(pools.values()))
    for chosen in product(*choices):
        sent = chain.from_iterable(chosen)
        yield {key: n for key, n in zip(keys, sent, strict=True) if n}


def stands(given: GivenPlan, plan: Allocation, freed: Pairs = frozenset()) -> bool:
    """Whether the plan is what the rows' kinds ask for; those that ask for units of a freed pair
    do not count."""
    for key, cell in given.cells.items():
        units = plan.units.get(key, 0)
        free = (key[0], key[1]) in freed
        if cell.kind == "exactly" and units != cell.quantity and not free:
            return False
        if cell.kind == "at_least" and units < cell.quantity and not free:
            return False
        if cell.kind == "at_most" and units > cell.quantity:
            return False
    return True


def distance(
    problem: Problem, given: GivenPlan, added: frozenset[str], plan: Allocation
) -> dict[str, int]:
    """The levels of the distance, in their order."""
    priorities = sorted({task.priority for task in problem.tasks})
    levels: dict[str, int] = {}
    for name, tasks in (("keep_tasks", given.tasks), ("add_tasks", added)):
        if tasks or name == "keep_tasks":
            for priority in priorities:
                levels[f"{name}[{priority}]"] = sum(
                    problem.task(task).priority == priority and task not in plan.staffed
                    for task in tasks
                )
    before = {(key[0], key[1]) for key, n in given.units.items() if n > 0}
    after = {(key[0], key[1]) for key in plan.units}
    changes = [
        abs(plan.units.get(key, 0) - given.units.get(key, 0)) for key in {*plan.units, *given.units}
    ]
    levels["keep_contingents"] = len(before) - len(before & after)
    levels["new_contingents"] = len(after) - len(before & after)
    levels["changed_rows"] = sum(change != 0 for change in changes)
    levels["changed_units"] = sum(changes)
    return levels


def nearest(
    problem: Problem,
    world: World,
    given: GivenPlan,
    added: frozenset[str] = frozenset(),
    plans: list[Allocation] | None = None,
) -> dict[str, int] | None:
    """The best value of every level in turn, the model's objectives after the distance; None where
    the rows cannot all stand."""
    if plans is None:
        plans = valid_plans(problem, world, given.tasks | added)
    standing = [plan for plan in plans if stands(given, plan)]
    if not standing:
        return None
    found = [(distance(problem, given, added, plan), plan) for plan in standing]
    least = min(tuple(levels.values()) for levels, _ in found)
    best = [(levels, plan) for levels, plan in found if tuple(levels.values()) == least]
    return min(
        (levels | _rest(problem, world, plan) for levels, plan in best),
        key=lambda levels: tuple(levels.values()),
    )


def _rest(problem: Problem, world: World, plan: Allocation) -> dict[str, int]:
    """The model's objectives but `staff_tasks`, with the releases of the least risk."""
    if "protect_commitments" in problem.objectives:
        plans = (
            Allocation(plan.staffed, plan.units, released)
            for released in every_release(problem, world)
        )
        valid = (one for one in plans if is_valid(problem, world, one))
        values = (objective_values(problem, one, world) for one in valid)
        found = min(values, key=lambda one: one["protect_commitments"])
    else:
        found = objective_values(problem, plan, world)
    return {name: v for name, v in found.items() if not name.startswith("staff_tasks")}


def frees_and_clashes(
    given: GivenPlan, plans: Iterable[Allocation]
) -> tuple[set[Pairs], set[Pairs]]:
    """The minimal sets of pairs whose freeing lets all other rows stand, and the minimal sets
    whose rows cannot all stand while all others are freed."""
    plans = list(plans)
    pairs = sorted({(k[0], k[1]) for k, c in given.cells.items() if c.kind in _DEMANDING})
    every = [frozenset(s) for size in range(len(pairs) + 1) for s in combinations(pairs, size)]
    does = {freed: any(stands(given, plan, freed) for plan in plans) for freed in every}
    frees = {one for one in every if does[one]}
    clashes = {one for one in every if not does[frozenset(pairs) - one]}
    return _minimal(frees), _minimal(clashes)


_DEMANDING = ("exactly", "at_least")


def _minimal(sets: set[Pairs]) -> set[Pairs]:
    return {one for one in sets if not any(other < one for other in sets)}


def best_holding(
    problem: Problem, world: World, given: GivenPlan, plans: Iterable[Allocation]
) -> dict[str, int] | None:
    """The best value of each of the model's objectives in turn, of plans in which the rows stand;
    None where they cannot."""
    found = []
    for plan in plans:
        if stands(given, plan):
            values = objective_values(problem, plan, world)
            found.append(values | _rest(problem, world, plan))
    return min(found, key=_in_turn, default=None)


def _in_turn(values: dict[str, int]) -> list[int]:
    return [-v if name.startswith("staff_tasks") else v for name, v in values.items()]
