"""Whether an allocation staffs the task of a scope with switches on, by the checker's word."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.checker import Violation, violations
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.results.result import Allocation
from allocator.search.feasibility.coverage import Coverage
from allocator.search.feasibility.sums import chosen_names
from allocator.search.minimal_sets.families import Mask, positions
from allocator.search.minimal_sets.world_sets import WorldSet, WorldSpace


class Passing:
    """Asks the checker about allocations of one scope, about one task. A mask says which of the
    elements, the scope's switches, are on."""

    def __init__(
        self, problem: Problem, scope: Scope, task: str, elements: tuple[Switch, ...]
    ) -> None:
        self._problem = problem
        self._scope = scope
        self._task = task
        self._elements = elements
        self._coverage: Coverage | None = None
        self._stands_in: list[WorldSet] | None = None

    def cover(self, worlds: WorldSpace) -> None:
        """Ask from now on for all worlds at once, where switches are preconditions. Not where
        offers are counted: whether they cover what is sent is no matter of one condition."""
        if not self._problem.counts_offers and {kind for kind, _ in self._elements} == {
            "precondition"
        }:
            self._coverage = Coverage(self._problem, self._scope, worlds, self._elements)

    def passes(self, on: Mask, allocation: Allocation) -> bool:
        """Whether the checker passes the allocation where these switches are on."""
        if self._coverage is None or not self._coverage.worlds.spans(on):
            return not self.violations(on, allocation)
        stands_in = self._coverage.of(allocation)
        passes = stands_in is not None and bool(self._coverage.worlds.within(stands_in, [on]))
        # One that does not pass is no witness: where else it stands must not be told of another.
        self._stands_in = stands_in if passes else None
        return passes

    def likewise(self, others: Sequence[Mask]) -> list[Mask]:
        """In which other worlds the allocation stands that was asked about last, if it passed."""
        tables, self._stands_in = self._stands_in, None
        if self._coverage is None or tables is None or not others:
            return []
        return self._coverage.worlds.within(tables, others)

    def violations(self, on: Mask, allocation: Allocation) -> tuple[Violation, ...]:
        """What the checker finds wrong with an allocation where these switches are on."""
        chosen = chosen_names(self._elements, on)
        nations = None
        if self._scope.nations is not None:
            nations = (self._task, frozenset(chosen("nation")))
        return violations(
            self._problem,
            self._problem.meeting(self._scope.world, chosen("precondition")),
            allocation,
            only=self._scope.tasks,
            nations=nations,
            without_caveats=frozenset(chosen("caveat")),
            without_commitments=frozenset(chosen("commitment")),
        )

    def needed(self, on: Mask, allocation: Allocation) -> Mask:
        """The switches without which the allocation would not pass: nations that send nothing
        need not be allowed."""
        present = allocation.nations_at(self._task)
        idle = (
            1 << position
            for position in positions(on)
            if self._elements[position][0] == "nation"
            and self._elements[position][1] not in present
        )
        return on & ~sum(idle)
