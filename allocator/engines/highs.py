"""HiGHS and SCIP, through OR-Tools' MathOpt, on the very same program.

They work with floating-point numbers: a solution counts only where its values, rounded, satisfy
every row exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import ceil, floor, isfinite
from typing import Any, ClassVar

from allocator.engines.engine import Engine
from allocator.engines.linear import bounds, columns_of, mathopt_model
from allocator.engines.outcome import EngineName, Outcome
from allocator.model.objectives import Objective
from allocator.model.program import Check, Program, Row

TOLERANCE = 1e-5
"""How far from a whole number, or beyond a row for each unit of what is in it, rounding alone may
leave a solution."""


class Highs(Engine):
    """HiGHS on one thread."""

    name: ClassVar[EngineName] = "highs"
    solver: ClassVar[str] = "HIGHS"

    def _new_model(self) -> None:
        self._model: Any = None
        self._handles: list[Any] = []

    def _add_variables(self, bounds: Sequence[tuple[int, int]]) -> None:
        if self._model is None:
            return  # All that there is comes at once, with the rows.
        for low, high in bounds:
            self._handles.append(self._model.add_variable(lb=low, ub=high, is_integer=True))

    def _add_rows(self, rows: Sequence[Row], check: Check) -> None:
        from ortools.math_opt.python import mathopt

        if self._model is None:
            self._model = mathopt_model(columns_of(self._program, check), integer=True)
            self._handles = list(self._model.variables())
            return
        for row in rows:
            total = mathopt.fast_sum([c * self._handles[v] for c, v in row.terms])
            least, most = bounds(row.low, row.high)
            self._model.add_linear_constraint(lb=least, ub=most, expr=total)

    def _set_bounds(self, variable: int, low: int, high: int) -> None:
        self._handles[variable].lower_bound = low
        self._handles[variable].upper_bound = high

    def _set_question(self, objective: Objective | None, start: Sequence[int] | None) -> None:
        from ortools.math_opt.python import mathopt

        terms = () if objective is None else objective.terms
        total = mathopt.fast_sum([c * self._handles[v] for c, v in terms])
        maximise = objective is not None and objective.maximise
        self._model.set_objective(total, is_maximize=maximise)
        self._start = mathopt.ModelSolveParameters()
        if start is not None:
            values = {self._handles[v]: float(value) for v, value in enumerate(start)}
            self._start = mathopt.ModelSolveParameters(
                solution_hints=[mathopt.SolutionHint(variable_values=values)]
            )

    def _searcher(self, seconds: float) -> tuple[Callable[[], Any], Callable[[], None] | None]:
        """Neither has a way to be stopped: a search that is cancelled is left to its own end."""
        from ortools.math_opt.python import mathopt

        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=seconds),
            absolute_gap_tolerance=0.0,
            relative_gap_tolerance=0.0,
        )
        model, start, solver = self._model, self._start, mathopt.SolverType[self.solver]
        return lambda: mathopt.solve(model, solver, params=parameters, model_params=start), None

    def _read(self, answer: Any, objective: Objective | None) -> Outcome:
        from ortools.math_opt.python.mathopt import TerminationReason as Reason

        reason = answer.termination.reason
        if reason in (Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED):
            return Outcome("infeasible", self.name)
        bound = None if objective is None else _bound(answer, objective)
        if not answer.has_primal_feasible_solution():
            return Outcome("unknown", self.name, None, bound)
        found = answer.variable_values(self._handles)
        values = tuple(round(value) for value in found)
        if self._lost_by_rounding(found, values):
            return Outcome("unknown", self.name, None, bound)
        proved = objective is None or bound == objective.value(values)
        return Outcome("optimal" if proved else "feasible", self.name, values, bound)

    def _lost_by_rounding(self, found: Sequence[float], values: Sequence[int]) -> bool:
        """Whether whole numbers break what the engine's own numbers keep well enough."""
        return not self._program.holds(values) and _nearly_holds(self._program, found)


class Scip(Highs):
    """SCIP in the place of HiGHS: slower to say that there is nothing, far quicker to the best
    plan of a few thousand variables."""

    name = "scip"
    solver = "GSCIP"


def _nearly_holds(program: Program, found: Sequence[float]) -> bool:
    """Whether the engine's numbers are whole and keep the rows, within what it may be off by."""
    whole = all(abs(value - round(value)) <= TOLERANCE for value in found)
    return whole and all(
        row.low - _slack(row, found) <= sum(c * found[v] for c, v in row.terms)
        <= row.high + _slack(row, found)
        for row in program.rows
    )  # fmt: skip


def _slack(row: Row, found: Sequence[float]) -> float:
    return TOLERANCE * (1 + sum(abs(c * found[v]) for c, v in row.terms))


def _bound(result: Any, objective: Objective) -> int | None:
    """The dual bound as a whole number, given a little away for rounding."""
    bound: float = result.termination.objective_bounds.dual_bound
    if not isfinite(bound):
        return None
    slack = max(1e-5, 1e-9 * abs(bound))
    whole = floor(bound + slack) if objective.maximise else ceil(bound - slack)
    return objective.offset + whole
