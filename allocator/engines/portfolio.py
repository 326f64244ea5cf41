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
from allocator.engines.bounds import Bounds
from allocator.engines.cpsat import Cores, CpSat
from allocator.engines.engine import Engine
from allocator.engines.highs import Highs, Scip
from allocator.engines.outcome import Claimant, Outcome, Settings, Status
from allocator.model.objectives import Objective
from allocator.model.program import Program

Opinion = Literal["no", "yes", "unknown"]

EFFORT = 0.3
"""Deterministic time, about seconds, of CP-SAT's turns before HiGHS has its own."""

CORE_EFFORT = 0.05
"""Of CP-SAT's search for a core: most come in a third of it; others ten times as much would not
bring. With presolve nearly all come, but twice as many are larger than they need be."""

SMALL = 2_000
"""Variables of a program up to which CP-SAT's first turn goes without presolve: on the reference
case that takes up to half of the time away from a question."""

HIGHS_SHARE = 0.6
"""Of what is left of the time."""

BRIEF_SHARE = 0.5
"""Of the time, for the first turn: CP-SAT's deterministic clock may hardly move while all the time
goes by, and the others are to have theirs."""

BEST_SHARES = 0.2, 0.5, 0.8
"""Of what is left of the time when the best is looked for: CP-SAT finds a good plan at once or
leaves it to the others, SCIP and HiGHS then prove it."""

SHORTEST = 0.25
"""Seconds of a turn, where as many are left: cut shorter, none would come to anything."""

CONFIRM_SHARE = 0.4
"""Of what is left of the time, for each that is asked whether what one engine calls the best is."""


