"""CP-SAT, SCIP and HiGHS by turns on one program.

CP-SAT answers most questions in milliseconds and never answers a few; HiGHS is slower to start
and strong where the answer lies in the linear relaxation; SCIP is the quickest to the best of a
few thousand variables. Each turn is cut by deterministic
effort where the engine has one, so that an answer that comes in time does not depend on the
machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from allocator.deadline import Deadline
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs, Scip
from allocator.engines.outcome import Outcome, Settings, Status
from allocator.model.objectives import Objective
from allocator.model.program import Program

Opinion = Literal["no", "yes", "unknown"]

EFFORT = 0.3
"""Deterministic time, about seconds, of CP-SAT's turns before HiGHS has its own."""

HIGHS_SHARE = 0.6
"""Of what is left of the time."""

SCIP_SHARE = 0.5
"""Of what is left of the time when the best is looked for."""


class Portfolio:
    """A program that is asked again and again; rows may be added, bounds of variables changed."""

    def __init__(self, program: Program, settings: Settings) -> None:
        self._program = program
        self._settings = settings
        self._light = CpSat(program, replace(settings, light=True, effort=EFFORT))
        self._brief = CpSat(program, replace(settings, effort=EFFORT))
        self._whole = CpSat(program, settings)
        self._highs = Highs(program)
        self._scip = Scip(program)

    def feasible(self, deadline: Deadline, fixed: Mapping[int, int] | None = None) -> Outcome:
        """Whether the program has a solution with these variables fixed."""
        outcome = self._light.ask(deadline, fixed)
        if outcome.status != "unknown":
            return outcome
        outcome = self._highs.ask(deadline.part(HIGHS_SHARE), fixed)
        if outcome.status != "unknown":
            return outcome
        return self._whole.ask(deadline, fixed)

    def briefly(self, deadline: Deadline, fixed: Mapping[int, int] | None = None) -> Outcome:
        """As `feasible`, by one short search alone."""
        return self._light.ask(deadline, fixed)

    def second_opinion(
        self, first: Outcome, deadline: Deadline, fixed: Mapping[int, int] | None = None
    ) -> Opinion:
        """What the engine that did not say no says; CP-SAT without presolve where HiGHS is not
        sure."""
        if first.engine == "cpsat":
            outcome = self._highs.ask(deadline.part(HIGHS_SHARE), fixed)
            if outcome.status != "unknown":
                return _opinion(outcome)
        plain = replace(self._settings, presolve=False, seed=self._settings.seed + 1)
        return _opinion(CpSat(self._program, plain).ask(deadline, fixed))

    def refutes(self, deadline: Deadline, fixed: Mapping[int, int] | None = None) -> bool:
        """Whether two engines say that there is no solution."""
        first = self.feasible(deadline, fixed)
        if first.status != "infeasible":
            return False
        return self.second_opinion(first, deadline, fixed) == "no"

    def best(
        self, deadline: Deadline, objective: Objective, hint: Sequence[int] | None = None
    ) -> Outcome:
        """The best solution found, and the tightest bound of all turns."""
        best = self._brief.ask(deadline, None, objective, hint)
        turns = ((self._scip, SCIP_SHARE), (self._highs, HIGHS_SHARE), (self._whole, 1.0))
        for engine, part in turns:
            if best.status in ("optimal", "infeasible"):
                break
            start = best.values if best.values is not None else hint
            next_ = engine.ask(deadline.part(part), None, objective, start)
            best = _better(objective, best, next_)
        return best


def _opinion(outcome: Outcome) -> Opinion:
    if outcome.status == "infeasible":
        return "no"
    return "unknown" if outcome.values is None else "yes"


def _better(objective: Objective, old: Outcome, new: Outcome) -> Outcome:
    """The better values with the tighter bound; optimal where they meet."""
    if new.status == "infeasible":
        return new if old.values is None else old
    kept = old if _improves(objective, old, new) else new
    if kept.values is None:
        return new
    value = objective.value(kept.values)
    bound = objective.tighter(old.bound, new.bound, value)
    status: Status = "optimal" if bound == value else "feasible"
    prover = old.prover if old.bound == bound else new.prover
    return Outcome(status, kept.engine, kept.values, bound, prover)


def _improves(objective: Objective, old: Outcome, new: Outcome) -> bool:
    """Whether the old values are better than the new, or there are no new ones."""
    if new.values is None or old.values is None:
        return new.values is None
    return objective.better(objective.value(old.values), objective.value(new.values))
