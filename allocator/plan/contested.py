"""Tasks that are ready alone but lose out to others in the joint plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import takewhile

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.model import build
from allocator.model.scope import joint
from allocator.problem import Problem, World
from allocator.result import Contest

Part = list[tuple[str, str]]
"""Parts of a conflict: ("task", id) is staffed, ("line", id) of the task is met."""


def contested(
    problem: Problem,
    world: World,
    staffed: Iterable[str],
    ready: Iterable[str],
    settings: Settings,
    deadline: Deadline,
) -> tuple[Contest, ...]:
    """For each ready task that the plan leaves out: a minimal set of staffed tasks of the same
    or a better priority beside which it cannot be staffed, and a minimal set of its lines that
    they compete for. Only what is proved is named.
    """
    staffed = sorted(staffed)
    left_out = sorted(set(ready) - set(staffed))
    # To hand a large plan to the engines takes longer than they are given by then.
    in_time = takewhile(lambda _: not deadline.expired, left_out)
    found = (_contest(problem, world, t, staffed, settings, deadline) for t in in_time)
    return tuple(contest for contest in found if contest is not None)


def _contest(
    problem: Problem,
    world: World,
    task: str,
    staffed: list[str],
    settings: Settings,
    deadline: Deadline,
) -> Contest | None:
    priority = problem.task(task).priority
    rivals = [other for other in staffed if problem.task(other).priority <= priority]
    scope = replace(joint(problem, world), must=frozenset({task}), task=task, optional_lines=True)
    try:
        variables = build(problem, scope, deadline.check)
    except TimeUpError:
        return None
    engines = Portfolio(variables.program, settings)
    staff = [("task", other) for other in rivals]
    lines = [("line", line.id) for line in problem.task(task).lines]

    def fixed(needed: Part) -> dict[int, int]:
        values = {variables.staffed[name]: 1 for kind, name in needed if kind == "task"}
        return values | {variables.switches[line]: int(line not in needed) for line in lines}

    def conflict(needed: Part) -> bool:
        return engines.refutes(deadline, fixed(needed))

    if not conflict([*staff, *lines]):
        return None
    kept = _shrink([*staff, *lines], conflict)
    return Contest(
        task=task,
        rivals=tuple(name for kind, name in kept if kind == "task"),
        lines=tuple(name for kind, name in kept if kind == "line"),
    )


def _shrink(needed: Part, conflict: Callable[[Part], bool]) -> Part:
    """A minimal conflict within one (deletion-based, Bakker et al. 1993)."""
    for name in list(needed):
        fewer = [other for other in needed if other != name]
        if conflict(fewer):
            needed = fewer
    return needed
