"""The cheapest unlocking set, with a proved lower bound while it is being looked for.

Every unlocking set meets every blocking set, so the cheapest set that meets the blocking sets
known so far is a bound; if it unlocks, it is the answer (implicit hitting sets; Gamba, Bogaerts
and Guns 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.minimal_sets.families import Answer, Mask, bits, positions
from allocator.model.objectives import Objective
from allocator.model.program import Program


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
    costs: Sequence[int],
    ask: Callable[[Mask], Answer],
    certain: Callable[[Mask], bool],
    deadline: Deadline,
    improved: Callable[[Cheapest], None] = lambda found: None,
) -> Cheapest:
    """The cheapest yes-set of a monotone question, as far as the deadline allows.

    costs: of each element, whole and above 0. `improved` is told of each better set or bound.
    """
    search = _Search(costs, ask, certain, deadline)
    best = search.begin()
    improved(best)
    while not best.proved and not deadline.expired:
        better = search.step(best)
        if better is None:
            return best
        if better != best:
            improved(better)
        best = better
    return best


class _Search:
    def __init__(
        self,
        costs: Sequence[int],
        ask: Callable[[Mask], Answer],
        certain: Callable[[Mask], bool],
        deadline: Deadline,
    ) -> None:
        self._costs = costs
        self._ask = ask
        self._certain = certain
        self._deadline = deadline
        self._everything = (1 << len(costs)) - 1
        self._program = Program()
        self._variables = [self._program.boolean() for _ in costs]
        terms = tuple(zip(costs, self._variables, strict=True))
        self._cost = Objective("cost", False, terms)
        self._engines = Portfolio(self._program, Settings())

    def begin(self) -> Cheapest:
        """A minimal set, the dearest elements left out first."""
        kept = self._everything
        if self._ask(kept) is not Answer.YES:
            return Cheapest(None, None, 0)
        return self._shrunk(kept, 0)

    def step(self, best: Cheapest) -> Cheapest | None:
        """One candidate asked: a better set, a better bound, or None where nothing was decided."""
        outcome = self._engines.best(self._deadline, self._cost)
        if outcome.values is None or outcome.bound is None:
            return None
        bound = max(best.bound, outcome.bound)
        candidate = sum(1 << i for i, v in enumerate(self._variables) if outcome.values[v])
        match self._ask(candidate):
            case Answer.YES:
                return self._better(best, candidate, bound)
            case Answer.NO:
                if not self._block_apart(candidate):
                    return None
                return Cheapest(best.known, best.cost, bound)
        return None

    def _block_apart(self, candidate: Mask) -> bool:
        """Adds blocking sets that the candidate misses, no two of which share an element; False
        where not even one is certain."""
        found = False
        while edge := self._block(candidate):
            found = True
            candidate |= edge
            if self._ask(candidate) is not Answer.NO:
                break
        return found

    def _better(self, best: Cheapest, candidate: Mask, bound: int) -> Cheapest:
        found = self._shrunk(candidate, bound)
        if best.cost is not None and best.cost <= (found.cost or 0):
            return Cheapest(best.known, best.cost, bound)
        return found

    def _shrunk(self, kept: Mask, bound: int) -> Cheapest:
        for position in sorted(positions(kept), key=lambda p: (-self._costs[p], p)):
            if self._ask(kept & ~(1 << position)) is Answer.YES:
                kept &= ~(1 << position)
        return Cheapest(kept, self._total(kept), bound)

    def _block(self, no_set: Mask) -> Mask:
        """Adds a blocking set that a no-set misses and returns it; 0 where the no is not certain.

        Cheap elements join the no-set first, so that what must be met is dear.
        """
        outside = sorted(positions(self._everything & ~no_set), key=lambda p: (self._costs[p], p))
        for position in outside:
            if self._ask(no_set | 1 << position) is Answer.NO:
                no_set |= 1 << position
        if not self._certain(no_set):
            return 0
        edge = self._everything & ~no_set
        self._program.at_least([(1, self._variables[p]) for p in positions(edge)], 1)
        return edge

    def _total(self, mask: Mask) -> int:
        return sum(self._costs[element.bit_length() - 1] for element in bits(mask))
