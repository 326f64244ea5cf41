"""Rows of a given plan that cannot all stand.

Elements are pairs of a nation and a task whose rows have to stand (`exactly`, `at_least`); freeing
more of them never makes anything harder, so the minimal sets whose freeing does, and those that
clash, are the two families of one monotone question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from allocator.checker import violations
from allocator.checker.distance import kind_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.inputs.given import GivenPlan, Pair
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.given import hold_unless_freed
from allocator.model.scope import Scope
from allocator.results.repair import Clash, Clashes
from allocator.search.given.clash_rules import clash_rules
from allocator.search.minimal_sets.families import Answer, Mask, positions
from allocator.search.minimal_sets.search import Search


def clashes(
    problem: Problem,
    world: World,
    given: GivenPlan,
    tasks: Collection[str],
    settings: Settings,
    deadline: Deadline,
) -> Clashes:
    """Return the minimal sets of pairs whose rows clash, with the rules that they clash over, and
    the minimal sets whose freeing does; none of either where all rows can stand. tasks: those that
    may be staffed.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: the plan that somebody drew, row by row. settings: of the engines,
    such as their seed. deadline: when to end at the latest.
    """
    try:
        asking = Question(problem, world, given, tasks, settings, deadline.part(0.8))
    except TimeUpError:
        return Clashes(complete=False)
    size = len(given.demanding)
    found = Search(size, asking.ask, asking.certain, deadline.part(0.8)).run()
    if 0 in found.minimal:
        return Clashes()
    named = [asking.pairs(mask) for mask in found.blocking]
    explained = tuple(
        Clash(
            pairs, clash_rules(problem, world, given.demanded_of(pairs), tasks, settings, deadline)
        )
        for pairs in _by_size(named)
    )
    frees = _by_size(asking.pairs(mask) for mask in found.minimal)
    return Clashes(explained, frees, found.complete)


def _by_size(sets: Iterable[tuple[Pair, ...]]) -> tuple[tuple[Pair, ...], ...]:
    return tuple(sorted(sets, key=lambda one: (len(one), one)))


class Question:
    """Whether all rows can stand with some pairs freed. Raises TimeUpError where there is no time
    to state it."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        given: GivenPlan,
        tasks: Collection[str],
        settings: Settings,
        deadline: Deadline,
    ) -> None:
        self._problem, self._world, self._given = problem, world, given
        self._deadline = deadline
        self._variables = build(problem, Scope(world, frozenset(tasks)), deadline.check)
        self._switches = hold_unless_freed(self._variables, given)
        self._engines = Portfolio(self._variables.program, settings)

    def pairs(self, mask: Mask) -> tuple[Pair, ...]:
        """The pairs of a mask, sorted."""
        return tuple(self._given.demanding[position] for position in positions(mask))

    def mask(self, pairs: Iterable[Pair]) -> Mask:
        """The mask of these pairs."""
        return sum(1 << self._given.demanding.index(pair) for pair in pairs)

    def ask(self, freed: Mask) -> Answer:
        """Yes by an allocation that passes the checker."""
        found = self._engines.feasible(self._deadline, self._fixed(freed))
        if found.values is None:
            return Answer.NO if found.status == "infeasible" else Answer.UNKNOWN
        allocation = self._variables.allocation(found.values)
        loose = self._given.freed(self.pairs(freed))
        faults = (
            *violations(self._problem, self._world, allocation),
            *kind_faults(loose, allocation),
        )
        for fault in faults:
            self._deadline.report(f"clashes: the checker refuses an allocation: {fault}")
        return Answer.UNKNOWN if faults else Answer.YES

    def certain(self, freed: Mask) -> bool:
        """Whether two engines say no."""
        return self._engines.refutes(self._deadline, self._fixed(freed))

    def _fixed(self, freed: Mask) -> dict[int, int]:
        free = set(self.pairs(freed))
        return {variable: int(pair in free) for pair, variable in self._switches.items()}
