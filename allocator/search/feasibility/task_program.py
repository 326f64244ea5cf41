"""The integer program of one scope, asked again and again with switches on and off."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.deadline import Deadline
from allocator.engines import Outcome, Portfolio, Settings
from allocator.engines.portfolio import Opinion
from allocator.inputs.problem import Problem
from allocator.model import Scope, build
from allocator.model.program import Check, go_on
from allocator.results.blocking import Switch
from allocator.results.result import Allocation
from allocator.search.minimal_sets.families import Mask


class TaskProgram:
    """The program, its engines, and the switches by their place in a mask.

    elements: the scope's switches in the order of a mask's bits. check: called while the program
    is built, and may raise TimeUpError.
    """

    def __init__(
        self,
        problem: Problem,
        scope: Scope,
        elements: Sequence[Switch],
        settings: Settings,
        check: Check = go_on,
    ) -> None:
        self._variables = build(problem, scope, check)
        self._engines = Portfolio(self._variables.program, settings)
        self._switches = [self._variables.switches[element] for element in elements]

    def ask(self, on: Mask, deadline: Deadline) -> Outcome:
        """Whether there is a solution with these switches on; a no is one engine's."""
        return self._engines.feasible(deadline, self._fixed(on))

    def briefly(self, on: Mask, deadline: Deadline) -> Outcome:
        """As `ask`, by one short search alone."""
        return self._engines.briefly(deadline, self._fixed(on))

    def doubted(self, first: Outcome, on: Mask, deadline: Deadline) -> Outcome:
        """What an engine that did not say no says of it.

        first: what another engine said.
        """
        return self._engines.doubted(first, deadline, self._fixed(on))

    def opinion(self, first: Outcome, on: Mask, deadline: Deadline) -> Opinion:
        """As `doubted`, in a word."""
        return self._engines.second_opinion(first, deadline, self._fixed(on))

    def widened(self, on: Mask, deadline: Deadline) -> tuple[Mask, Outcome]:
        """More switches with which there is no solution either, by the core of one engine's no,
        and what that engine said. The same switches where it finds no core."""
        found = self._engines.core(deadline, self._fixed(on))
        if found.core is None:
            return on, found
        core = found.core
        return sum(1 << place for place, v in enumerate(self._switches) if v not in core), found

    def allocation(self, outcome: Outcome) -> Allocation:
        """The allocation of an outcome that has a solution."""
        assert outcome.values is not None
        return self._variables.allocation(outcome.values)

    def _fixed(self, on: Mask) -> dict[int, int]:
        return {variable: on >> place & 1 for place, variable in enumerate(self._switches)}
