"""A game of weights: coalitions win where they bring enough of each of several needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

Totals = tuple[int, ...]
"""Units by need."""


@dataclass(frozen=True)
class ThresholdGame:
    """`weights[i]` are the units that nation i brings to each need."""

    nations: tuple[str, ...]
    weights: tuple[Totals, ...]
    needs: Totals

    def wins(self, members: Sequence[int]) -> bool:
        """Whether the nations with these numbers meet every need."""
        totals = [sum(self.weights[i][k] for i in members) for k in range(len(self.needs))]
        return meets(totals, self.needs)

    @property
    def vetoes(self) -> tuple[bool, ...]:
        """Whether all others together lose."""
        everybody = range(len(self.nations))
        return tuple(not self.wins([j for j in everybody if j != i]) for i in everybody)

    @cached_property
    def order(self) -> list[int]:
        """The nations, heaviest first: then few totals stay open."""

        def weight(i: int) -> Fraction:
            parts = zip(self.weights[i], self.needs, strict=True)
            return sum((Fraction(units, max(1, need)) for units, need in parts), Fraction(0))

        return sorted(range(len(self.nations)), key=lambda i: (-weight(i), self.weights[i], i))

    def without(self, i: int, j: int, brought: Totals) -> ThresholdGame:
        """Return what is left to decide for the others, where the two bring this much together.

        i: number of a nation. j: number of another. brought: how much the two bring.
        """
        kept = [k for k in range(len(self.nations)) if k not in (i, j)]
        needs = tuple(max(0, need - units) for need, units in zip(self.needs, brought, strict=True))
        return ThresholdGame(
            tuple(self.nations[k] for k in kept), tuple(self.weights[k] for k in kept), needs
        )


def meets(totals: Sequence[int], needs: Sequence[int]) -> bool:
    return all(units >= need for units, need in zip(totals, needs, strict=True))
