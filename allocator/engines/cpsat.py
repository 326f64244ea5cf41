"""The only module that asks CP-SAT, and the only one that reads its values.

By its programs themselves, which the helper of its Python layer solves: the layer above, which
words them for people, brings pandas, and with it as much start-up as many a command takes.

Why a search stopped and what it proved are two things: an outcome is `infeasible` or `optimal`
only where CP-SAT says so, and values are read only where there is a solution.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil, floor, ulp
from typing import Any, ClassVar

from ortools.sat.python import cp_model_helper as cp_sat

from allocator.deadline import Deadline
from allocator.engines.engine import Engine, Fixed
from allocator.engines.linear import CHUNK
from allocator.engines.outcome import EngineName, Outcome, Settings
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Check, Program, Row


class CpSat(Engine):
    """CP-SAT with these settings."""

    name: ClassVar[EngineName] = "cpsat"

    def __init__(self, program: Program, settings: Settings) -> None:
        self._settings = settings
        super().__init__(program)

    def _new_model(self) -> None:
        self._model = cp_sat.CpModelProto()

    def _searcher(self, seconds: float) -> tuple[Callable[[], Any], Callable[[], None] | None]:
        solver, model = cp_sat.SolveWrapper(), self._model
        solver.set_parameters(_parameters(self._settings, seconds))
        return lambda: solver.solve(model), solver.stop_search  # type: ignore[no-untyped-call]

    def _read(self, answer: Any, objective: Objective | None) -> Outcome:
        status = answer.status
        if status == cp_sat.CpSolverStatus.MODEL_INVALID:
            why = cp_sat.CpSatHelper.validate_model(self._model)
            raise ValueError(f"the program is refused: {why}")
        if status == cp_sat.CpSolverStatus.INFEASIBLE:
            return Outcome("infeasible", self.name, presolved=self._settings.presolve)
        if status not in (cp_sat.CpSolverStatus.OPTIMAL, cp_sat.CpSolverStatus.FEASIBLE):
            # Stopped before its search has begun, CP-SAT's bound is 0 whatever is true.
            return Outcome("unknown", self.name)
        bound = None
        if objective is not None and objective.terms:
            limit = answer.best_objective_bound
            # A whole number on its way through floating point: large ones lose more than a hair.
            hair = max(1e-6, 4 * ulp(limit))
            bound = floor(limit + hair) if objective.maximise else ceil(limit - hair)
        elif objective is not None:
            bound = objective.offset
        values = tuple(answer.solution)
        proved = status == cp_sat.CpSolverStatus.OPTIMAL
        return Outcome("optimal" if proved else "feasible", self.name, values, bound)

    def _add_variables(self, bounds: Sequence[tuple[int, int]]) -> None:
        variables = self._model.variables
        for low, high in bounds:
            variables.add().domain.extend([low, high])

    def _add_rows(self, rows: Sequence[Row], check: Check) -> None:
        constraints = self._model.constraints
        for number, row in enumerate(rows):
            if number % CHUNK == 0:
                check()
            linear = constraints.add().linear
            linear.vars.extend([variable for _, variable in row.terms])
            linear.coeffs.extend([coefficient for coefficient, _ in row.terms])
            linear.domain.extend([_int64(row.low), _int64(row.high)])

    def _set_bounds(self, variable: int, low: int, high: int) -> None:
        domain = self._model.variables[variable].domain
        domain.clear()
        domain.extend([low, high])

    def _set_question(self, objective: Objective | None, start: Sequence[int] | None) -> None:
        self._model.clear_objective()
        self._model.clear_solution_hint()
        if start is not None:
            self._model.solution_hint.vars.extend(range(len(start)))
            self._model.solution_hint.values.extend(start)
        if objective is None or not objective.terms:
            return
        target = self._model.objective
        sign = -1 if objective.maximise else 1
        target.vars.extend([variable for _, variable in objective.terms])
        target.coeffs.extend([sign * coefficient for coefficient, _ in objective.terms])
        target.offset = sign * objective.offset
        target.scaling_factor = sign


class Cores(CpSat):
    """CP-SAT, which names with a no those of the variables fixed at 0 that it needs.

    They are handed over as assumptions instead of bounds, which takes some three times as long.
    """

    def _asked(
        self, deadline: Deadline, fixed: Fixed, objective: Objective | None,
        hint: Sequence[int] | None,
    ) -> Outcome:  # fmt: skip
        # Not cleared afterwards: a search that was left to its own end may still read the model.
        self._model.assumptions.clear()
        assumed = [-variable - 1 for variable, value in fixed.items() if not value]
        self._model.assumptions.extend(assumed)
        held = {variable: value for variable, value in fixed.items() if value}
        return super()._asked(deadline, held, objective, hint)

    def _read(self, answer: Any, objective: Objective | None) -> Outcome:
        found = super()._read(answer, objective)
        if found.status != "infeasible":
            return found
        core = answer.sufficient_assumptions_for_infeasibility
        return replace(found, core=frozenset(-literal - 1 for literal in core))


def _parameters(settings: Settings, seconds: float) -> cp_sat.SatParameters:
    parameters = cp_sat.SatParameters()
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
    return parameters


def _int64(bound: int) -> int:
    if bound <= -FREE:
        return -(1 << 63)
    return (1 << 63) - 1 if bound >= FREE else bound
