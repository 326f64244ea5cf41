"""Figures settled many at a time, against each of them alone."""

from __future__ import annotations

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.search.feasibility.question import Question
from allocator.search.fragility.figures import changed, farthest, figures
from allocator.search.fragility.together import steady
from allocator.search.minimal_sets.families import Answer
from tests.generator import question
from tests.plenty import plenty


class Counted(Question):
    """A question that counts how often it is asked."""

    asked = 0

    def ask(self, problem, deadline):
        self.asked += 1
        return super().ask(problem, deadline)


def cases(seed):
    """Every task of a random workspace, in its world and where nothing more is open; with offers,
    and with what takes the rest, in turns."""
    asked = question(seed, composed=seed % 2 == 0, offered=seed % 3 == 0)
    workspace, _ = from_tables(asked.tables, asked.models)
    problem, world = asked.problem, asked.world
    for where in (world, problem.meeting(world, problem.open_preconditions(world))):
        for task in problem.tasks:
            yield workspace, problem, where, task.id


@pytest.mark.parametrize("seed", range(12))
def test_what_many_together_do_not_turn_none_turns_alone(seed):
    for workspace, problem, world, task in cases(seed):
        asked = figures(workspace, problem, task)
        asking = Question(world, task, Settings())
        stands = asking.ask(problem, plenty())
        helps = stands is Answer.NO
        found = steady(problem, asking, asked, plenty(), helps=helps)
        alone = Question(world, task, Settings())
        for figure in found:
            far = farthest(problem, figure, up=figure.more_helps is helps)
            assert alone.ask(changed(problem, figure, far), plenty()) is stands, figure


def test_many_are_settled_by_few_questions():
    """Of some seeds; each by itself would ask as many questions as there are figures."""
    settled = questions = 0
    for seed in range(6):
        for workspace, problem, world, task in cases(seed):
            asking = Counted(world, task, Settings())
            helps = asking.ask(problem, plenty()) is Answer.NO
            asked = figures(workspace, problem, task)
            settled += len(steady(problem, asking, asked, plenty(), helps=helps))
            questions += asking.asked
    assert settled > questions


def test_without_time_nothing_is_settled():
    workspace, problem, world, task = next(iter(cases(0)))
    asking = Question(world, task, Settings())
    asked = figures(workspace, problem, task)
    assert steady(problem, asking, asked, Deadline(0), helps=True) == frozenset()
