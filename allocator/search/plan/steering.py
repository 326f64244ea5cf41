"""One sum of several objectives, to steer by while only the first of them is taken.

What an objective leaves open decides where the next can begin: a plan that meets its targets with
whatever forces come to hand is a bad start for sending as few people as possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.model.objectives import Objective
from allocator.model.program import Term
from allocator.model.variables import Variables

MOST = 4
"""Objectives in the sum; those after them would be lost in the rounding of what weighs more."""

FACTOR = 1000
"""How much more an objective's average term weighs than that of the one after it."""

LEAST = 30
"""What the average term of the last one weighs."""


@dataclass(frozen=True)
class Goals:
    """An objective, and one by which equally good values are told apart."""

    first: Objective
    steering: Objective

    @classmethod
    def of(cls, objectives: Sequence[Objective]) -> Goals:
        return cls(objectives[0], steering(objectives))

    def better(self, one: Sequence[int], other: Sequence[int]) -> bool:
        ours, theirs = self.first.value(one), self.first.value(other)
        if ours != theirs:
            return self.first.better(ours, theirs)
        return self.steering.value(one) < self.steering.value(other)


def steering(objectives: Sequence[Objective]) -> Objective:
    """The objectives as one to be as low as possible: each weighs far more than the next, though
    not so much more that floating point loses either. Nothing is proved by it."""
    groups: dict[str, list[Objective]] = {}
    for objective in objectives:
        groups.setdefault(objective.name.partition("[")[0], []).append(objective)
    taken = list(groups.values())[:MOST]
    terms: list[Term] = []
    for after, group in enumerate(reversed(taken)):
        for better, objective in enumerate(reversed(group), 1):
            terms += _weighed(objective, better * LEAST * FACTOR**after)
    return Objective("steering", False, tuple(terms))


def sparing(objectives: Sequence[Objective], variables: Variables) -> Objective:
    """What these count, and after it the units sent, as one sum to be as low as possible: what a
    task can do without is left to others. No task counts for less than all that may be sent to one.

    objectives: to be as high as possible, the most important first. variables: of the program.
    """
    units: dict[str, int] = {}
    for sent in variables.sent:
        units[sent.task] = units.get(sent.task, 0) + variables.program.high[sent.variable]
    most = 1 + max(units.values(), default=0)
    terms = [
        (-rank * most * c, v)
        for rank, objective in enumerate(reversed(objectives), 1)
        for c, v in objective.terms
    ]
    terms += [(1, sent.variable) for sent in variables.sent]
    return Objective("sparing", False, tuple(terms))


def _weighed(objective: Objective, weight: int) -> list[Term]:
    """The terms, so that the average one weighs this much."""
    sign = -1 if objective.maximise else 1
    total = sum(abs(c) for c, _ in objective.terms) or 1
    return [(sign * round(c * weight * len(objective.terms) / total), v)
            for c, v in objective.terms]  # fmt: skip
