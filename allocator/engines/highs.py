"""HiGHS and SCIP, through OR-Tools' MathOpt, on the very same program.

They work with floating-point numbers: a solution counts only where its values, rounded, satisfy
every row exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import ceil, floor, isfinite
from threading import Event, Thread
from typing import Any, ClassVar

from allocator.deadline import Deadline
from allocator.engines.linear import bounds, mathopt_model
from allocator.engines.outcome import Engine, Outcome
from allocator.model.objectives import Objective
from allocator.model.program import Program

GRACE = 2.0
"""Seconds after its deadline before a search is left to its own end."""


class Highs:
    """A program handed to HiGHS once, then asked again and again; rows may be added."""

    engine: ClassVar[Engine] = "highs"
    solver: ClassVar[str] = "HIGHS"

    def __init__(self, program: Program) -> None:
        self._program = program
        self._model: Any = None
        self._variables: list[Any] = []
        self._rows = 0

    def ask(
        self,
        deadline: Deadline,
        fixed: Mapping[int, int] | None = None,
        objective: Objective | None = None,
        hint: Sequence[int] | None = None,
    ) -> Outcome:
        """One search, with some variables fixed for this search alone. One that runs out of
        memory is unknown."""
        if deadline.expired:
            return Outcome("unknown", self.engine)
        try:
            return self._ask(deadline, fixed or {}, objective, hint)
        except MemoryError:
            deadline.lacks_memory()
            self._model = None  # What was handed over may be there in part.
            return Outcome("unknown", self.engine)

    def _ask(
        self,
        deadline: Deadline,
        fixed: Mapping[int, int],
        objective: Objective | None,
        hint: Sequence[int] | None,
    ) -> Outcome:
        self._take_over()
        for variable, value in fixed.items():
            self._set_bounds(variable, value, value)
        self._set_objective(objective)
        # Neither has a way to be stopped: a search that is cancelled is left to its own end.
        answered = _abandonable(lambda: self._search(deadline.remaining(), hint), deadline)
        if answered is None:
            self._model = None
            return Outcome("unknown", self.engine)
        for variable in fixed:
            low, high = self._program.low[variable], self._program.high[variable]
            self._set_bounds(variable, low, high)
        return self._outcome(answered, fixed, objective)

    def _search(self, seconds: float, hint: Sequence[int] | None) -> Any:
        from ortools.math_opt.python import mathopt

        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(seconds, 0.001)),
            absolute_gap_tolerance=0.0,
            relative_gap_tolerance=0.0,
        )
        start = mathopt.ModelSolveParameters()
        if hint is not None:
            values = {self._variables[v]: float(value) for v, value in enumerate(hint)}
            start = mathopt.ModelSolveParameters(
                solution_hints=[mathopt.SolutionHint(variable_values=values)]
            )
        return mathopt.solve(
            self._model, mathopt.SolverType[self.solver], params=parameters, model_params=start
        )

    def _outcome(
        self, result: Any, fixed: Mapping[int, int], objective: Objective | None
    ) -> Outcome:
        from ortools.math_opt.python.mathopt import TerminationReason as Reason

        reason = result.termination.reason
        if reason in (Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED):
            return Outcome("infeasible", self.engine)
        bound = None if objective is None else _bound(result, objective)
        if not result.has_primal_feasible_solution():
            return Outcome("unknown", self.engine, None, bound)
        values = tuple(round(value) for value in result.variable_values(self._variables))
        if not satisfies(self._program, values, fixed):
            return Outcome("unknown", self.engine, None, bound)
        proved = objective is None or bound == objective.value(values)
        return Outcome("optimal" if proved else "feasible", self.engine, values, bound)

    def _take_over(self) -> None:
        """Hands over what has been added to the program since the last question."""
        from ortools.math_opt.python import mathopt

        if self._model is None:
            self._model = mathopt_model(self._program, integer=True)
            self._variables = list(self._model.variables())
            self._rows = len(self._program.rows)
        for variable in range(len(self._variables), len(self._program.low)):
            low, high = self._program.low[variable], self._program.high[variable]
            self._variables.append(self._model.add_variable(lb=low, ub=high, is_integer=True))
        for row in self._program.rows[self._rows :]:
            total = mathopt.fast_sum([c * self._variables[v] for c, v in row.terms])
            least, most = bounds(row.low, row.high)
            self._model.add_linear_constraint(lb=least, ub=most, expr=total)
        self._rows = len(self._program.rows)

    def _set_bounds(self, variable: int, low: int, high: int) -> None:
        self._variables[variable].lower_bound = low
        self._variables[variable].upper_bound = high

    def _set_objective(self, objective: Objective | None) -> None:
        from ortools.math_opt.python import mathopt

        terms = () if objective is None else objective.terms
        total = mathopt.fast_sum([c * self._variables[v] for c, v in terms])
        maximise = objective is not None and objective.maximise
        self._model.set_objective(total, is_maximize=maximise)


class Scip(Highs):
    """SCIP in the place of HiGHS: slower to say that there is nothing, far quicker to the best
    plan of a few thousand variables."""

    engine = "scip"
    solver = "GSCIP"


def satisfies(program: Program, values: Sequence[int], fixed: Mapping[int, int]) -> bool:
    """Whether whole-number values meet all bounds and rows of the program, exactly."""
    return (
        all(
            low <= value <= high
            for low, value, high in zip(program.low, values, program.high, strict=True)
        )
        and all(values[variable] == value for variable, value in fixed.items())
        and all(
            row.low <= sum(c * values[v] for c, v in row.terms) <= row.high for row in program.rows
        )
    )


def _bound(result: Any, objective: Objective) -> int | None:
    """The dual bound as a whole number, given a little away for rounding."""
    bound: float = result.termination.objective_bounds.dual_bound
    if not isfinite(bound):
        return None
    slack = max(1e-5, 1e-9 * abs(bound))
    whole = floor(bound + slack) if objective.maximise else ceil(bound - slack)
    return objective.offset + whole


def _abandonable(work: Callable[[], Any], deadline: Deadline) -> Any:
    """What `work` returns, or None as soon as the deadline is cancelled, or some seconds after
    it has passed: presolve does not always look at the clock."""
    finished = Event()
    results: list[Any] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)
        finally:
            finished.set()

    with deadline.stopping(finished.set):
        Thread(target=run, daemon=True).start()
        finished.wait(deadline.remaining() + GRACE)
    if errors:
        raise errors[0]
    return results[0] if results else None
