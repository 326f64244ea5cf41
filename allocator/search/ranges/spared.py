"""One program for the plan that survives as many units as can be at their harmful ends.

Each unit has a switch: switched on it takes from its pools what its figures could take at the most,
whatever else is off, and lifts its minimums. So the program promises no more than there is; what it
finds is put to the checker all the same, and what it does not find may be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.engines.cpsat import CpSat
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import Objective
from allocator.model.program import Program, Term
from allocator.model.scope import alone
from allocator.model.variables import Assignment
from allocator.results.result import Allocation
from allocator.search.feasibility.question import Question
from allocator.search.ranges.states import Ends, Off
from allocator.search.ranges.supplies import Key

MOST_OF_POOL = 6
"""Units of one pool of which every combination is looked at; others stay as stated."""

Losses = dict[int, tuple[list[int], list[int]]]
"""By unit, by period: the most that it takes of what may serve at once, and of what a window
leaves."""


class SparedPlan:
    """The task's program with a switch for each unit."""

    def __init__(self, problem: Problem, question: Question, ends: Ends, units: int) -> None:
        self._problem = problem
        self._ends = ends
        self._variables = build(problem, alone(problem, question.world, question.task))
        self._program: Program = self._variables.program
        self._switches = [self._program.boolean() for _ in range(units)]
        for key, by_period in self._variables.pools().items():
            self._pool(key, by_period)
        for position in range(units):
            self._minimums(position)
        self._engine = CpSat(self._program, Settings(seed=question.settings.seed, linear=True))

    def survives(
        self, off: Off, weights: Sequence[int], deadline: Deadline
    ) -> tuple[Off, Allocation] | None:
        """Return the heaviest set found with these units in it that a plan survives, and the plan;
        None where none is found.

        off: units that are in it. weights: by unit. deadline: when to end at the latest.
        """
        terms = tuple(
            (weight + 1, switch) for weight, switch in zip(weights, self._switches, strict=True)
        )
        fixed = {self._switches[position]: 1 for position in off}
        found = self._engine.ask(deadline, fixed, Objective("survived", True, terms))
        if found.values is None:
            return None
        on = frozenset(p for p, switch in enumerate(self._switches) if found.values[switch])
        return on, self._variables.allocation(found.values)

    def _pool(self, key: Key, by_period: dict[int, list[Assignment]]) -> None:
        own = sorted(self._ends.of_pool(key))
        if not own:
            return
        if len(own) > MOST_OF_POOL:
            for position in own:
                self._program.fix(self._switches[position], 0)
            return
        base, losses = self._ends.pool(key, frozenset()), self._losses(key, own)
        rotation = self._problem.capabilities[key[1]].rotation
        for period in self._problem.periods:
            now = [(1, sent.variable) for sent in by_period.get(period, ())]
            self._room(now, {p: loss[0] for p, loss in losses.items()}, period, base.at_once)
            window = range(max(1, period - rotation + 1), period + 1)
            during = [(1, sent.variable) for q in window for sent in by_period.get(q, ())]
            self._room(during, {p: loss[1] for p, loss in losses.items()}, period, base.rests)

    def _room(
        self, sent: list[Term], losses: dict[int, list[int]], period: int, room: Sequence[int]
    ) -> None:
        lost = [(taken[period - 1], self._switches[p]) for p, taken in losses.items()]
        lost = [(taken, switch) for taken, switch in lost if taken]
        if sent and lost:
            self._program.at_most([*sent, *lost], room[period - 1])

    def _losses(self, key: Key, own: list[int]) -> Losses:
        found: Losses = {}
        for unit in own:
            others = [position for position in own if position != unit]
            every = (frozenset(s) for k in range(len(own)) for s in combinations(others, k))
            pairs = [(self._ends.pool(key, s), self._ends.pool(key, s | {unit})) for s in every]
            found[unit] = (
                _most([b.at_once for b, _ in pairs], [a.at_once for _, a in pairs]),
                _most([b.rests for b, _ in pairs], [a.rests for _, a in pairs]),
            )
        return found

    def _minimums(self, position: int) -> None:
        for figure, value in self._ends.moves(position).items():
            task_id, _, line_id = figure.row.partition(".")
            if figure.kind != "minimum" or task_id not in self._variables.staffed:
                continue
            task = self._problem.task(task_id)
            line, staffed = task.line(line_id), self._variables.staffed[task_id]
            more = (figure.value - value, self._switches[position])
            for period in task.periods:
                filled = self._variables.filled(task, line, period)
                self._program.at_least([*filled, more, (-figure.value, staffed)], 0)


def _most(before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> list[int]:
    """By period, the most that is lost in any of the pairs."""
    lost = [[b - a for b, a in zip(*both, strict=True)] for both in zip(before, after, strict=True)]
    return [max(0, *by_pair) for by_pair in zip(*lost, strict=True)]
