"""Programs that the tests of the engines ask about."""

from __future__ import annotations

from random import Random

from allocator.model.objectives import Objective
from allocator.model.program import Program


def small() -> tuple[Program, Objective]:
    """x, y in 0 … 10 with 2x + 3y <= 12 and x + y >= 1; the most of 3x + 4y is 18, at x=6, y=0."""
    program = Program()
    x, y = program.variable(0, 10), program.variable(0, 10)
    program.at_most([(2, x), (3, y)], 12)
    program.at_least([(1, x), (1, y)], 1)
    return program, Objective("most", True, ((3, x), (4, y)), offset=100)


def hard() -> Program:
    """A market split (Cornuéjols and Dawande 1998): hopeless for branch and bound at this size."""
    rng = Random(1)
    program = Program()
    variables = [program.boolean() for _ in range(60)]
    for _ in range(7):
        terms = [(rng.randrange(1, 100), variable) for variable in variables]
        half = sum(coefficient for coefficient, _ in terms) // 2
        program.between(terms, half, half)
    return program
