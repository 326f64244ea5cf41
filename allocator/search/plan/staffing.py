"""Tasks put into a plan one after another, beside what is there or in its place.

A plan of many tasks begins as the linear relaxation has it, rounded down: that keeps within every
pool, and leaves each task a little short. Task by task is then staffed with what the others leave,
the rounded plan of those that are still to come counted as theirs (relax and fix, Wolsey 1998).
Nothing is proved here but that a task can never be staffed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from math import floor

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.part import Part
from allocator.inputs.problem import Line, Task
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.incumbent import Values

ROUNDING = 1e-6
"""What the relaxation may be off by."""

EFFORT = 0.4
"""Deterministic time, about seconds, of putting in one task."""

ROOMY = 0.01
"""A task is put in as well as this allows: the best way is not worth the wait."""

ATTEMPTS = 4
"""To put in a task that is left out by moving what others send: of the capabilities that it lacks,
of all that it needs, then with more effort."""


class Staffing:
    """The tasks of one program. What tells apart the ways of putting in a task is an objective,
    `by`, that counts tasks and perhaps what comes after staffing, as one sum."""

    def __init__(self, variables: Variables, settings: Settings, blocks: Blocks) -> None:
        self._variables = variables
        self._settings = replace(settings, light=True, linear=True, gap=ROOMY)
        self._blocks = blocks
        self._rounded: Values = variables.nothing()

    def started(self, relaxed: Sequence[float], by: Objective, deadline: Deadline) -> Values:
        """A plan near this solution of the relaxation; doing nothing where it leads to none."""
        self._rounded = self._variables.measured(_rounded_down(self._variables, relaxed))
        values: Values = self._rounded
        left_out = []
        for task in sorted(self._variables.tasks, key=lambda task: (task.priority, task.id)):
            found = self._put_in(values, task.id, (), EFFORT, by, deadline)
            left_out += [task.id] if found is values else []
            values = found
        return self._consistent(values, left_out)

    def staff(
        self, values: Values, tasks: Sequence[str], by: Objective, deadline: Deadline
    ) -> Values:
        """Put in as many of these tasks beside what is there as go in one after another. One
        that no plan staffs is fixed at not staffed.

        values: of the plan that is built, changed in place. deadline: when to end at the latest.
        """
        for task in tasks:
            if deadline.expired:
                break
            if not values[self._variables.staffed[task]]:
                found = self._put_in(values, task, (), EFFORT, by, deadline)
                if found is values and self._never_staffed(task, deadline):
                    self._variables.program.fix(self._variables.staffed[task], 0)
                values = found
        return values

    def make_room(
        self, values: Values, tasks: Sequence[str], attempt: int, by: Objective,
        enough: Callable[[Values], bool], deadline: Deadline,
    ) -> Values:  # fmt: skip
        """Put in tasks of these that are left out by moving what others send, until `enough`.

        values: of the plan that is built, changed in place. attempt: of ATTEMPTS, from 0. deadline:
        when to end at the latest.
        """
        staffed, program = self._variables.staffed, self._variables.program
        effort = EFFORT * 2 ** max(0, attempt - 1)
        for task in tasks:
            if enough(values) or deadline.expired:
                break
            if not values[staffed[task]] and program.high[staffed[task]]:
                together = self._with_companions(values, task)
                scarce = {c for name in together for c in self._scarce(name, attempt)}
                values = self._put_in(values, task, scarce, effort, by, deadline)
        return values

    def _put_in(
        self, values: Values, task: str, scarce: Collection[str], effort: float,
        by: Objective, deadline: Deadline,
    ) -> Values:  # fmt: skip
        """The values, or those of a plan that staffs the task, and every other that is staffed and
        matters as much. What lines with a scarce capability send may change; tasks that matter less
        and have such lines may be left out."""
        staffed = self._variables.staffed
        there = [t for t, v in staffed.items() if values[v] and t != task]
        less = [t for t in there if self._priority(t) > self._priority(task)]
        free = self._blocks.lines(self._with_companions(values, task), there, scarce, less)
        part = self._blocks.part(values, free)
        for name in {task, *there}.difference(less):
            if staffed[name] in part.number:
                part.program.fix(part.number[staffed[name]], 1)
        settings = replace(self._settings, effort=effort)
        outcome = CpSat(part.program, settings).ask(deadline, None, self._cost(part, by))
        return values if outcome.values is None else part.back(outcome.values, values)

    def _with_companions(self, values: Values, task: str) -> set[str]:
        """The task, and those of its companions that are not staffed: it may wait for them."""
        companions = self._variables.problem.companions(task)
        return {task} | {t for t in companions if not values[self._variables.staffed[t]]}

    def _cost(self, part: Part, by: Objective) -> Objective:
        """The objective in the part, as a distance from staffing all its tasks at no cost."""
        terms = part.terms(by)
        staffed = {part.number.get(v) for v in self._variables.staffed.values()}
        all_staffed = sum(c for c, v in terms if v in staffed)
        return Objective(by.name, False, terms, -all_staffed)

    def _never_staffed(self, task: str, deadline: Deadline) -> bool:
        """Whether two engines refuse the task even where all others but its companions get
        nothing."""
        part = self._blocks.alone(self._variables.problem.companions(task))
        part.program.fix(part.number[self._variables.staffed[task]], 1)
        quick = CpSat(part.program, self._settings).ask(deadline)
        if quick.status != "infeasible":
            return False
        return Portfolio(part.program, self._settings).second_opinion(quick, deadline) == "no"

    def _scarce(self, task_id: str, attempt: int) -> set[str]:
        """Capabilities of the task: those that it lacks, then all."""
        task = self._variables.problem.task(task_id)
        if attempt:
            return {capability for line in task.lines for capability in line.weights}
        return {
            capability
            for line in task.lines
            for period in task.periods
            if line.scaled or self._rounded_fill(task, line, period) < line.minimum
            for capability in line.weights
        }

    def _rounded_fill(self, task: Task, line: Line, period: int) -> int:
        filled = self._variables.filled(task, line, period)
        return sum(c * self._rounded[v] for c, v in filled)

    def _consistent(self, values: Values, left_out: Collection[str]) -> Values:
        """The values without these tasks, and without those that cannot stand without them."""
        program, staffed = self._variables.program, self._variables.staffed
        while left_out:
            values = self._without(values, left_out)
            broken = {v for row in program.broken(values) for _, v in row.terms}
            left_out = [t for t in sorted(self._blocks.tasks_of(broken)) if values[staffed[t]]]
        return values if program.holds(values) else self._variables.nothing()

    def _without(self, values: Values, tasks: Collection[str]) -> Values:
        """The values with nothing sent to these tasks, which leaves what others share with them."""
        kept = self._blocks.tasks(self._variables.staffed.keys() - set(tasks))
        emptied = list(values)
        for variable in self._blocks.tasks(tasks) - kept:
            emptied[variable] = 0
        return self._variables.measured(emptied)

    def _priority(self, task: str) -> int:
        return self._variables.problem.task(task).priority


def _rounded_down(variables: Variables, relaxed: Sequence[float]) -> list[int]:
    """Whole units only; a task is staffed where the relaxation rather has it than not."""
    low, high = variables.program.low, variables.program.high
    values = [
        max(least, min(most, floor(value + ROUNDING)))
        for value, least, most in zip(relaxed, low, high, strict=True)
    ]
    for variable in variables.staffed.values():
        values[variable] = round(relaxed[variable])
    return values
