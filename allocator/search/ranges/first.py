"""What to settle first: how far the chance moves with each figure, and where it alone turns it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Range
from allocator.results.ranges import First, Share
from allocator.search.feasibility.question import Question
from allocator.search.minimal_sets.families import Answer
from allocator.search.ranges.chance import DrawAnswers
from allocator.search.ranges.draws import Draws, Marks, Quantiles

THIRD = 1 / 3


def settle_first(draws: Draws, answers: DrawAnswers) -> tuple[First, ...]:
    """By unit, the chance in the draws in its low and in its high third; what moves it furthest for
    certain first."""
    found = []
    for unit, harm in zip(draws.units, draws.quantiles, strict=True):
        # A group is low where its first figure is.
        low, high = _thirds(harm, more_helps=unit.ranges[0].figure.more_helps)
        found.append(First(unit, _share(answers, low), _share(answers, high)))
    return tuple(sorted(found, key=lambda one: (-one.swing, one.unit.id)))


def agreed(answers: DrawAnswers) -> bool:
    """Return whether all draws that are decided say the same. answers: by draw."""
    return not answers.yes.any() or not answers.no.any()


def _thirds(harm: Quantiles, *, more_helps: bool) -> tuple[Marks, Marks]:
    """The draws with the lowest values and those with the highest, by quantile."""
    value = 1 - harm if more_helps else harm
    return np.asarray(value <= THIRD), np.asarray(value > 1 - THIRD)


def _share(answers: DrawAnswers, which: Marks) -> Share | None:
    """Of those that are decided alone it would be wrong: they were the easy ones."""
    draws, ready, open_ = (int(m.sum()) for m in (which, which & answers.yes, which & answers.open))
    return Share.of(draws, ready, open_) if draws else None


def with_flips(
    problem: Problem,
    question: Question,
    found: tuple[First, ...],
    deadline: Deadline,
    *,
    ready: bool,
) -> tuple[First, ...]:
    """Return the same with the nearest value of each figure in its range that alone turns the
    verdict.

    problem: the model that is asked about, with its tables. question: asked about one figure at a
    time. found: the figures, with the chance in their thirds. deadline: when to end at the latest.
    ready: whether the task is, as stated.
    """
    turned = Answer.NO if ready else Answer.YES

    def flipped(one: First) -> First:
        if len(one.unit.ranges) > 1:
            return one
        flip, open_ = _flip(problem, question, one.unit.ranges[0], turned, deadline)
        return replace(one, flip=flip, flip_open=open_)

    return tuple(map(flipped, found))


def _flip(
    problem: Problem, question: Question, one: Range, turned: Answer, deadline: Deadline
) -> tuple[int | None, bool]:
    """By bisection; none where the end does not turn it. And whether that is not known."""

    def turns(value: int) -> bool | None:
        answer = question.ask(at(problem, {one.figure: value}), deadline.part(0.1, 1.0))
        return None if answer is Answer.UNKNOWN else answer is turned

    near, far = one.figure.value, one.harmful if turned is Answer.NO else one.helpful
    if near == far:
        return None, False
    if not (told := turns(far)):
        return None, told is None
    while abs(far - near) > 1:
        middle = (near + far) // 2
        told = turns(middle)
        if told is None:
            return None, True
        near, far = (near, middle) if told else (middle, far)
    return far, False
