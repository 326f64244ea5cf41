"""Rows of a given plan that cannot all stand.

Elements are pairs of a nation and a task whose rows have to stand (`exactly`, `at_least`); freeing
more of them never makes anything harder, so the minimal sets whose freeing does, and those that
clash, are the two families of one monotone question.
"""

from __future__ import annotations

from collections.abc import Iterable

from allocator.checker import violations
from allocator.checker.distance import kind_faults
from allocator.deadline import TimeUpError
from allocator.engines import Portfolio
from allocator.inputs.given import Pair
from allocator.results.repair import Clash, Clashes
from allocator.search.given.clash_rules import clash_rules
from allocator.search.given.demands import Demands
from allocator.search.minimal_sets.families import Answer, Mask, positions
from allocator.search.minimal_sets.search import Search


def clashes(asked: Demands) -> Clashes:
    """Return the minimal sets of pairs whose rows clash, with the rules that they clash over, and
    the minimal sets whose freeing does; none of either where all rows can stand.

    asked: the rows that have to stand.
    """
    try:
        asking = Question(asked.within(0.8))
    except TimeUpError:
        return Clashes(complete=False)
    size = len(asked.given.demanding)
    found = Search(size, asking.ask, asking.certain, asked.deadline.part(0.8)).run()
    if 0 in found.minimal:
        return Clashes()
    named = _by_size(asking.pairs(mask) for mask in found.blocking)
    explained = tuple(Clash(pairs, clash_rules(asked.of(pairs))) for pairs in named)
    frees = _by_size(asking.pairs(mask) for mask in found.minimal)
    return Clashes(explained, frees, found.complete)


def _by_size(sets: Iterable[tuple[Pair, ...]]) -> tuple[tuple[Pair, ...], ...]:
    return tuple(sorted(sets, key=lambda one: (len(one), one)))


class Question:
    """Whether all rows can stand with some pairs freed. Raises TimeUpError where there is no time
    to state it. asked: the rows that have to stand."""

    def __init__(self, asked: Demands) -> None:
        self._asked = asked
        self._variables, self._switches = asked.stated()
        self._engines = Portfolio(self._variables.program, asked.settings)

    def pairs(self, mask: Mask) -> tuple[Pair, ...]:
        """The pairs of a mask, sorted."""
        return tuple(self._asked.given.demanding[position] for position in positions(mask))

    def mask(self, pairs: Iterable[Pair]) -> Mask:
        """The mask of these pairs."""
        return sum(1 << self._asked.given.demanding.index(pair) for pair in pairs)

    def ask(self, freed: Mask) -> Answer:
        """Yes by an allocation that passes the checker."""
        found = self._engines.feasible(self._asked.deadline, self._fixed(freed))
        if found.values is None:
            return Answer.NO if found.status == "infeasible" else Answer.UNKNOWN
        allocation = self._variables.allocation(found.values)
        loose = self._asked.given.freed(self.pairs(freed))
        faults = (
            *violations(self._asked.problem, self._asked.world, allocation),
            *kind_faults(loose, allocation),
        )
        for fault in faults:
            self._asked.deadline.report(f"clashes: the checker refuses an allocation: {fault}")
        return Answer.UNKNOWN if faults else Answer.YES

    def certain(self, freed: Mask) -> bool:
        """Whether two engines say no."""
        return self._engines.refutes(self._asked.deadline, self._fixed(freed))

    def _fixed(self, freed: Mask) -> dict[int, int]:
        free = set(self.pairs(freed))
        return {variable: int(pair in free) for pair, variable in self._switches.items()}
