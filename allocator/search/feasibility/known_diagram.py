"""Families of a question of more switches than a table holds, in decision diagrams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import inf

from allocator.deadline import Deadline, TimeUpError
from allocator.inputs.conditions import Condition, preconditions_in
from allocator.inputs.problem import Problem
from allocator.model import Scope
from allocator.results.blocking import Switch
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.feasibility.world_units import WorldQuestion
from allocator.search.minimal_sets.diagram_search import ContradictedError, DiagramSearch
from allocator.search.minimal_sets.diagram_worlds import MOST_IN_DIAGRAM, DiagramWorlds
from allocator.search.minimal_sets.families import Answer, Cut, Families, Mask

SUMS_SHARE = 0.2
"""Of a search's time, for the sums; without them there is no diagram, and sets are looked for one
by one."""

ROUNDS_SHARE = {"precondition": 0.5, "nation": 0.8}
"""Of a search's time, for worlds that sums leave open: where they are many, the cheapest way is
looked for by itself, and needs the rest; of packages nothing is."""

NODES_A_SECOND = 40_000
"""Nodes of a diagram whose minimal sets are found and counted in a second by a slow processor."""

SUMMED_A_SECOND = 200_000
"""Nodes of sums, each by itself, that a slow processor makes in a second. Where they grow larger,
all of them together do not come to an end, and there is still time to look for sets one by one."""


@dataclass
class DiagramQuestion:
    """Where the switches of a scope are preconditions, or nations.

    elements: the switches in the order of a mask's bits. ask: the answer for one set of them.
    certain: whether a no stands. widened: more switches for which it is no as well. What did not
    come to an end is begun again with twice the time only: `_worth` says with how many seconds.
    """

    problem: Problem
    scope: Scope
    elements: tuple[Switch, ...]
    ask: Callable[[Mask], Answer]
    certain: Callable[[Mask], bool]
    widened: Callable[[Mask], Mask]
    _worth: float = 0.0
    _until: Deadline = field(default_factory=lambda: Deadline(0))

    def families(self, deadline: Deadline, cut: Cut) -> Families | None:
        """Return the families, as far as the deadline allows; None without OxiDD, an extra, where
        a diagram would be too large, or take too long, and where not all sets are asked for.

        cut: which sets are asked for, and whom to tell of each that is listed.
        """
        seconds = deadline.remaining()
        if not self._fits(cut) or seconds < self._worth:
            return None
        try:
            return self._searched(deadline, cut)
        except TimeUpError:
            self._worth = 2 * seconds
        except (ImportError, MemoryError, ContradictedError):
            self._worth = inf
        return None

    def _fits(self, cut: Cut) -> bool:
        """Of nations the smallest sets come first, so that some can be asked for; of preconditions
        those of the least effort, and somebody who asks for some asks for the smallest."""
        kinds = {kind for kind, _ in self.elements}
        some = cut["limit"] is not None or cut["largest"] is not None
        one_kind = kinds == {"nation"} or (kinds == {"precondition"} and not some)
        return one_kind and len(self.elements) <= MOST_IN_DIAGRAM

    def _searched(self, deadline: Deadline, cut: Cut) -> Families:
        self._until = deadline.part(SUMS_SHARE)
        summed = SUMMED_A_SECOND * self._until.remaining()
        space = DiagramWorlds(self._order(), self._look_at_the_clock, summed)
        asked = WorldQuestion(
            self.problem, self.scope, self.elements, space, False, self._look_at_the_clock
        )
        refuted = WorldSums(asked).refuted()
        proved = WorldSums(replace(asked, sure=True)).proved()
        self._until = deadline
        if space.invert(refuted).node_count() > NODES_A_SECOND * deadline.remaining():
            raise TimeUpError
        return DiagramSearch(
            space,
            refuted,
            proved,
            self.ask,
            self.certain,
            deadline,
            rounds=deadline.part(ROUNDS_SHARE[self.elements[0][0]]),
            widened=self.widened,
            cut=cut,
            costs=self._efforts(),
        ).run()

    def _look_at_the_clock(self) -> None:
        self._until.check()

    def _efforts(self) -> list[int] | None:
        """Of preconditions; nations are counted."""
        if self._of_nations():
            return None
        return [self.problem.preconditions[name].effort for _, name in self.elements]

    def _of_nations(self) -> bool:
        return self.elements[0][0] == "nation"

    def _order(self) -> list[int]:
        """Preconditions that the most conditions hang on first: half the nodes, or a quarter, of
        the order of their names. Nations as they are."""
        if self._of_nations():
            return [*range(len(self.elements))]
        named = Counter(n for c in self._conditions() for n in preconditions_in(c))
        often = [
            sum(named[one] for one in self.problem.implied_by(name)) for _, name in self.elements
        ]
        return sorted(range(len(often)), key=lambda number: (-often[number], number))

    def _conditions(self) -> Iterator[Condition]:
        for task in self.problem.companions(self.scope.task or ""):
            yield self.problem.task(task).requires
            yield from (c.requires for c in self.problem.caveats if task in c.tasks)
        yield from (c.release_requires for c in self.problem.commitments)
