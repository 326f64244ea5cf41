"""A problem that goes on: every period after its horizon is as the last one."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from allocator.inputs.problem.problem import Problem
from allocator.inputs.problem.tasks import Task

Held = tuple[str, str, int]


def prolonged(problem: Problem, horizon: int) -> Problem:
    """Return the problem with so many periods, at least its own: what is held and committed, and
    what caveats and offers say, is in each later period as in the last. Tasks whose window holds
    the last period go on.

    problem: the model that is asked about, with its tables.
    """
    last = problem.horizon
    more = range(last + 1, horizon + 1)

    def held(cells: frozenset[Held]) -> frozenset[Held]:
        later = {(n, c, p) for n, c, period in cells if period == last for p in more}
        return cells | later

    return replace(
        problem,
        horizon=horizon,
        availability={pool: _longer(units, more) for pool, units in problem.availability.items()},
        commitments=tuple(
            replace(k, quantity=_longer(k.quantity, more)) for k in problem.commitments
        ),
        caveats=tuple(replace(v, periods=_on(v.periods, last, more)) for v in problem.caveats),
        offers=tuple(replace(o, periods=_on(o.periods, last, more)) for o in problem.offers),
        tasks=tuple(_going_on(task, last, more) for task in problem.tasks),
        taken=held(problem.taken),
        uncovered=held(problem.uncovered),
    )


T = TypeVar("T")


def _longer(by_period: tuple[T, ...], more: range) -> tuple[T, ...]:
    return (*by_period, *(by_period[-1] for _ in more))


def _on(periods: frozenset[int], last: int, more: range) -> frozenset[int]:
    return periods | set(more) if last in periods else periods


def _going_on(task: Task, last: int, more: range) -> Task:
    return replace(task, periods=(*task.periods, *more)) if last in task.periods else task
