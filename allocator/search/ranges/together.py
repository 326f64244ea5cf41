"""How many figures must be off together for an open verdict to turn, whichever way it would."""

from __future__ import annotations

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.inputs.problem.ranges import Unit
from allocator.results.ranges import Together
from allocator.search.feasibility.question import Question
from allocator.search.ranges.harmed import HarmedSearch
from allocator.search.ranges.helped import HelpedSearch


class TogetherSearch:
    """How many of the units must be off together. harmful: for a task that is ready as stated, at
    their harmful ends; else at their helpful ones. Run again, it goes on."""

    def __init__(
        self, problem: Problem, question: Question, units: tuple[Unit, ...], *, harmful: bool
    ) -> None:
        search = HarmedSearch if harmful else HelpedSearch
        self._search = search(problem, question, units)

    def run(self, deadline: Deadline) -> Together:
        """The fewest, or what is known of them when the time is up."""
        return self._search.run(deadline)
