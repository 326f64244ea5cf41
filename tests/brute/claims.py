"""What a result claims against brute force: `differences` of a run that had all the time it wanted,
`untruths` of any run, however early it was cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from allocator.checker import AddedKey, check_result, is_valid, objective_values
from allocator.engines import Portfolio, Settings
from allocator.inputs.problem import Problem, Task, World
from allocator.model import build
from allocator.model.scope import alone
from allocator.results.result import Contest, Gaps, Package, Result, TaskRecord, allocation_of
from tests import oracle
from tests.brute.enumeration import Enumeration
from tests.plenty import plenty

Sets = frozenset[frozenset[str]]


def differences(problem: Problem, world: World, result: Result) -> list[str]:
    """Where a finished run is not what brute force says. Raises NotTinyError as the oracle does."""
    found = list(check_result(problem, world, result))
    found += _plan_differences(problem, world, result)
    for record in result.tasks:
        found += _record_differences(problem, world, record)
    return found


def untruths(problem: Problem, world: World, result: Result) -> list[str]:
    """What a run says that is not so. Not to know is never wrong."""
    found = list(check_result(problem, world, result))
    found += _level_untruths(problem, world, result)
    for record in result.tasks:
        found += [f"{record.task}: {text}" for text in record_untruths(problem, world, record)]
    return found


def _differ(name: str, ours: object, theirs: object) -> list[str]:
    return [] if ours == theirs else [f"{name}: {ours}, brute force says {theirs}"]


# --- the joint plan ---------------------------------------------------------------------------


def _plan_differences(problem: Problem, world: World, result: Result) -> Iterator[str]:
    plan = result.plan
    best = oracle.joint_values(problem, world)
    yield from _differ("joint plan", {level.objective: level.value for level in plan.levels}, best)
    yield from _differ("bounds", {level.objective: level.bound for level in plan.levels}, best)
    yield from _differ("plan status", plan.status, "optimal")
    ready = {record.task for record in result.tasks if record.verdict == "ready"}
    left_out = ready - set(plan.staffed)
    named = {contest.task for contest in plan.contested}
    if problem.objectives[:1] == ("staff_tasks",):
        yield from _differ("contested", named, left_out)
    for contest in plan.contested:
        yield from _contest_faults(problem, world, contest)


def _contest_faults(problem: Problem, world: World, contest: Contest) -> Iterator[str]:
    """The rivals and the lines stand in the way together, and none of them can be left out."""
    if _fits(problem, world, contest.task, contest.rivals, contest.lines):
        yield f"{contest.task} fits beside {contest.rivals} with its lines {contest.lines}"
    for rival in contest.rivals:
        others = tuple(other for other in contest.rivals if other != rival)
        if not _fits(problem, world, contest.task, others, contest.lines):
            yield f"{contest.task} does not fit beside {others} either, without {rival}"
    for line in contest.lines:
        lines = tuple(other for other in contest.lines if other != line)
        if not _fits(problem, world, contest.task, contest.rivals, lines):
            yield f"{contest.task} does not fit without line {line} either"


def _fits(
    problem: Problem, world: World, task_id: str, beside: Iterable[str], lines: Iterable[str]
) -> bool:
    """Whether a plan staffs the task beside others, only these of its lines with a minimum."""
    task = problem.task(task_id)
    eased = tuple(line if line.id in lines else replace(line, minimum=0) for line in task.lines)
    tasks = tuple(replace(t, lines=eased) if t == task else t for t in problem.tasks)
    asked = replace(problem, tasks=tasks)
    every = frozenset(t.id for t in tasks)
    plans = Enumeration(asked).allocations(world, every, task_id)
    return any(plan.staffed.issuperset(beside) for plan, _ in plans)


def _level_untruths(problem: Problem, world: World, result: Result) -> Iterator[str]:
    """Values and bounds enclose the best value, as long as the levels before reached theirs."""
    plan = result.plan
    optimal = all(level.status == "optimal" for level in plan.levels)
    if plan.status != "unknown":
        yield from _differ("plan status", plan.status, "optimal" if optimal else "feasible")
    best = oracle.joint_values(problem, world)
    yield from _differ("levels", [level.objective for level in plan.levels], list(best))
    for level in plan.levels:
        ends = sorted((level.value, level.bound))
        if not ends[0] <= best[level.objective] <= ends[1]:
            yield f"{level} does not enclose {best[level.objective]}"
        if (level.value == level.bound) != (level.status == "optimal"):
            yield f"{level} has the wrong status"
        if level.value != best[level.objective]:
            return


# --- one task ---------------------------------------------------------------------------------


def _record_differences(problem: Problem, world: World, record: TaskRecord) -> list[str]:
    task = record.task
    verdict = oracle.verdict(problem, world, task)
    found = _differ("verdict", record.verdict, verdict)
    families = (record.packages, record.unlocking, record.blocking)
    found += _differ("complete", [family.complete for family in families], [True] * 3)
    expected: dict[str, object] = {"packages": _no_sets, "unlocking": _no_sets}
    expected |= {"blocking": _no_sets, "necessary": frozenset()}
    if verdict == "blocked":
        expected["unlocking"] = oracle.unlocking(problem, world, task)
        expected["blocking"] = oracle.blocking(problem, world, task)
        expected["necessary"] = oracle.necessary(problem, world, task)
    if verdict == "ready":
        expected["packages"] = oracle.packages(problem, world, task)
        for package in record.packages.sets:
            found += _package_differences(problem, world, task, package)
    found += _differ("sets", _said(record), expected)
    if verdict == "short":
        found += _gap_differences(problem, world, problem.task(task), record.gaps)
    return [f"{task}: {text}" for text in found]


_no_sets: Sets = frozenset()


def _said(record: TaskRecord) -> dict[str, object]:
    return {
        "packages": _sets(package.nations for package in record.packages.sets),
        "unlocking": _sets(record.unlocking.sets),
        "blocking": _sets(record.blocking.sets),
        "necessary": frozenset(record.necessary),
    }


def _sets(family: Iterable[Iterable[str]]) -> Sets:
    return frozenset(map(frozenset, family))


def _package_differences(
    problem: Problem, world: World, task: str, package: Package
) -> Iterator[str]:
    best = oracle.best_values_of_package(problem, world, task, frozenset(package.nations))
    if best not in list(_readings(problem, world, task, package)):
        yield f"package {package.nations} is not its best, {best}"


def _readings(
    problem: Problem, world: World, task: str, package: Package
) -> Iterator[dict[str, int]]:
    """The values of a package with every set of tasks beside its own that is valid.

    A package does not say which tasks without units stand beside its own.
    """
    only = problem.companions(task)
    beside = sorted(only - {task})
    for size in range(len(beside) + 1):
        for others in combinations(beside, size):
            allocation = allocation_of((task, *others), package.allocation, package.released)
            if is_valid(problem, world, allocation, only=only):
                yield objective_values(problem, allocation, world)


def _gap_differences(problem: Problem, world: World, task: Task, gaps: Gaps) -> Iterator[str]:
    least = oracle.gap_value(problem, world, task.id)
    yield from _differ("gap", _price(task, gaps) if gaps.units else None, least)
    yield from _differ("gap status", gaps.units_status, "none" if least is None else "optimal")
    yield from _differ("gap names rules", bool(gaps.rules), least is None)
    if gaps.units and not _closes(problem, world, task.id, gaps):
        yield f"the gap {gaps.units} does not make it ready"
    yield from _differ("lifts", _lifted(gaps), oracle.lifts(problem, world, task.id))
    yield from _differ("lifts complete", gaps.lifts_complete, True)


def _price(task: Task, gaps: Gaps) -> Fraction:
    shares = (Fraction(row.quantity, max(1, task.line(row.line).minimum)) for row in gaps.units)
    return sum(shares, Fraction(0))


def _closes(problem: Problem, world: World, task: str, gaps: Gaps) -> bool:
    """Whether exactly the added units make it ready: the program finds how, the checker judges."""
    best = problem.meeting(world, problem.open_preconditions(world))
    scope = replace(alone(problem, best, task), added=True)
    variables = build(problem, scope)
    rows = {(row.line, row.capability, row.period): row.quantity for row in gaps.units}
    for key, variable in variables.added.items():
        variables.program.fix(variable, rows.get(key, 0))
    values = Portfolio(variables.program, Settings()).feasible(plenty()).values
    added: dict[AddedKey, int] = {(task, *key): quantity for key, quantity in rows.items()}
    return values is not None and is_valid(
        problem, best, variables.allocation(values), only=scope.tasks, added=added
    )


def _lifted(gaps: Gaps) -> frozenset[tuple[frozenset[str], ...]]:
    return frozenset((frozenset(one.caveats), frozenset(one.commitments)) for one in gaps.lifts)


def record_untruths(problem: Problem, world: World, record: TaskRecord) -> Iterator[str]:
    task = record.task
    verdict = oracle.verdict(problem, world, task)
    if record.verdict == "unknown":
        claims = [family.complete for family in (record.packages, record.unlocking)]
        yield from _differ("complete where nothing is known", claims, [False, False])
        return
    yield from _differ("verdict", record.verdict, verdict)
    if verdict == "ready":
        ours = _sets(package.nations for package in record.packages.sets)
        theirs = oracle.packages(problem, world, task)
        yield from _family_untruths("packages", ours, record.packages.complete, theirs)
    if verdict == "blocked":
        for name, family, right in (
            ("unlocking", record.unlocking, oracle.unlocking(problem, world, task)),
            ("blocking", record.blocking, oracle.blocking(problem, world, task)),
        ):
            yield from _family_untruths(name, _sets(family.sets), family.complete, right)
        wrong = set(record.necessary) - oracle.necessary(problem, world, task)
        yield from _differ("necessary, and it is not", wrong, set())
    if verdict == "short":
        yield from _gap_untruths(problem, world, problem.task(task), record.gaps)


def _family_untruths(name: str, ours: Sets, complete: bool, theirs: Sets) -> Iterator[str]:
    yield from _differ(f"{name} that are none", ours - theirs, frozenset())
    if complete:
        yield from _differ(f"{name} said to be all", ours, theirs)


def _gap_untruths(problem: Problem, world: World, task: Task, gaps: Gaps) -> Iterator[str]:
    least = oracle.gap_value(problem, world, task.id)
    if gaps.units_status == "none":
        yield from _differ("gap", None, least)
    if gaps.units_status == "optimal":
        yield from _differ("gap", _price(task, gaps), least)
    if gaps.units and (least is None or _price(task, gaps) < least):
        yield f"gap {gaps.units} costs less than {least}"
    if gaps.units and not _closes(problem, world, task.id, gaps):
        yield f"the gap {gaps.units} does not make it ready"
    lifts = oracle.lifts(problem, world, task.id)
    yield from _differ("lifts that are none", _lifted(gaps) - lifts, frozenset())
    if gaps.lifts_complete:
        yield from _differ("lifts said to be all", _lifted(gaps), lifts)
