"""The best plan of one level so far, and what is known of the level's bound."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.deadline import Deadline
from allocator.engines.bounds import Bounds
from allocator.engines.relaxation import Prices, Relaxed
from allocator.model.variables import Variables
from allocator.search.plan.steering import Goals

Values = Sequence[int]


class Incumbent:
    """The best values of one level so far. Whatever is taken for better keeps every row and bound
    of the program first; what does not is reported and left.

    The relaxation may be told from another thread.
    """

    def __init__(
        self, variables: Variables, goals: Goals, values: Values, bounds: Bounds, deadline: Deadline
    ) -> None:
        self._variables = variables
        self._deadline = deadline
        self._objective = goals.first
        self.goals = goals
        self.values = values
        self.bounds = bounds
        self.idle = 0
        """Steps in a row, counted by whoever takes them, that gained nothing."""
        self.guide: Sequence[float] | None = None
        """Values of a relaxation, where one is known: what is better there is worth a step."""
        self._relaxed: Relaxed | None = None

    @property
    def value(self) -> int:
        return self._objective.value(self.values)

    def done(self, values: Values | None = None) -> bool:
        """Whether somebody says that nothing is better than these values, or the best so far."""
        reached = self.value if values is None else self._objective.value(values)
        return not self._objective.better(self.bounds.claimed.value, reached)

    def take(self, found: Values | None) -> None:
        """The values found are the best so far, unless they are worse, or no solution."""
        if found is None:
            return
        found = self._variables.measured(found)
        if not self.goals.better(found, self.values):
            return
        if not self._variables.program.holds(found):
            self._deadline.report("plan: values that break a row were taken for a better plan")
            return
        self.values = found
        self.bounds.refute(self.value)

    def relax(self, found: Relaxed | None) -> None:
        """Takes over what the level's relaxation proves."""
        if found is not None:
            self.bounds.certify(found.bound, "relaxation")
            self.bounds.refute(self.value)
            self._relaxed = found

    def narrow(self) -> None:
        """Takes out of the program what nothing as good as the incumbent uses."""
        if self._relaxed is not None:
            narrow(self._relaxed.prices, self._variables, self.values, self._deadline)


def narrow(prices: Prices, variables: Variables, values: Values, deadline: Deadline) -> None:
    """Narrow the variables' bounds to what solutions as good as these values may use. Bounds that
    the values themselves do not keep show that the prices are wrong: none is changed then.

    deadline: when to end at the latest.
    """
    program = variables.program
    bounds = prices.narrowed(program, prices.objective.value(values))
    if not all(low <= values[v] <= high for v, (low, high) in bounds.items()):
        deadline.report("relaxation: its prices rule out the plan that they are to keep")
        return
    for variable, (low, high) in bounds.items():
        program.set_bounds(variable, low, high)
