"""The cheapest unlocking set, with a proved lower bound while it is being looked for.

One optimisation: the task alone with a switch for every precondition, the efforts of those
switched on at the least. A bound counts where the other engine confirms that nothing costs less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Outcome, Portfolio, Settings
from allocator.model import build
from allocator.model.objectives import Objective
from allocator.results.blocking import CheapestWay
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer, Mask, positions

SLICES = (0.05, 0.2, 0.7)
"""Of what is left of the time, one after the other; after each it is told what is known."""

SEARCH_SHARE = 0.6
"""Of a slice; the rest is for the other engine's opinion."""


def cheapest(
    questions: StaffingOracle,
    costs: list[int],
    settings: Settings,
    deadline: Deadline,
    improved: Callable[[CheapestWay], None] = lambda found: None,
) -> CheapestWay:
    """Return the cheapest set of switches that makes the questions' task ready, as far as the
    deadline allows.

    costs: of each element, whole and above 0. `improved` is told of each better set or bound.

    settings: of the engines, such as their seed.
    """
    questions.deadline = deadline
    search = _Search(questions, costs, settings)
    best = search.begin()
    improved(best)
    for share in SLICES:
        if best.effort is None or best.proved or deadline.expired:
            break
        try:
            better = search.step(best, deadline.part(share))
        except TimeUpError:
            continue
        if better != best:
            improved(better)
        best = better
    return best


class _Search:
    def __init__(self, questions: StaffingOracle, costs: list[int], settings: Settings) -> None:
        self._questions = questions
        self._costs = costs
        self._settings = settings

    def begin(self) -> CheapestWay:
        """A minimal set, the dearest elements left out first."""
        everything = self._questions.everything
        if self._questions.ask(everything) is not Answer.YES:
            return CheapestWay((), None, 0)
        return self._way(self._shrunk(everything), 0)

    def step(self, best: CheapestWay, deadline: Deadline) -> CheapestWay:
        """One search: a better set, a better bound, or what was known."""
        engines, objective, switches = self._program(best.effort, deadline)
        outcome = engines.best(deadline.part(SEARCH_SHARE), objective)
        if outcome.values is not None:
            values = outcome.values
            on = sum(1 << place for place, variable in enumerate(switches) if values[variable])
            best = self._better(best, on)
        claimed = best.effort if outcome.status == "infeasible" else outcome.bound
        if claimed is None or best.effort is None or claimed <= best.bound:
            return best
        claimed = min(claimed, best.effort)
        if not self._nothing_below(claimed, outcome, deadline):
            return best
        return replace(best, bound=claimed)

    def _better(self, best: CheapestWay, on: Mask) -> CheapestWay:
        """The set of a plan, once it passes the checker, without what it does not need."""
        if self._questions.ask(on) is not Answer.YES:
            return best
        return self._way(self._shrunk(on), best.bound).beside(best)

    def _nothing_below(self, cost: int, outcome: Outcome, deadline: Deadline) -> bool:
        """Whether the engine that did not say so agrees that no set costs less, on a program of
        its own."""
        engines, _, _ = self._program(cost, deadline)
        first = Outcome("infeasible", outcome.engine)
        return engines.second_opinion(first, deadline) == "no"

    def _program(
        self, cheaper_than: int | None, deadline: Deadline
    ) -> tuple[Portfolio, Objective, list[int]]:
        """The task with its switches, their cost as the objective, below what is known."""
        variables = build(self._questions.problem, self._questions.scope, deadline.check)
        switches = [variables.switches[element] for element in self._questions.elements]
        terms = tuple(zip(self._costs, switches, strict=True))
        if cheaper_than is not None:
            variables.program.at_most(terms, cheaper_than - 1)
        objective = Objective("cost", False, terms)
        return Portfolio(variables.program, self._settings), objective, switches

    def _shrunk(self, kept: Mask) -> Mask:
        for position in sorted(positions(kept), key=lambda p: (-self._costs[p], p)):
            if self._questions.ask(kept & ~(1 << position)) is Answer.YES:
                kept &= ~(1 << position)
        return kept

    def _way(self, mask: Mask, bound: int) -> CheapestWay:
        effort = sum(self._costs[position] for position in positions(mask))
        return CheapestWay(self._questions.names(mask), effort, bound)
