"""One task's program with a switch for each unit: switched on, its figures stand at their ends.

The program is that of the ends at which most is there: as stated for harmful ends, all of them for
helpful ones. Rows on top hold every pool and every minimum to what the switches leave, so that what
a plan needs of the switches is decided in the same search as the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.program import Program, Term
from allocator.model.scope import alone
from allocator.model.variables import Assignment
from allocator.search.feasibility.question import Question
from allocator.search.ranges.states import Ends, Off
from allocator.search.ranges.supplies import Key

MOST_OF_POOL = 6
"""Units of one pool of which every combination is looked at; with more, the pool is left alone."""


class SwitchedProgram:
    """The task's program, its switches, and the `free` ones: units of a pool with too many, which
    the rows do not hold to anything."""

    def __init__(self, problem: Problem, question: Question, ends: Ends, units: int) -> None:
        self._problem = problem
        self._task = question.task
        self._ends = ends
        self.variables = build(problem, alone(problem, question.world, question.task))
        self.program: Program = self.variables.program
        self.switches = [self.program.boolean() for _ in range(units)]
        self.free: Off = frozenset()
        for key, by_period in self.variables.pools().items():
            self._hold(key, by_period)
        for position in range(units):
            self._minimums(position)

    def on(self, values: Sequence[int]) -> Off:
        """The units that are switched on."""
        return frozenset(p for p, switch in enumerate(self.switches) if values[switch])

    def _hold(self, key: Key, by_period: dict[int, list[Assignment]]) -> None:
        """Nothing is sent beyond what the pool holds with the units that are switched on."""
        own = self._ends.of_pool(key)
        if len(own) > MOST_OF_POOL:
            self.free |= own
        elif own:
            self._rows(key, by_period, self._chosen(own))

    def _chosen(self, own: Off) -> dict[Off, int]:
        """By combination of a pool's units the variable that is 1 where it is switched on; the
        pool as stated may be left out."""
        if len(own) == 1:
            return {own: self.switches[min(own)]}
        every = [frozenset(s) for k in range(len(own) + 1) for s in combinations(sorted(own), k)]
        found = {one: self.program.boolean() for one in every}
        self.program.between([(1, variable) for variable in found.values()], 1, 1)
        for position in sorted(own):
            holding = [(1, variable) for one, variable in found.items() if position in one]
            self.program.between([*holding, (-1, self.switches[position])], 0, 0)
        return found

    def _rows(
        self, key: Key, by_period: dict[int, list[Assignment]], chosen: dict[Off, int]
    ) -> None:
        """R3, and of R11 what offers hold, as the combination leaves them."""
        stated = self._ends.pool(key, frozenset())
        pools = {variable: self._ends.pool(key, one) for one, variable in chosen.items()}
        rotation = self._problem.capabilities[key[1]].rotation
        for period in self._problem.periods:
            now = [(1, sent.variable) for sent in by_period.get(period, ()) if self._held(sent)]
            at_once = {variable: pool.at_once[period - 1] for variable, pool in pools.items()}
            self._room(now, stated.at_once[period - 1], at_once)
            window = range(max(1, period - rotation + 1), period + 1)
            during = [(1, sent.variable) for q in window for sent in by_period.get(q, ())]
            rests = {variable: pool.rests[period - 1] for variable, pool in pools.items()}
            self._room(during, stated.rests[period - 1], rests)

    def _held(self, sent: Assignment) -> bool:
        """Whether what a pool holds at once binds it: offers that are counted are those of the task
        that is asked about, and others beside it may have their own."""
        return sent.task == self._task or not self._problem.counts_offers

    def _room(self, sent: list[Term], stated: int, left: dict[int, int]) -> None:
        """What is sent is at most what is left as stated, and what the combination moves that."""
        moved = [(stated - units, v) for v, units in left.items() if units != stated]
        if sent and moved:
            self.program.at_most([*sent, *moved], stated)

    def _minimums(self, position: int) -> None:
        """A line of a staffed task is filled to its minimum as it stands with the switch."""
        for figure, value in self._ends.moves(position).items():
            task_id, _, line_id = figure.row.partition(".")
            if figure.kind != "minimum" or task_id not in self.variables.staffed:
                continue
            task = self._problem.task(task_id)
            line, staffed = task.line(line_id), self.variables.staffed[task_id]
            more = (figure.value - value, self.switches[position])
            for period in task.periods:
                filled = self.variables.filled(task, line, period)
                self.program.at_least([*filled, more, (-figure.value, staffed)], 0)
