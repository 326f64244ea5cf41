"""What is certain of all sets of a question's switches, to begin a search with or to go on from."""

from __future__ import annotations

from dataclasses import replace

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.search.feasibility.sums import Sums
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.feasibility.world_units import WorldQuestion
from allocator.search.minimal_sets.families import bits
from allocator.search.minimal_sets.world_sets import WorldSpace


class KnownWorlds:
    """The sets that are no for certain, closed downwards, and those that sums prove.

    Sums that a deadline cuts off are gone on with when there is more time; what they say by then
    stays.

    problem: the model that is asked about, with its tables. scope: what is asked. elements: its
    switches in the order of a mask's bits. sums: those of single sets.
    """

    def __init__(
        self, problem: Problem, scope: Scope, elements: tuple[Switch, ...], sums: Sums
    ) -> None:
        self.worlds = WorldSpace(len(elements), always_on(elements, sums))
        self.refuted = self.worlds.nothing()
        self.proved = self.worlds.nothing()
        self._until = Deadline(0)
        self._asked = WorldQuestion(
            problem, scope, elements, self.worlds, sure=False, check=self._look_at_the_clock
        )
        self._at_most: WorldSums | None = None
        self._summed = False

    def sum_up(self, deadline: Deadline) -> None:
        """Add what sums say. Raises TimeUpError where the time ends before they are through."""
        self._until = deadline
        if self._summed:
            return
        self._at_most = self._at_most or WorldSums(self._asked)
        try:
            self._at_most.refuted()
        finally:
            self.refuted |= self._at_most.refuted_so_far
        self.proved = WorldSums(replace(self._asked, sure=True)).proved()
        self._at_most, self._summed = None, True

    def _look_at_the_clock(self) -> None:
        self._until.check()


def always_on(elements: tuple[Switch, ...], sums: Sums) -> int:
    """Switches without any one of which sums say no, whatever else is on; none where they say so
    with all of them on."""
    everything = (1 << len(elements)) - 1
    if sums.refute(everything):
        return 0
    return sum(one for one in bits(everything) if sums.refute(everything & ~one))
