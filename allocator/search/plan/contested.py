"""Tasks that are ready alone but lose out to others in the joint plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import takewhile

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.scope import joint
from allocator.results.result import Contest

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
    """Find for each ready task that the plan leaves out: a minimal set of staffed tasks of the
    same or a better priority beside which it cannot be staffed, and a minimal set of its lines that
    they compete for. Only what is proved is named.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. deadline: when to end at the
    latest.
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
    try:
        asking = Conflicts(problem, world, task, staffed, settings, deadline)
    except TimeUpError:
        return None
    if not asking.refuted(asking.everything):
        return None
    kept = _shrink(asking.everything, asking.refuted)
    return Contest(
        task=task,
        rivals=tuple(name for kind, name in kept if kind == "task"),
        lines=tuple(name for kind, name in kept if kind == "line"),
    )


class Conflicts:
    """Whether a task can be staffed beside some of the plan's, with some of its lines met. Raises
    TimeUpError where there is no time to state the question."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        task: str,
        staffed: Iterable[str],
        settings: Settings,
        deadline: Deadline,
    ) -> None:
        asked = problem.task(task)
        rivals = [one for one in staffed if problem.task(one).priority <= asked.priority]
        self._lines = [("line", line.id) for line in asked.lines]
        self.everything: Part = [*(("task", one) for one in rivals), *self._lines]
        scope = joint(problem, world)
        scope = replace(scope, must=frozenset({task}), task=task, optional_lines=True)
        self._variables = build(problem, scope, deadline.check)
        self._engines = Portfolio(self._variables.program, settings)
        self._deadline = deadline

    def refuted(self, needed: Part) -> bool:
        """Whether it is certain that these cannot be had together."""
        return self._engines.refutes(self._deadline, self._fixed(needed))

    def possible(self, needed: Part) -> bool:
        """Whether there is a plan that has these together."""
        found = self._engines.feasible(self._deadline, self._fixed(needed))
        return found.values is not None

    def _fixed(self, needed: Part) -> dict[int, int]:
        staffed, switches = self._variables.staffed, self._variables.switches
        values = {staffed[name]: 1 for kind, name in needed if kind == "task"}
        return values | {switches[line]: int(line not in needed) for line in self._lines}


def _shrink(needed: Part, conflict: Callable[[Part], bool]) -> Part:
    """A minimal conflict within one (deletion-based, Bakker et al. 1993)."""
    for name in list(needed):
        fewer = [other for other in needed if other != name]
        if conflict(fewer):
            needed = fewer
    return needed
