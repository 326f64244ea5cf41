"""Noes of one search shown so that they can be read and taken again: splits first, then steps."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property

from allocator.checker.rows import StatedRows
from allocator.checker.sharing import Coming
from allocator.deadline import Deadline, TimeUpError
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.results.certificate import Proof
from allocator.search.feasibility.shared_out import Shown, proof_by_splits
from allocator.search.feasibility.steps import proof_by_steps
from allocator.search.feasibility.sums import chosen_names
from allocator.search.minimal_sets.families import Mask

MOST_SHOWN = 200
"""So many noes of one search are shown by steps at most; each takes up to a second."""

FEW_CASES = 24
"""Cases that are told apart for a no once MOST_UNSHOWN of the search were not shown by all that
there may be: two of 1,400 noes of the reference case take more, and each that stays unshown takes
seconds."""

MOST_UNSHOWN = 3

RECENT = 8
"""Proofs by steps that are tried on the next no before another is looked for; the last one first:
many noes of one task have one reason."""


class WrittenProofs:
    """Splits and steps for the noes of one search.

    Args:
        problem: the problem.
        scope: what is asked, about the scope's task.
        elements: what a mask's bits stand for.
    """

    def __init__(self, problem: Problem, scope: Scope, elements: tuple[Switch, ...]) -> None:
        self._problem = problem
        self._scope = scope
        self._elements = elements
        self._task = problem.task(scope.task or "")
        self._known: dict[Mask, Proof | None] = {}
        self._splits: Shown = {}
        self._by_steps = 0
        self._unshown = 0
        self._recent: list[Proof] = []

    def proof(self, on: Mask, deadline: Deadline) -> Proof | None:
        """Shows that these switches are not enough; None where that is not found, where rows may
        be lifted, or where the time is up; so many noes are shown by steps and no more. A search
        that goes on with more time is told what it was told before."""
        if on not in self._known and self._may_be_shown:
            with suppress(TimeUpError):
                deadline.check()
                self._known[on] = self._sought(on, deadline)
        return self._known.get(on)

    @cached_property
    def _coming(self) -> Coming:
        return Coming(self._problem, self._task.id)

    @cached_property
    def _stated(self) -> StatedRows:
        return StatedRows(self._problem, self._task.id)

    @property
    def _may_be_shown(self) -> bool:
        return {kind for kind, _ in self._elements} <= {"precondition", "nation"}

    def _sought(self, on: Mask, deadline: Deadline) -> Proof | None:
        everything = (1 << len(self._elements)) - 1
        met = chosen_names(self._elements, on)("precondition")
        out = chosen_names(self._elements, everything & ~on)("nation")
        nations = [nation for nation in self._problem.nations if nation not in out]
        world = self._problem.meeting(self._scope.world, met)
        by_splits = proof_by_splits(
            self._task, self._coming, world, nations, deadline.check, self._splits
        )
        if by_splits is not None:
            return by_splits
        if self._by_steps >= MOST_SHOWN:
            return None
        self._by_steps += 1
        found = proof_by_steps(
            self._problem, world, self._task.id, nations, deadline, self._recent, self._stated,
            FEW_CASES if self._unshown >= MOST_UNSHOWN else None,
        )  # fmt: skip
        if found is None:
            self._unshown += 1
        else:
            self._recent = [found, *(one for one in self._recent if one is not found)][:RECENT]
        return found
