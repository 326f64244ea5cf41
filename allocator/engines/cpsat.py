"""The only module that makes a CpSolver, and the only one that reads its values.

Why a search stopped and what it proved are two things: an outcome is `infeasible` or `optimal`
only where CP-SAT says so, and values are read only where there is a solution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor

from ortools.sat.python import cp_model

from allocator.deadline import Deadline
from allocator.engines.outcome import Outcome, Settings
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program


class CpSat:
    """A program handed to CP-SAT once, then asked again and again.

    Bounds of variables may be changed between questions; rows may be added.
    """

    def __init__(self, program: Program, settings: Settings) -> None:
        self._program = program
        self._settings = settings
        self._begin()
        self._take_over()

    def _begin(self) -> None:
        self._model = cp_model.CpModel()
        self._rows = 0
        self._variables = 0

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
            return Outcome("unknown", "cpsat")
        try:
            return self._ask(deadline, fixed or {}, objective, hint)
        except MemoryError:
            deadline.lacks_memory()
            self._begin()  # What was handed over may be there in part.
            return Outcome("unknown", "cpsat")

    def _ask(
        self,
        deadline: Deadline,
        fixed: Mapping[int, int],
        objective: Objective | None,
        hint: Sequence[int] | None,
    ) -> Outcome:
        self._take_over()
        for variable, value in fixed.items():
            self._set_domain(variable, value, value)
        self._set_objective(objective)
        self._set_hint(hint)
        try:
            return self._search(deadline, objective)
        finally:
            for variable in fixed:
                low, high = self._program.low[variable], self._program.high[variable]
                self._set_domain(variable, low, high)

    def _search(self, deadline: Deadline, objective: Objective | None) -> Outcome:
        solver = cp_model.CpSolver()
        _configure(solver, self._settings, deadline.remaining())
        with deadline.stopping(solver.stop_search):
            status = solver.solve(self._model)
        if status == cp_model.MODEL_INVALID:
            raise AssertionError(f"CP-SAT refuses the program: {self._model.validate()}")
        if status == cp_model.INFEASIBLE:
            return Outcome("infeasible", "cpsat")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            # Stopped before its search has begun, CP-SAT's bound is 0 whatever is true.
            return Outcome("unknown", "cpsat")
        bound = None
        if objective is not None and objective.terms:
            limit = solver.best_objective_bound
            bound = floor(limit + 1e-6) if objective.maximise else ceil(limit - 1e-6)
        elif objective is not None:
            bound = objective.offset
        values = tuple(solver.response_proto.solution)
        proved = status == cp_model.OPTIMAL
        return Outcome("optimal" if proved else "feasible", "cpsat", values, bound)

    def _take_over(self) -> None:
        """Hands over what has been added to the program since the last question."""
        proto = self._model.proto
        for variable in range(self._variables, len(self._program.low)):
            low, high = self._program.low[variable], self._program.high[variable]
            proto.variables.add().domain.extend([low, high])
        self._variables = len(self._program.low)
        for row in self._program.rows[self._rows :]:
            linear = proto.constraints.add().linear
            linear.vars.extend([variable for _, variable in row.terms])
            linear.coeffs.extend([coefficient for coefficient, _ in row.terms])
            linear.domain.extend([_int64(row.low), _int64(row.high)])
        self._rows = len(self._program.rows)

    def _set_domain(self, variable: int, low: int, high: int) -> None:
        domain = self._model.proto.variables[variable].domain
        domain.clear()
        domain.extend([low, high])

    def _set_objective(self, objective: Objective | None) -> None:
        self._model.clear_objective()  # type: ignore[no-untyped-call]
        if objective is None or not objective.terms:
            return
        target = self._model.proto.objective
        sign = -1 if objective.maximise else 1
        target.vars.extend([variable for _, variable in objective.terms])
        target.coeffs.extend([sign * coefficient for coefficient, _ in objective.terms])
        target.offset = sign * objective.offset
        target.scaling_factor = sign

    def _set_hint(self, hint: Sequence[int] | None) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        if hint is not None:
            self._model.proto.solution_hint.vars.extend(range(len(hint)))
            self._model.proto.solution_hint.values.extend(hint)


def _configure(solver: cp_model.CpSolver, settings: Settings, seconds: float) -> None:
    parameters = solver.parameters
    parameters.max_time_in_seconds = seconds
    parameters.random_seed = settings.seed
    parameters.num_workers = settings.workers
    parameters.cp_model_presolve = settings.presolve
    # google/or-tools #5293: presolve may drop the enforcement of a row with large coefficients,
    # and presolve itself makes enforced rows of ours.
    parameters.presolve_inclusion_work_limit = 0
    # Ctrl-C is the deadline's business; CP-SAT's own handler aborts the process.
    parameters.catch_sigint_signal = False
    if settings.effort is not None:
        parameters.max_deterministic_time = settings.effort
    if settings.light:
        # Half the time of a question. Without linear relaxation it would be a quarter, but then
        # some questions are never answered.
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
    if settings.linear:
        parameters.linearization_level = 2
    if settings.gap:
        parameters.relative_gap_limit = settings.gap


def _int64(bound: int) -> int:
    if bound <= -FREE:
        return -(1 << 63)
    return (1 << 63) - 1 if bound >= FREE else bound
