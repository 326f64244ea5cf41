"""The fewest figures that, at their harmful ends, make a task not ready that is as stated.

Implicit hitting sets (Reiter 1987; Davies and Bacchus 2011): wherever a set of units is known to
leave the task ready, whatever turns it has a unit outside that set. A set of k units that meets all
of these is asked about; it turns the verdict, or leaves a further such set, as large as what a plan
survives. Where no set of k units meets them all, none of k turns the verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.inputs.problem import Problem
from allocator.inputs.problem.ranges import Unit
from allocator.model.objectives import Objective
from allocator.model.program import Program
from allocator.results.ranges import Together
from allocator.results.result import Allocation
from allocator.search.feasibility.question import Question
from allocator.search.feasibility.supply_bound import Need
from allocator.search.minimal_sets.families import Answer
from allocator.search.ranges.spared import SparedPlan
from allocator.search.ranges.states import Ends, Off, Slack

SEARCH_SHARE = 0.3
"""Of what is left, for one question."""

HALVINGS = (2, 4)
"""What is left out of a set that leaves the verdict is tried to be added by these parts."""

SPARED_SHARE, SPARED_LEAST = 0.05, 0.5
"""Of what is left, and seconds at the least, for a plan that survives as much as can be."""

FEWEST_SHARE = 0.8
"""Of the time, for the fewest, where no set is known that turns the verdict; the rest is for some
set that does."""

MOST_WEIGHT = 1000


class HarmedSearch:
    """How many of the units must be off together for the task not to be ready. Run again, it goes
    on."""

    def __init__(self, problem: Problem, question: Question, units: tuple[Unit, ...]) -> None:
        self._problem = problem
        self._question = question
        self._units = units
        self._ends = Ends(problem, question.world, question.task, units, harmful=True)
        self._all: Off = frozenset(range(len(units)))
        self._left: list[Off] = []
        """Sets that leave the verdict as it is."""
        self._tried = [0] * len(units)
        self._number = 1
        self._enough: Off = frozenset()
        """The smallest set that is known to turn the verdict."""
        self._weights = self._losses()

    def run(self, deadline: Deadline) -> Together:
        """The fewest, or what is known of them when the time is up."""
        self._enough = self._enough or self._by_sums()
        self._find_fewest(deadline if self._enough else deadline.part(FEWEST_SHARE))
        if self._fewer() and not self._enough:
            self._enough = self._by_parts(deadline)
        units = tuple(self._units[position] for position in sorted(self._enough))
        return Together(units, min(self._number, len(self._units)), harmful=True)

    def _find_fewest(self, deadline: Deadline) -> None:
        while self._fewer() and not deadline.expired:
            chosen = _Chosen(len(self._units), self._number, self._weights, self._left, self._all)
            found = self._of_size(chosen, deadline)
            if isinstance(found, frozenset):
                self._enough = found
            elif not found:
                break
            else:
                self._number += 1

    def _fewer(self) -> bool:
        """Whether fewer units than are known to be enough may turn the verdict."""
        return self._number < (len(self._enough) or len(self._units) + 1)

    def _by_sums(self) -> Off:
        """A set that turns the verdict by a sum, the heaviest units first: not the fewest, but
        known; empty where no sum does."""
        found = [self._heaviest(need, losses) for need, losses in self._shortages]
        smallest = min(found, key=lambda off: (len(off), sorted(off)), default=frozenset[int]())
        if not smallest:
            return smallest
        # The sum needs no search, so that it stands when the time is up.
        reply = self._question.searched(self._ends.problem(smallest), Deadline(1))
        return smallest if reply.answer is Answer.NO else frozenset()

    def _by_parts(self, deadline: Deadline) -> Off:
        """A set that turns the verdict: all units, less what can be left out by halves, quarters
        and so on (delta debugging, Zeller and Hildebrandt 2002), the lightest first; empty where
        not even all are known to turn it."""
        enough, size = self._all, len(self._all) // 2
        if not self._turned(enough, deadline):
            return frozenset()
        while size and not deadline.expired:
            lightest = sorted(enough, key=lambda p: (self._weights[p], p))
            for first in range(0, len(lightest), size):
                less = enough - set(lightest[first : first + size])
                if less and self._turned(less, deadline):
                    enough = less
            size //= 2
        return enough

    def _turned(self, off: Off, deadline: Deadline) -> bool:
        """Whether it is certain that the set turns the verdict."""
        if deadline.expired or any(off <= left for left in self._left):
            return False
        harmed = self._ends.problem(off)
        return self._question.reply(harmed, deadline.part(SEARCH_SHARE)).answer is Answer.NO

    def _heaviest(self, need: Need, losses: list[int]) -> Off:
        off: Off = frozenset()
        for position in sorted(self._all, key=lambda p: (-losses[p], p)):
            if self._ends.missing(need, off) > 0:
                break
            off |= {position}
        return off

    def _of_size(self, chosen: _Chosen, deadline: Deadline) -> Off | bool:
        """A set of that size that turns the verdict; True where there is none, proved; False where
        that is not known."""
        while not deadline.expired:
            off = chosen.next(deadline)
            if off is None:
                return chosen.none(deadline)
            left = self._spared(off, deadline)
            if left is None:
                reply = self._question.reply(self._ends.problem(off), deadline.part(SEARCH_SHARE))
                if reply.answer is Answer.NO:
                    return off
                if reply.witness is None:
                    return False
                left = self._grown(off, reply.witness, deadline)
            self._left.append(left)
            for position in left:
                self._tried[position] += 1
            chosen.outside(left)
        return False

    # --- sets that leave the verdict ------------------------------------------------------------

    def _grown(self, off: Off, witness: Allocation, deadline: Deadline) -> Off:
        """The set with what can be added to it, first what no such set has yet."""
        off = self._shown(off, witness)
        for part in HALVINGS:
            if deadline.expired:
                break
            missing = [position for position in self._order() if position not in off]
            wider = off | set(missing[: len(missing) // part])
            if wider == off:
                break
            found = self._question.quick(self._ends.problem(wider), deadline.part(0.1, 0.5))
            if found is not None:
                off = self._shown(wider, found)
        return off

    def _spared(self, off: Off, deadline: Deadline) -> Off | None:
        """What a plan made to survive most of what few sets have yet survives."""
        most = max(self._tried, default=0)
        weights = [most - tried for tried in self._tried]
        found = self._plan.survives(off, weights, deadline.part(SPARED_SHARE, SPARED_LEAST))
        if found is None:
            return None
        wider, plan = found
        witness = self._question.still(self._ends.problem(wider), plan)
        return None if witness is None else self._shown(wider, witness)

    @cached_property
    def _plan(self) -> SparedPlan:
        return SparedPlan(self._problem, self._question, self._ends, len(self._units))

    def _shown(self, off: Off, witness: Allocation) -> Off:
        """The set, and what else the allocation has room for."""
        wider = Slack(self._ends, self._problem, witness).grown(off, self._order())
        still = self._question.still(self._ends.problem(wider), witness)
        return off if still is None else wider

    def _order(self) -> list[int]:
        """What the fewest sets have comes first, and of these the heaviest."""
        return sorted(self._all, key=lambda p: (self._tried[p], -self._weights[p], p))

    # --- which units are worth asking about -------------------------------------------------------

    def _losses(self) -> list[int]:
        """How much each unit moves the sum that is nearest to turning, at the most 1,000."""
        self._needs = self._ends.needs()
        scored = [(self._score(need), number) for number, need in enumerate(self._needs)]
        if not scored:
            return [0] * len(self._units)
        moved = self._moved(self._needs[min(scored)[1]])
        most = max(moved, default=0)
        return [MOST_WEIGHT * loss // most if most else 0 for loss in moved]

    @cached_property
    def _shortages(self) -> list[tuple[Need, list[int]]]:
        """The sums that fall short with every unit at its end, and what each unit moves them."""
        return [
            (need, self._moved(need))
            for need in self._needs
            if self._ends.missing(need, self._all) > 0
        ]

    def _moved(self, need: Need) -> list[int]:
        stated = self._ends.missing(need, frozenset())
        return [
            abs(self._ends.missing(need, frozenset({position})) - stated)
            for position in sorted(self._all)
        ]

    def _score(self, need: Need) -> float:
        """What has to be moved for the sum to turn, as a part of all that the units move."""
        nothing: Off = frozenset()
        stated = self._ends.missing(need, nothing)
        moved = abs(self._ends.missing(need, self._all) - stated)
        return (abs(stated) + 1) / moved if moved else float("inf")


class _Chosen:
    """At most so many units, with one outside every set that leaves the verdict; the heaviest."""

    def __init__(
        self, units: int, number: int, weights: Sequence[int], left: Sequence[Off], every: Off
    ) -> None:
        self._program = Program()
        self._every = every
        self._variables = [self._program.boolean() for _ in range(units)]
        self._program.at_most([(1, v) for v in self._variables], number)
        terms = tuple((weight + 1, v) for weight, v in zip(weights, self._variables, strict=True))
        self._heaviest = Objective("weight", True, terms)
        self._engine = CpSat(self._program, Settings())
        self._refused = False
        for known in left:
            self.outside(known)

    def outside(self, left: Off) -> None:
        """From now on one unit is not in this set."""
        missing = sorted(self._every - left)
        self._refused |= not missing
        if missing:
            self._program.at_least([(1, self._variables[p]) for p in missing], 1)

    def next(self, deadline: Deadline) -> Off | None:
        """The heaviest such set; None where there is none, or none is found in time."""
        if self._refused:
            return None
        values = self._engine.ask(deadline.part(0.5), objective=self._heaviest).values
        if values is None:
            return None
        return frozenset(p for p, v in enumerate(self._variables) if values[v])

    def none(self, deadline: Deadline) -> bool:
        """Whether two engines say that there is no such set."""
        return self._refused or Portfolio(self._program, Settings()).refutes(deadline)
