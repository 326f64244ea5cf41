"""The share of draws in which a task is ready, preconditions drawn with their likelihoods too.

Each draw has a world of its own: that which is asked about, and the open preconditions that were
drawn as coming about, each from period 1. Draws that differ in nothing the task hangs on are
searched together. More preconditions never harm: what is ready at the worst corner of one world
is so wherever as much comes about, and what is not at the best corner nowhere where no more does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.results.ranges import Chance
from allocator.results.result import OverRanges
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.question import Question
from allocator.search.ranges.chance import DrawAnswers, DrawSearch, chance_of
from allocator.search.ranges.corners import corners_of
from allocator.search.ranges.draws import Draws, Numbers, comes_about

Names = frozenset[str]

CORNERS_SHARE = 0.1
"""Of what is left, for the two corners of one world."""


class LikelyDrawSearch:
    """One task in all draws of figures and preconditions. question: in the world as it is asked
    about. Run again, it goes on."""

    def __init__(self, problem: Problem, question: Question, draws: Draws) -> None:
        self._problem = problem
        self._question = question
        self.draws = draws
        self.answers = DrawAnswers.of(draws.number)
        self._worlds = [
            _World(problem, question, draws, names, chosen)
            for names, chosen in _by_world(problem, question, draws)
        ]

    def run(self, over_ranges: OverRanges, deadline: Deadline) -> None:
        """Settle as many draws as time allows."""
        if over_ranges == "surely ready":
            self._settle_above(frozenset(), deadline)
        left = self.draws.number + 1
        while not deadline.expired and self._open < left:
            left = self._open
            self._go_round(deadline)

    @property
    def _open(self) -> int:
        return int(self.answers.open.sum())

    def _go_round(self, deadline: Deadline) -> None:
        """Looks at each world that has draws to settle, with a share of the time."""
        waiting = [world for world in self._worlds if self.answers.open[world.chosen].any()]
        for number, world in enumerate(waiting):
            if deadline.expired:
                return
            share = min(1.0, 2 / (len(waiting) - number + 1))
            self._look_at(world, deadline.part(share))

    def _look_at(self, world: _World, deadline: Deadline) -> None:
        world.search.evaluate()
        if world.over is None and not world.search.finished:
            known = world.corners(deadline.part(CORNERS_SHARE, 1.0))
            if known == "surely ready":
                self._settle_above(world.names, deadline)
            elif known == "surely not":
                self._settle_below(world.names, deadline)
        world.run(deadline)
        self._take(world)

    def _settle_above(self, names: Names, deadline: Deadline) -> None:
        for world in self._worlds:
            if world.names >= names and world.over is None:
                world.over = "surely ready"
                world.run(deadline)
                self._take(world)

    def _settle_below(self, names: Names, deadline: Deadline) -> None:
        for world in self._worlds:
            if world.names <= names and world.over is None:
                world.over = "surely not"
                world.run(deadline)
                self._take(world)

    def _take(self, world: _World) -> None:
        """What is known of its draws by now."""
        self.answers.yes[world.chosen] = world.search.answers.yes
        self.answers.no[world.chosen] = world.search.answers.no

    @property
    def finished(self) -> bool:
        return not self.answers.open.any()

    def chance(self) -> Chance:
        """What the draws come to."""
        whole = DrawAnswers(self.answers.yes, self.answers.no)
        for world in filter(lambda world: world.begun, self._worlds):
            self._question.faults += world.question.faults
            world.question.faults.clear()
            whole.by.update(world.search.answers.by)
            whole.proofs.update(world.search.answers.proofs)
        return chance_of(whole, self.draws.number)


class _World:
    """The draws in which the same of the preconditions that matter come about. There may be as many
    worlds as draws: nothing is made before it is asked for."""

    def __init__(
        self, problem: Problem, asked: Question, draws: Draws, names: Names, chosen: Numbers
    ) -> None:
        self.names = names
        self.chosen = chosen
        self.over: OverRanges | None = None
        self._problem = problem
        self._asked = asked
        self._draws = draws

    @cached_property
    def question(self) -> Question:
        asked = self._asked
        world = self._problem.meeting(asked.world, sorted(self.names))
        # What is known is put to the checker wherever it is tried.
        return Question(world, asked.task, asked.settings, known=asked.known)

    @property
    def begun(self) -> bool:
        """Whether it was looked at."""
        return "search" in vars(self)

    @cached_property
    def search(self) -> DrawSearch:
        return DrawSearch(self._problem, self.question, self._draws.some(self.chosen))

    def corners(self, deadline: Deadline) -> OverRanges:
        """The verdict over the ranges in this world; `blocked` would be a no here."""
        self.over = corners_of(self._problem, self.question, "unknown", deadline).verdict
        return self.over

    def run(self, deadline: Deadline) -> None:
        self.search.run(self.over or "unknown", deadline)


def _by_world(
    problem: Problem, question: Question, draws: Draws
) -> Iterator[tuple[Names, Numbers]]:
    """The sets of preconditions that come about, of those that matter to the task, each with its
    draws; the fewest first."""
    matter = relevant_preconditions(problem, question.world, question.task)
    come = {
        name: marks for name in matter if (marks := comes_about(problem, name, draws)) is not None
    }
    worlds: dict[Names, list[int]] = {}
    for draw in range(draws.number):
        names = frozenset(name for name, marks in come.items() if marks[draw])
        worlds.setdefault(names, []).append(draw)
    for names in sorted(worlds, key=lambda names: (len(names), sorted(names))):
        yield names, np.array(worlds[names], np.int64)
