"""What is known of one level while it is searched."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.engines import Outcome, Prover
from allocator.engines.outcome import Status
from allocator.engines.relaxation import Relaxed
from allocator.model.variables import Variables
from allocator.plan.steering import Goals

Values = Sequence[int]


class Known:
    """The best values of one level so far, and its bound as it gets tighter. The bound may be told
    from another thread."""

    def __init__(self, variables: Variables, goals: Goals, values: Values, bound: int) -> None:
        self._variables = variables
        self._objective = goals.first
        self.goals = goals
        self.values = values
        self.bound = bound
        self.proved_by: Prover = "sum"
        self._relaxed: Relaxed | None = None
        self._guides = True

    def done(self, values: Values | None = None) -> bool:
        """Whether nothing is better than these values, or than the best so far."""
        return self._objective.value(self.values if values is None else values) == self.bound

    def guide(self) -> Sequence[float] | None:
        """Where the relaxation is best, once that is known and to be followed."""
        return self._relaxed.values if self._relaxed is not None and self._guides else None

    def take(self, found: Values | None) -> None:
        """The values found are the best so far, unless they are worse."""
        if found is not None:
            found = self._variables.measured(found)
            if self.goals.better(found, self.values):
                self.values = found

    def tighten(self, bound: int | None, by: Prover) -> None:
        if bound is not None and self._objective.better(self.bound, bound):
            self.bound, self.proved_by = bound, by

    def relax(self, found: Relaxed | None, *, guides: bool = True) -> None:
        if found is not None:
            self._guides = guides
            self.tighten(found.bound, "relaxation")
            self._relaxed = found

    def outcome(self) -> Outcome:
        """What the level came to. What cannot be as good is out of the program from now on."""
        if self._relaxed is not None:
            self._relaxed.prices.narrow(self._variables.program, self._objective.value(self.values))
        status: Status = "optimal" if self.done() else "feasible"
        return Outcome(status, "cpsat", tuple(self.values), self.bound, self.proved_by)
