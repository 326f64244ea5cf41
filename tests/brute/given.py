"""Given plans for tiny problems, and what is to be said of them by trying everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from random import Random

from allocator.checker import violations
from allocator.inputs.conditions import holds
from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.plan import Key
from allocator.inputs.given.row import Kind
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation
from tests.brute.parts import NotTinyError

MOST_RELEASES = 1000
MOST_LIFTED = 8
KINDS: tuple[Kind, ...] = ("planned", "planned", "exactly", "at_least", "at_most")


def cells_of(problem: Problem) -> list[Key]:
    """Every cell that a plan may have."""
    return [
        (nation, task.id, line.id, capability, period)
        for task in problem.tasks
        for line in task.lines
        for capability in line.weights
        for nation in problem.nations
        for period in task.periods
    ]


def plan_of(units: dict[Key, int], kind: Kind = "planned") -> GivenPlan:
    """A plan with a row a cell."""
    return GivenPlan(tuple(GivenRow(*key[:4], (key[4],), n, kind) for key, n in units.items()))


def drawn(
    problem: Problem, rng: Random, near: Allocation | None = None, kinds: Iterable[Kind] = KINDS
) -> GivenPlan:
    """A plan with some rows of each kind: near an allocation, where there is one."""
    kinds = tuple(kinds)
    units: dict[Key, int] = dict(near.units) if near else {}
    cells = cells_of(problem)
    for key in rng.sample(cells, min(len(cells), rng.choice((0, 1, 2, 4)))):
        units[key] = rng.choice((0, 1, 1, 2, 3))
    if not near and rng.random() < 0.5:
        units |= {key: rng.choice((0, 1, 2)) for key in cells if rng.random() < 0.4}
    rows = (GivenRow(*key[:4], (key[4],), n, rng.choice(kinds)) for key, n in units.items())
    return GivenPlan(tuple(rows))


def every_release(problem: Problem, world: World) -> Iterator[dict[tuple[str, int], int]]:
    """All that may be released, in every amount."""
    may = {
        (commitment.id, period): range(commitment.quantity[period - 1] + 1)
        for commitment in problem.commitments
        for period in problem.periods
        if holds(commitment.release_requires, world.holding(period))
    }
    number = 1
    for amounts in may.values():
        number *= len(amounts)
    if number > MOST_RELEASES:
        raise NotTinyError(f"{number} releases")
    for chosen in product(*may.values()):
        yield {key: n for key, n in zip(may, chosen, strict=True) if n}


def passing_releases(
    problem: Problem, world: World, given: GivenPlan, lifted: frozenset[str] = frozenset()
) -> list[dict[tuple[str, int], int]]:
    """The releases with which the plan is valid; `lifted` rows are out of the tables."""
    return [*_passing(problem, world, given, lifted)]


def _passing(
    problem: Problem, world: World, given: GivenPlan, lifted: frozenset[str] = frozenset()
) -> Iterator[dict[tuple[str, int], int]]:
    caveats = lifted & {c.id for c in problem.caveats}
    commitments = lifted & {c.id for c in problem.commitments}
    for released in every_release(problem, world):
        if not (
            released.keys() & {(k, p) for k in commitments for p in problem.periods}
        ) and not violations(
            problem,
            world,
            Allocation(given.tasks, given.units, released),
            without_caveats=caveats,
            without_commitments=commitments,
        ):
            yield released


def _passes(
    problem: Problem, world: World, given: GivenPlan, lifted: frozenset[str] = frozenset()
) -> bool:
    return any(True for _ in _passing(problem, world, given, lifted))


def assumed(problem: Problem, world: World, given: GivenPlan) -> set[frozenset[str]]:
    """The minimal sets of open preconditions that make the plan valid."""
    return minimal(
        frozenset(met)
        for met in subsets(problem.open_preconditions(world))
        if _passes(problem, problem.meeting(world, met), given)
    )


def to_lift(problem: Problem, world: World, given: GivenPlan) -> set[frozenset[str]]:
    """With every open precondition met, the minimal sets of caveats and commitments without which
    the plan is valid."""
    best = problem.meeting(world, problem.open_preconditions(world))
    rows = [row.id for row in (*problem.caveats, *problem.commitments)]
    if len(rows) > MOST_LIFTED:
        raise NotTinyError(f"{len(rows)} rows")
    found: list[frozenset[str]] = []
    for lifted in map(frozenset, subsets(rows)):
        smaller = any(one <= lifted for one in found)
        if not smaller and _passes(problem, best, given, lifted):
            found.append(lifted)
    return set(found)


def subsets(members: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All subsets, the smaller ones first."""
    members = tuple(members)
    return chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))


def minimal(sets: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """Those that hold no other."""
    every = set(sets)
    return {one for one in every if not any(other < one for other in every)}
