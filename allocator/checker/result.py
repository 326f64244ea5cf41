"""Everything that a result claims and plain Python can check."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checker.plan import plan_faults
from allocator.checker.task import task_faults
from allocator.inputs.problem import Problem, World
from allocator.results.result import Result


def check_result(problem: Problem, world: World, result: Result) -> tuple[str, ...]:
    """Return what is wrong with the result, a sentence each; nothing for a sound one.

    That a verdict of no is right, or that an incomplete family lacks nothing, takes a proof and is
    not judged here.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    return (
        *_header_faults(problem, world, result),
        *plan_faults(problem, world, result.plan),
        *(fault for record in result.tasks for fault in task_faults(problem, world, record)),
        *_joint_faults(result),
    )


def _header_faults(problem: Problem, world: World, result: Result) -> Iterator[str]:
    if result.model != problem.model:
        yield f"the result is about model {result.model}, not {problem.model}"
    if (result.world.name, dict(result.world.holds)) != (world.name, dict(world.starts)):
        yield (
            f"the result is about world {result.world.name} with {dict(result.world.holds)}, "
            f"not {world.name} with {dict(world.starts)}"
        )
    offers = (None, None) if problem.on is None else (problem.count, problem.on)
    if (result.count, result.on) != offers:
        yield f"the result counts {result.count} on {result.on}, not {offers[0]} on {offers[1]}"
    named = [record.task for record in result.tasks]
    for task in sorted(set(named)):
        if named.count(task) > 1:
            yield f"{task} stands {named.count(task)} times among the tasks, not once"


def _joint_faults(result: Result) -> Iterator[str]:
    """Where the plan and the tasks' own records contradict each other."""
    verdicts = {record.task: record.verdict for record in result.tasks}
    for task in result.plan.staffed:
        if verdicts.get(task) in ("blocked", "short"):
            yield f"{task} is {verdicts[task]}, and the plan staffs it"
    for contest in result.plan.contested:
        if verdicts.get(contest.task, "ready") != "ready":
            yield f"{contest.task} is contested, its verdict is {verdicts[contest.task]}"
    yield from _package_missing(result)


def _package_missing(result: Result) -> Iterator[str]:
    """The nations that the plan sends a task must contain one of the task's packages."""
    for record in result.tasks:
        if record.task in result.plan.staffed and record.packages.complete:
            sent = {cell.nation for cell in result.plan.allocation if cell.task == record.task}
            if not any(sent.issuperset(package.nations) for package in record.packages.sets):
                yield (
                    f"the plan staffs {record.task} with {', '.join(sorted(sent)) or 'nobody'}, "
                    "none of its packages, said to be complete, lies within"
                )