class Portfolio:
    """A program that is asked again and again; rows may be added, bounds of variables changed."""

    def __init__(self, program: Program, settings: Settings) -> None:
        self._program = program
        self._settings = settings
        presolve = settings.presolve and len(program.low) > SMALL
        light = replace(settings, light=True, effort=EFFORT, presolve=presolve)
        self._light = CpSat(program, light)
        self._cores = Cores(program, replace(light, effort=CORE_EFFORT))
        self._brief = CpSat(program, replace(settings, effort=EFFORT))
        self._whole = CpSat(program, settings)
        self._highs = Highs(program)
        self._scip = Scip(program)

    def feasible(self, deadline: Deadline, fixed: Mapping[int, int] | None = None) -> Outcome:
        """Whether the program has a solution with these variables fixed; a no is one engine's."""
        outcome = self.briefly(deadline, fixed)
        if outcome.status != "unknown":
            return outcome
        outcome = self._highs.ask(deadline.part(HIGHS_SHARE), fixed)
        if outcome.status != "unknown":
            return outcome
        return self._whole.ask(deadline, fixed)

    def briefly(self, deadline: Deadline, fixed: Mapping[int, int] | None = None) -> Outcome:
        """As `feasible`, by one short search alone."""
        return self._light.ask(deadline.part(BRIEF_SHARE), fixed)

    def core(self, deadline: Deadline, fixed: Mapping[int, int]) -> Outcome:
        """As `briefly`, with the core of a no: which of the variables fixed at 0 it needs, beside
        those fixed at 1. That there is no solution whatever the others are is one engine's word.

        fixed: values of 0/1 variables, for this search alone.
        """
        return self._cores.ask(deadline.part(BRIEF_SHARE), fixed)

    def second_opinion(
        self, first: Outcome, deadline: Deadline, fixed: Mapping[int, int] | None = None
    ) -> Opinion:
        """Return what the engine that did not say no says of it.

        first: what another engine said. deadline: when to end at the latest. fixed: values of
        variables, for this search alone.
        """
        return _opinion(self.doubted(first, deadline, fixed))

    def doubted(
        self, first: Outcome, deadline: Deadline, fixed: Mapping[int, int] | None = None
    ) -> Outcome:
        """Return the answer of the engine that did not say no; where HiGHS is not sure CP-SAT's,
        without presolve if it was with it that it said no, or else with it. A solution shows that
        the first was wrong, which the deadline hears.

        fixed: values of variables, for this search alone.
        """
        second = Outcome("unknown", first.engine)
        if first.engine == "cpsat":
            second = self._highs.ask(deadline.part(HIGHS_SHARE), fixed)
        if _opinion(second) == "unknown":
            other = self._plain(self._program) if first.presolved else self._whole
            second = other.ask(deadline, fixed)
        if second.values is not None:
            deadline.report(f"{first.engine}: found no solution where there is one")
        return second

    def refutes(self, deadline: Deadline, fixed: Mapping[int, int] | None = None) -> bool:
        """Whether two engines say that there is no solution."""
        first = self.feasible(deadline, fixed)
        if first.status != "infeasible":
            return False
        return self.second_opinion(first, deadline, fixed) == "no"

    def best(
        self, deadline: Deadline, objective: Objective, hint: Sequence[int] | None = None
    ) -> Outcome:
        """Return the best solution found, and the tightest bound that is proved. Infeasible is said
        where two engines say so.

        deadline: when to end at the latest. objective: what is optimised. hint: where to start,
        where a solution is known.
        """
        bounds = Bounds(objective, objective.trivial_bound(self._program), deadline)
        values = self.search(deadline, objective, hint, bounds)
        if values is None:
            refused = bounds.infeasible
            return Outcome("infeasible" if refused else "unknown", "cpsat", None, None)
        values = self.confirmed(deadline, objective, values, bounds)
        bound = bounds.proved
        status: Status = "optimal" if objective.value(values) == bound.value else "feasible"
        return Outcome(status, "cpsat", tuple(values), bound.value, bound.prover)

    def search(
        self,
        deadline: Deadline,
        objective: Objective,
        hint: Sequence[int] | None,
        bounds: Bounds,
    ) -> Sequence[int] | None:
        """Return the best solution found by the engines in turn, until one says that nothing is
        better; what they say of the bound goes into `bounds`.

        hint: where to start; a solution itself where it keeps all rows.

        deadline: when to end at the latest. objective: what is optimised.
        """
        values = hint if hint is not None and self._program.holds(hint) else None
        turns = (self._brief, self._scip, self._highs, self._whole)
        for engine, share in zip(turns, (*BEST_SHARES, 1.0), strict=True):
            if bounds.infeasible or _settled(objective, values, bounds):
                break
            found = engine.ask(deadline.part(share, SHORTEST), None, objective, values or hint)
            bounds.claim_of(found)
            if found.status == "infeasible":
                bounds.infeasible = self.second_opinion(found, deadline) == "no"
            values = _better(objective, values, found.values)
            if values is not None:
                bounds.refute(objective.value(values))
        return values

    def confirmed(
        self, deadline: Deadline, objective: Objective, values: Sequence[int], bounds: Bounds
    ) -> Sequence[int]:
        """Return the values, once engines that did not say that they are best were asked whether
        there is anything better; or what is better, where one finds it.

        Where they agree, the bound is proved from now on.

        deadline: when to end at the latest. objective: what is optimised. bounds: what is proved of
        the objective so far.
        """
        while True:
            bounds.refute(objective.value(values))
            if not self._doubtful(objective, values, bounds):
                return values
            found = self._anything_better(deadline, objective, values, bounds)
            if found is None:
                return values
            values = found

    def _doubtful(self, objective: Objective, values: Sequence[int], bounds: Bounds) -> bool:
        """Whether one engine alone calls the values best."""
        value = objective.value(values)
        return bounds.claimed.value == value != bounds.proved.value

    def _anything_better(
        self, deadline: Deadline, objective: Objective, values: Sequence[int], bounds: Bounds
    ) -> Sequence[int] | None:
        """Something better than the values; None where nobody finds any. What says that there is
        none claims their value as a bound.

        All begin with the values: asked instead whether any plan is better, HiGHS and SCIP take
        two to twenty times as long.
        """
        value = objective.value(values)
        turns: tuple[tuple[Claimant, Engine, float], ...] = (
            ("highs", self._highs, CONFIRM_SHARE),
            ("scip", self._scip, CONFIRM_SHARE),
            ("cpsat", self._whole, CONFIRM_SHARE),
            ("cpsat without presolve", self._plain(self._program), 1.0),
        )
        for claimant, engine, share in turns:
            if not self._doubtful(objective, values, bounds):
                return None
            if bounds.claims(claimant, value):
                continue
            found = engine.ask(deadline.part(share), None, objective, values)
            bounds.claim(found.bound, claimant)
            if found.values is not None and objective.better(objective.value(found.values), value):
                return found.values
        return None

    def _plain(self, program: Program) -> CpSat:
        """CP-SAT without its presolve, where most of its errors were: an opinion of its own."""
        return CpSat(program, replace(self._settings, presolve=False, seed=self._settings.seed + 1))


def _settled(objective: Objective, values: Sequence[int] | None, bounds: Bounds) -> bool:
    """Whether somebody says that nothing is better."""
    return values is not None and not objective.better(
        bounds.claimed.value, objective.value(values)
    )


def _opinion(outcome: Outcome) -> Opinion:
    if outcome.status == "infeasible":
        return "no"
    return "unknown" if outcome.values is None else "yes"


def _better(
    objective: Objective, old: Sequence[int] | None, new: Sequence[int] | None
) -> Sequence[int] | None:
    """The better values; the old ones where both are as good."""
    if old is None or new is None:
        return old if new is None else new
    return new if objective.better(objective.value(new), objective.value(old)) else old
