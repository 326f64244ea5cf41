"""A whole result by brute force: what a run that proves everything would write."""

from __future__ import annotations

from allocator.checker import objective_values, shortfalls
from allocator.inputs.problem import Problem, World
from allocator.results.result import (
    AddedUnits,
    Family,
    Gaps,
    Level,
    Lift,
    Package,
    Packages,
    Plan,
    Result,
    TaskRecord,
    WorldRecord,
    by_size,
    cells,
    releases,
)
from tests import oracle


def brute_result(problem: Problem, world: World) -> Result:
    """Raises NotTinyError where the oracle does. Contested tasks are not named."""
    return Result(
        schema=1,
        model=problem.model,
        world=WorldRecord(name=world.name, holds=dict(world.starts)),
        plan=_plan(problem, world),
        tasks=tuple(_record(problem, world, task.id) for task in problem.tasks),
    )


def _plan(problem: Problem, world: World) -> Plan:
    best = oracle.joint_plan(problem, world)
    return Plan(
        status="optimal",
        levels=tuple(
            Level(objective=name, value=value, bound=value, status="optimal")
            for name, value in objective_values(problem, best, world).items()
        ),
        staffed=tuple(sorted(best.staffed)),
        allocation=cells(best),
        released=releases(best),
        shortfalls=shortfalls(problem, best),
    )


def _record(problem: Problem, world: World, task: str) -> TaskRecord:
    verdict = oracle.verdict(problem, world, task)
    if verdict == "ready":
        return TaskRecord(task=task, verdict="ready", packages=_packages(problem, world, task))
    if verdict == "short":
        return TaskRecord(task=task, verdict="short", gaps=_gaps(problem, world, task))
    return TaskRecord(
        task=task,
        verdict="blocked",
        unlocking=_family(oracle.unlocking(problem, world, task)),
        blocking=_family(oracle.blocking(problem, world, task)),
        necessary=tuple(sorted(oracle.necessary(problem, world, task))),
    )


def _family(sets: oracle.Sets) -> Family:
    return Family(complete=True, sets=by_size(sets))


def _packages(problem: Problem, world: World, task: str) -> Packages:
    sets = []
    for nations in by_size(oracle.packages(problem, world, task)):
        best = oracle.best_package(problem, world, task, frozenset(nations))
        package = Package(nations=nations, allocation=cells(best), released=releases(best))
        sets.append(package)
    return Packages(complete=True, sets=tuple(sets))


def _gaps(problem: Problem, world: World, task: str) -> Gaps:
    added = oracle.gap_units(problem, world, task)
    rows = sorted((line, p, c, units) for (_, line, c, p), units in (added or {}).items())
    pairs = oracle.lifts(problem, world, task)
    lifts = sorted(
        (tuple(map(sorted, pair)) for pair in pairs), key=lambda m: (len(m[0] + m[1]), m)
    )
    return Gaps(
        units=tuple(
            AddedUnits(line=line, period=p, capability=c, quantity=units)
            for line, p, c, units in rows
        ),
        units_status="optimal" if rows else "none",
        rules=() if rows else ("a rule",),
        lifts=tuple(Lift(caveats=tuple(k), commitments=tuple(c)) for k, c in lifts),
    )
