"""The fewest figures that, at their helpful ends, make a task ready that is not as stated.

One program looks for plan and figures at once: a switch for each unit, as few switched on as can
be. Its rows let through every plan that any set of units allows, so that its bound is one of the
sets; that a set is enough is shown by a plan at its figures that passes the checker. Where the
program takes a set for enough that is not, whatever is has a unit outside that set.
"""

from __future__ import annotations

from functools import cached_property

from allocator.deadline import Deadline
from allocator.engines import Outcome, Portfolio, Settings
from allocator.inputs.problem import Problem
from allocator.inputs.problem.ranges import Unit
from allocator.model.objectives import Objective
from allocator.results.ranges import Together
from allocator.search.feasibility.question import Question
from allocator.search.minimal_sets.families import Answer
from allocator.search.ranges.states import Ends, Off
from allocator.search.ranges.switched import SwitchedProgram

SEARCH_SHARE = 0.7
"""Of what is left, for one search of the program."""

PARTS = (2, 4, 8)
"""What is left out of a set that is not enough is tried to be added by these parts."""


class HelpedSearch:
    """How many of the units must be off together for the task to be ready. Run again, it goes
    on."""

    def __init__(self, problem: Problem, question: Question, units: tuple[Unit, ...]) -> None:
        self._question = question
        self._units = units
        self._ends = Ends(problem, question.world, question.task, units, harmful=False)
        self._every: Off = frozenset(range(len(units)))
        self._bound = 1
        self._enough: Off = frozenset()

    def run(self, deadline: Deadline) -> Together:
        """The fewest, or what is known of them when the time is up."""
        while not self._proved and not deadline.expired and self._step(deadline):
            pass
        units = tuple(self._units[position] for position in sorted(self._enough))
        return Together(units, self._bound, harmful=False)

    @property
    def _proved(self) -> bool:
        return len(self._enough) == self._bound

    def _step(self, deadline: Deadline) -> bool:
        """One search, and whether its set is enough; False where that does not lead on."""
        found = self._searched(deadline.part(SEARCH_SHARE))
        if found.bound is not None:
            self._bound = max(self._bound, found.bound)
        if found.values is None:
            return False
        on = self._switched.on(found.values)
        answer = self._question.ask(self._ends.problem(on), deadline)
        if answer is Answer.YES and (not self._enough or len(on) < len(self._enough)):
            self._enough = on
        return answer is Answer.NO and self._outside(self._grown(on, deadline))

    def _searched(self, deadline: Deadline) -> Outcome:
        terms = tuple((1, switch) for switch in self._switched.switches)
        return self._portfolio.best(deadline, Objective("figures off", False, terms))

    @cached_property
    def _switched(self) -> SwitchedProgram:
        """Of the problem with every unit at its helpful end, which lets most through."""
        most = self._ends.problem(self._every)
        return SwitchedProgram(most, self._question, self._ends, len(self._units))

    @cached_property
    def _portfolio(self) -> Portfolio:
        settings = Settings(seed=self._question.settings.seed, linear=True)
        return Portfolio(self._switched.program, settings)

    def _grown(self, off: Off, deadline: Deadline) -> Off:
        """The set with what can be added to it without it being enough."""
        for part in PARTS:
            missing = sorted(self._every - off)
            wider = off | set(missing[: len(missing) // part])
            here = self._ends.problem(wider)
            if wider != off and self._question.ask(here, deadline.part(0.1, 0.5)) is Answer.NO:
                off = wider
        return off

    def _outside(self, off: Off) -> bool:
        """From now on one unit that is not in this set is switched on; False where none is left."""
        missing = [(1, self._switched.switches[p]) for p in sorted(self._every - off)]
        if missing:
            self._switched.program.at_least(missing, 1)
        return bool(missing)
