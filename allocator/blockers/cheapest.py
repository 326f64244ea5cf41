"""The cheapest unlocking set, with a proved lower bound while it is being looked for.

One optimisation: the task alone with a switch for every precondition, the efforts of those
switched on at the least. A bound counts where the other engine confirms that nothing costs less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.engines import Outcome, Portfolio, Settings
from allocator.feasibility.questions import Questions
from allocator.minimal_sets.families import Answer, Mask, positions
from allocator.model import build
from allocator.model.objectives import Objective

SLICES = (0.05, 0.2, 0.7)
"""Of what is left of the time, one after the other; after each it is told what is known."""

SEARCH_SHARE = 0.6
"""Of a slice; the rest is for the other engine's opinion."""


@dataclass(frozen=True)
class Cheapest:
    """`known`: the cheapest set found, None if none was; no set costs less than `bound`."""

    known: Mask | None
    cost: int | None
    bound: int

    @property
    def proved(self) -> bool:
        return self.cost == self.bound


def cheapest(
    questions: Questions,
    costs: list[int],
    settings: Settings,
    deadline: Deadline,
    improved: Callable[[Cheapest], None] = lambda found: None,
) -> Cheapest:
    """The cheapest set of switches that makes the questions' task ready, as far as the deadline
    allows.

    costs: of each element, whole and above 0. `improved` is told of each better set or bound.
    """
    questions.deadline = deadline
    search = _Search(questions, costs, settings)
    best = search.begin()
    improved(best)
    for share in SLICES:
        if best.known is None or best.proved or deadline.expired:
            break
        better = search.step(best, deadline.part(share))
        if better != best:
            improved(better)
        best = better
    return best


class _Search:
    def __init__(self, questions: Questions, costs: list[int], settings: Settings) -> None:
        self._questions = questions
        self._costs = costs
        self._settings = settings

    def begin(self) -> Cheapest:
        """A minimal set, the dearest elements left out first."""
        everything = self._questions.everything
        if self._questions.ask(everything) is not Answer.YES:
            return Cheapest(None, None, 0)
        known = self._shrunk(everything)
        return Cheapest(known, self._total(known), 0)

    def step(self, best: Cheapest, deadline: Deadline) -> Cheapest:
        """One search: a better set, a better bound, or what was known."""
        engines, objective, switches = self._program(cheaper_than=best.cost)
        outcome = engines.best(deadline.part(SEARCH_SHARE), objective)
        if outcome.values is not None:
            values = outcome.values
            on = sum(1 << place for place, variable in enumerate(switches) if values[variable])
            best = self._better(best, on)
        claimed = best.cost if outcome.status == "infeasible" else outcome.bound
        if claimed is None or best.cost is None or claimed <= best.bound:
            return best
        claimed = min(claimed, best.cost)
        if not self._nothing_below(claimed, outcome, deadline):
            return best
        return Cheapest(best.known, best.cost, claimed)

    def _better(self, best: Cheapest, on: Mask) -> Cheapest:
        """The set of a plan, once it passes the checker, without what it does not need."""
        if self._questions.ask(on) is not Answer.YES:
            return best
        known = self._shrunk(on)
        cost = self._total(known)
        if best.cost is not None and best.cost <= cost:
            return best
        return Cheapest(known, cost, best.bound)

    def _nothing_below(self, cost: int, outcome: Outcome, deadline: Deadline) -> bool:
        """Whether the engine that did not say so agrees that no set costs less, on a program of
        its own."""
        engines, _, _ = self._program(cheaper_than=cost)
        first = Outcome("infeasible", outcome.engine)
        return engines.second_opinion(first, deadline) == "no"

    def _program(self, cheaper_than: int | None) -> tuple[Portfolio, Objective, list[int]]:
        """The task with its switches, their cost as the objective, below what is known."""
        variables = build(self._questions.problem, self._questions.scope)
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

    def _total(self, mask: Mask) -> int:
        return sum(self._costs[position] for position in positions(mask))
