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
from math import gcd, isfinite

from allocator.deadline import Deadline
from allocator.engines.engine import LATE, searched_apart
from allocator.engines.linear import Columns, columns_of, mathopt_model
from allocator.memory import is_lack
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program, Row

_SCALE = 1 << 30


@dataclass(frozen=True)
class Relaxed:
    """values: of every variable where the relaxation is best, in fractions and within the engine's
    tolerance. prices: what is proved."""

    values: tuple[float, ...]
    prices: Prices

    @property
    def bound(self) -> int:
        """No solution of the program is better."""
        return self.prices.bound


@dataclass(frozen=True)
class Prices:
    """What dual values prove of an objective: every solution is worse than `least` by at least
    what each variable's distance from its cheaper bound costs.

    least, costs: of the objective as it is to be as low as possible, offset apart, times 2^30.
    """

    objective: Objective
    least: int
    costs: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]

    @property
    def bound(self) -> int:
        """Rounded towards what can be reached: the value of a solution is whole."""
        return self.objective.offset + self._sign * -(-self.least // _SCALE)

    def narrowed(self, program: Program, value: int) -> dict[int, tuple[int, int]]:
        """The bounds of the variables without what no solution at least as good as `value` uses
        (reduced cost tightening, Dantzig, Fulkerson and Johnson 1954); those that change.

        Where bounds are left no value, there is no such solution, or the prices are wrong.
        """
        room = self._sign * (value - self.objective.offset) * _SCALE - self.least
        found = {}
        bounds = enumerate(zip(self.costs, self.low, self.high, strict=True))
        for variable, (cost, low, high) in bounds:
            if not cost:
                continue
            least, most = program.low[variable], program.high[variable]
            if cost > 0:
                narrow = (least, min(most, low + room // cost))
            else:
                narrow = (max(least, high - room // -cost), most)
            if narrow != (least, most):
                found[variable] = narrow
        return found

    @property
    def _sign(self) -> int:
        return -1 if self.objective.maximise else 1


def relaxed(program: Program, objective: Objective, deadline: Deadline) -> Relaxed | None:
    """Return the relaxation at its best; None where the time ran out, where it has no solution, or
    where the engine fails, which the deadline hears.

    program: variables, and the rows between them. objective: what is optimised.
    """
    program = _rounded(program)
    try:
        terms = objective.terms
        found = _solved(columns_of(program), terms, objective.maximise, deadline)
        if found is None:
            return None
        values, duals = found
        if len(values) != len(program.low) or not all(map(isfinite, values)):
            raise ValueError("no value for each variable")
        return Relaxed(values, priced(program, objective, duals))
    except Exception as error:
        if is_lack(error):
            raise
        deadline.report(f"relaxation: failed with {type(error).__name__}: {error}")
        return None


def optimum(
    columns: Columns, costs: Sequence[tuple[int, int]], deadline: Deadline
) -> tuple[Sequence[float], Sequence[float]] | None:
    """Return the values of the variables and the dual values of the rows where a linear program
    costs least, as the engine has them: what follows from them is for whoever asks to work out.
    None as in `relaxed`.

    columns: variables, and the rows between them. costs: each with the variable that it is of.
    """
    try:
        return _solved(columns, costs, False, deadline)
    except Exception as error:
        if is_lack(error):
            raise
        deadline.report(f"relaxation: failed with {type(error).__name__}: {error}")
        return None


def _solved(
    columns: Columns, terms: Sequence[tuple[int, int]], maximise: bool, deadline: Deadline
) -> tuple[tuple[float, ...], Sequence[float]] | None:
    """The variables' values, and the dual values of the rows."""
    from ortools.math_opt.python import mathopt

    model = mathopt_model(columns, integer=False)
    variables = list(model.variables())
    total = mathopt.fast_sum([c * variables[v] for c, v in terms])
    model.set_objective(total, is_maximize=maximise)
    limit = mathopt.SolveParameters(time_limit=timedelta(seconds=max(deadline.remaining(), 0.001)))
    answered, result = searched_apart(
        lambda: mathopt.solve(model, mathopt.SolverType.HIGHS, params=limit), None, deadline
    )
    if not answered:
        if not deadline.cancelled:
            deadline.report(f"relaxation: {LATE}")
        return None
    if not result.has_dual_feasible_solution() or not result.has_primal_feasible_solution():
        return None
    duals = result.dual_values(list(model.linear_constraints()))
    return tuple(result.variable_values(variables)), duals


def priced(program: Program, objective: Objective, duals: Sequence[float]) -> Prices:
    """Return what these dual values of the rows prove; better ones prove more.

    For the least of cx and any y: cx = yAx + (c - yA)x, each part no less than its least within
    the rows' and the variables' bounds.

    program: variables, and the rows between them. objective: what is optimised. duals: one a row.
    """
    sign = -1 if objective.maximise else 1
    costs = [0] * len(program.low)
    for coefficient, variable in objective.terms:
        costs[variable] += sign * coefficient * _SCALE
    least = 0
    for row, dual in zip(program.rows, duals, strict=True):
        weight = round(sign * dual * _SCALE)
        side = row.low if weight > 0 else row.high
        if not weight or abs(side) >= FREE:
            continue
        least += weight * side
        for coefficient, variable in row.terms:
            costs[variable] -= weight * coefficient
    for cost, low, high in zip(costs, program.low, program.high, strict=True):
        least += cost * (low if cost > 0 else high)
    return Prices(objective, least, tuple(costs), tuple(program.low), tuple(program.high))


def _rounded(program: Program) -> Program:
    """The same whole-number solutions, fewer fractions: what is fixed is taken out of the rows,
    and their sides are rounded to what the rest can come to (Chvátal 1973)."""
    return program.with_rows(_rounded_row(program, row) for row in program.rows)


def _rounded_row(program: Program, row: Row) -> Row:
    free = [(c, v) for c, v in row.terms if program.low[v] < program.high[v]]
    if len(free) == len(row.terms):
        return row
    fixed = sum(c * program.low[v] for c, v in row.terms if program.low[v] == program.high[v])
    divisor = gcd(*(c for c, _ in free)) or 1
    low = row.low if row.low == -FREE else -((fixed - row.low) // divisor)
    high = row.high if row.high == FREE else (row.high - fixed) // divisor
    return Row(tuple((c // divisor, v) for c, v in free), low, high)
