"""The linear relaxation: where the best lies in fractions, and a bound that is exact whatever the
engine's rounding.

HiGHS solves the relaxation in floating point; of the bound only its dual values are used. Rounded
to fractions, any dual values whatever give a true bound by weak duality, because every variable is
bounded (Neumaier and Shcherbina 2004): the bound is computed in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from allocator.deadline import Deadline
from allocator.engines.linear import mathopt_model
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program

_SCALE = 1 << 30


@dataclass(frozen=True)
class Relaxed:
    """bound: no solution of the program is better. values: of every variable where the relaxation
    is best, in fractions and within the engine's tolerance."""

    bound: int
    values: tuple[float, ...]


def relaxed(program: Program, objective: Objective, deadline: Deadline) -> Relaxed | None:
    """The relaxation at its best; None where the time ran out, or where it has no solution.

    HiGHS cannot be stopped: only its own time limit ends it.
    """
    from ortools.math_opt.python import mathopt

    model = mathopt_model(program, integer=False)
    variables = list(model.variables())
    total = mathopt.fast_sum([c * variables[v] for c, v in objective.terms])
    model.set_objective(total, is_maximize=objective.maximise)
    limit = mathopt.SolveParameters(time_limit=timedelta(seconds=max(deadline.remaining(), 0.001)))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limit)
    if not result.has_dual_feasible_solution() or not result.has_primal_feasible_solution():
        return None
    duals = result.dual_values(list(model.linear_constraints()))
    bound = dual_bound(program, objective, duals)
    return Relaxed(bound, tuple(result.variable_values(variables)))


def dual_bound(program: Program, objective: Objective, duals: Sequence[float]) -> int:
    """The bound that these dual values of the rows prove; better ones give a better bound.

    For the least of cx and any y: cx = yAx + (c - yA)x, each part no less than its least within
    the rows' and the variables' bounds.
    """
    sign = -1 if objective.maximise else 1
    reduced = [0] * len(program.low)
    for coefficient, variable in objective.terms:
        reduced[variable] += sign * coefficient * _SCALE
    total = 0
    for row, dual in zip(program.rows, duals, strict=True):
        weight = round(sign * dual * _SCALE)
        side = row.low if weight > 0 else row.high
        if not weight or abs(side) >= FREE:
            continue
        total += weight * side
        for coefficient, variable in row.terms:
            reduced[variable] -= weight * coefficient
    for cost, low, high in zip(reduced, program.low, program.high, strict=True):
        total += cost * (low if cost > 0 else high)
    # Rounded up: the value of a solution is whole.
    return objective.offset + sign * -(-total // _SCALE)
