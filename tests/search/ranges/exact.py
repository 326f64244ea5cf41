"""The exact distribution of figures, from the words of the definition."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from allocator.inputs.problem.figures import Figure
from allocator.inputs.problem.ranges import Range, Unit

Points = dict[int, Fraction]


def exact(one: Range, uniform: bool = False) -> Points:
    """The probability of every value, from the words of the definition."""
    low, stated, high = one.low, one.figure.value, one.high
    weights = {
        v: Fraction(1)
        if uniform
        else Fraction(v - low + 1, stated - low + 1)
        if v <= stated
        else Fraction(high - v + 1, high - stated + 1)
        for v in range(low, high + 1)
    }
    total = sum(weights.values())
    return {v: weight / total for v, weight in weights.items()}


def joint(unit: Unit, uniform: bool = False) -> Iterator[tuple[Fraction, dict[Figure, int]]]:
    """What a unit can be and with what probability: figures of a group by one quantile of harm."""
    cuts: list[list[tuple[Fraction, int]]] = []
    for one in unit.ranges:
        reached, found = Fraction(0), []
        values = exact(one, uniform)
        for value in sorted(values, reverse=one.figure.more_helps):
            reached += values[value]
            found.append((reached, value))
        cuts.append(found)
    ends = sorted({end for found in cuts for end, _ in found})
    before = Fraction(0)
    for end in ends:
        values_here = [next(v for reached, v in found if reached >= end) for found in cuts]
        point = dict(zip((one.figure for one in unit.ranges), values_here, strict=True))
        yield end - before, point
        before = end
