"""Both tables of sums over all worlds of one scope, with names in place of bits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from allocator.inputs.problem import Problem, World
from allocator.model import Scope
from allocator.model.scope import alone
from allocator.results.blocking import Switch
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.feasibility.world_units import WorldQuestion
from allocator.search.minimal_sets.world_sets import WorldSet, WorldSpace


@dataclass(frozen=True)
class Sums:
    """Both tables of one scope."""

    problem: Problem
    scope: Scope

    @cached_property
    def elements(self) -> tuple[Switch, ...]:
        scope = self.scope
        found = [("precondition", name) for name in scope.preconditions]
        found += [("nation", name) for name in scope.nations or ()]
        found += [("caveat", name) for name in scope.caveats]
        found += [("commitment", name) for name in scope.commitments]
        return tuple(sorted(found))

    @cached_property
    def worlds(self) -> WorldSpace:
        return WorldSpace(len(self.elements))

    @cached_property
    def refuted(self) -> WorldSet:
        return self._sums(sure=False).refuted()

    @cached_property
    def proved(self) -> WorldSet:
        return self._sums(sure=True).proved()

    def switches(self, mask: int) -> list[Switch]:
        return [e for position, e in enumerate(self.elements) if mask >> position & 1]

    def names(self, table: WorldSet) -> list[set[str]]:
        """The switches' names of each world of the table."""
        return [{name for _, name in self.switches(mask)} for mask in self.worlds.masks(table)]

    @property
    def needed(self) -> list[set[str]]:
        """What it takes at the least, by the worlds that are not refuted."""
        return self.names(self.worlds.minimal(self.worlds.invert(self.refuted)))

    @property
    def enough(self) -> list[set[str]]:
        """What does for certain, by the worlds that are proved."""
        return self.names(self.worlds.minimal(self.proved))

    def _sums(self, *, sure: bool) -> WorldSums:
        return WorldSums(WorldQuestion(self.problem, self.scope, self.elements, self.worlds, sure))


def of_preconditions(asked: Problem, world: World, task: str) -> Sums:
    names = relevant_preconditions(asked, world, task)
    return Sums(asked, replace(alone(asked, world, task), preconditions=names))
