"""A second engine for every no: HiGHS, through OR-Tools' MathOpt, reads the very same program.

CP-SAT has answered "infeasible" wrongly before. A no is shown only where a sum proves it, or a
second engine that shares no search with the first says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from allocator.deadline import Deadline
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program

Opinion = Literal["infeasible", "feasible", "unknown"]


class SecondOpinion:
    """A program handed to HiGHS once; as it stands at the time of the first question."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._model: Any = None
        self._variables: list[Any] = []

    def ask(self, fixed: Mapping[int, int], deadline: Deadline) -> Opinion:
        """Whether the program has a solution with these variables fixed.

        "feasible" only where HiGHS's values, rounded, satisfy every row exactly.
        """
        if deadline.expired:
            return "unknown"
        from ortools.math_opt.python import mathopt

        self._build()
        for variable, value in fixed.items():
            self._set_bounds(variable, value, value)
        try:
            reason, values = self._solve(mathopt, deadline)
        finally:
            for variable in fixed:
                low, high = self._program.low[variable], self._program.high[variable]
                self._set_bounds(variable, low, high)
        if reason in (
            mathopt.TerminationReason.INFEASIBLE,
            mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED,
        ):
            return "infeasible"
        if values is not None and satisfies(self._program, values, fixed):
            return "feasible"
        return "unknown"

    def best(self, objective: Objective, deadline: Deadline) -> int | None:
        """The proved best value of the objective, or None where HiGHS does not prove one."""
        from ortools.math_opt.python import mathopt

        self._build()
        total = mathopt.fast_sum(
            [coefficient * self._variables[v] for coefficient, v in objective.terms]
        )
        self._model.set_objective(total, is_maximize=objective.maximise)
        reason, values = self._solve(mathopt, deadline)
        self._model.set_objective(0.0, is_maximize=False)
        if reason != mathopt.TerminationReason.OPTIMAL or values is None:
            return None
        if not satisfies(self._program, values, {}):
            return None
        return objective.offset + sum(c * values[v] for c, v in objective.terms)

    def _solve(self, mathopt: Any, deadline: Deadline) -> tuple[Any, list[int] | None]:
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(deadline.remaining(), 0.001)),
            absolute_gap_tolerance=0.0,
            relative_gap_tolerance=0.0,
        )
        result = mathopt.solve(self._model, mathopt.SolverType.HIGHS, params=parameters)
        values = None
        if result.has_primal_feasible_solution():
            values = [round(value) for value in result.variable_values(self._variables)]
        return result.termination.reason, values

    def _build(self) -> None:
        if self._model is not None:
            return
        from ortools.math_opt.python import mathopt

        self._model = mathopt.Model()
        self._variables = [
            self._model.add_variable(lb=low, ub=high, is_integer=True)
            for low, high in zip(self._program.low, self._program.high, strict=True)
        ]
        for row in self._program.rows:
            total = mathopt.fast_sum([c * self._variables[v] for c, v in row.terms])
            low = row.low if row.low > -FREE else float("-inf")
            high = row.high if row.high < FREE else float("inf")
            self._model.add_linear_constraint(lb=low, ub=high, expr=total)

    def _set_bounds(self, variable: int, low: int, high: int) -> None:
        self._variables[variable].lower_bound = low
        self._variables[variable].upper_bound = high


def satisfies(program: Program, values: list[int], fixed: Mapping[int, int]) -> bool:
    """Whether whole-number values meet all bounds and rows of the program, exactly."""
    in_bounds = all(
        low <= value <= high
        for low, value, high in zip(program.low, values, program.high, strict=True)
    )
    return (
        in_bounds
        and all(values[variable] == value for variable, value in fixed.items())
        and all(
            row.low <= sum(c * values[v] for c, v in row.terms) <= row.high for row in program.rows
        )
    )
