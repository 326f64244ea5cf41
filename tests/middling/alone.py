"""What HiGHS alone proves of a joint plan, on rows of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ortools.math_opt.python import mathopt

from allocator.checker import objective_values, violations
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation
from tests.middling.stated import Stated, Terms, negative


class WrongError(AssertionError):
    """The oracle's own plan is none, or is not worth what HiGHS says: floating point went wrong."""


@dataclass(frozen=True)
class Proved:
    """The best value of each level in turn, as far as they were proved; a plan that has them."""

    values: dict[str, int]
    plan: Allocation | None


def highs_alone(problem: Problem, world: World, seconds: float) -> Proved:
    """Level by level until one is not proved in time. Raises WrongError."""
    stated, end = Stated(problem, world), time.monotonic() + seconds
    values: dict[str, int] = {}
    plan = None
    for name, high, terms in stated.objectives():
        found = _solved(stated, terms, high, end - time.monotonic())
        if found is None:
            break
        plan = _checked(problem, world, stated.allocation(found))
        value = values[name] = objective_values(problem, plan)[name]
        if abs(value - sum(n * found[x] for n, x in terms)) > 0.5:
            raise WrongError(f"{name}: {value}")
        kept = [(value, None), *negative(terms)] if high else [*terms, (-value, None)]
        stated.at_most_zero(kept)
    return Proved(values, plan)


def _solved(stated: Stated, terms: Terms, high: bool, seconds: float) -> dict[Any, float] | None:
    """The variables' values where the level is at its best; None where that was not proved."""
    total = mathopt.fast_sum([n * x for n, x in terms])
    stated.model.set_objective(total, is_maximize=high)
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(seconds, 0.001)),
        absolute_gap_tolerance=0.0,
        relative_gap_tolerance=0.0,
    )
    result = mathopt.solve(stated.model, mathopt.SolverType.HIGHS, params=parameters)
    proved = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    return dict(result.variable_values()) if proved else None


def _checked(problem: Problem, world: World, plan: Allocation) -> Allocation:
    wrong = violations(problem, world, plan)
    if wrong:
        raise WrongError(str(wrong[0]))
    return plan
