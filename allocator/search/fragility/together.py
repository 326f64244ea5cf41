"""Figures that turn a verdict neither alone nor all together.

A verdict is monotone in every figure. So where many figures, each at its far end, leave it as it
is, each of them alone does: one question settles them all. Else each half is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.inputs.problem.figures import Figure, at
from allocator.model.program import TooLargeError
from allocator.search.feasibility.question import Question
from allocator.search.fragility.figures import farthest, is_last
from allocator.search.minimal_sets.families import Answer

FEWEST = 4
"""So few are asked about one by one."""


def steady(
    problem: Problem,
    question: Question,
    figures: Iterable[Figure],
    deadline: Deadline,
    *,
    helps: bool,
) -> frozenset[Figure]:
    """Return figures that alone never change the question's answer, many at a time; others may
    not change it either.

    problem: the model that is asked about, with its tables. deadline: when to end at the latest.
    helps: whether figures are taken to their helpful ends, and the answer is no as they stand; else
    to their harmful ends, and it is yes.
    """
    stays = Answer.NO if helps else Answer.YES
    ways = {one: one.more_helps is helps for one in figures}
    far = {
        one: farthest(problem, one, up=up)
        for one, up in ways.items()
        if is_last(problem, one, up=up)
    }
    found: set[Figure] = set()
    waiting: list[Sequence[Figure]] = [sorted(far, key=_likely_alike)]
    while waiting and not deadline.expired:
        some = waiting.pop()
        ends = at(problem, {one: far[one] for one in some})
        if asked(question, ends, deadline) is stays:
            found.update(some)
        elif len(some) > FEWEST:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
    return frozenset(found)


def asked(question: Question, problem: Problem, deadline: Deadline) -> Answer:
    """Return the answer; unknown where figures are taken further than the engines can add up.

    question: asked about the problem. problem: with figures at other values. deadline: when to end
    at the latest.
    """
    try:
        return question.ask(problem, deadline)
    except TooLargeError:
        return Answer.UNKNOWN


def _likely_alike(figure: Figure) -> tuple[bool, str, str, str, str]:
    """What often turns a verdict stands apart, and figures of one kind of unit together."""
    of_units = figure.kind not in ("minimum", "rotation")
    return of_units, figure.capability, figure.kind, figure.row, figure.place
