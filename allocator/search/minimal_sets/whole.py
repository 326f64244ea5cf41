"""What is known of a question whose families are whole, but too many to list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from allocator.model.program import Check


@dataclass(frozen=True)
class Counts:
    """ready: how many worlds contain a minimal set. swings[i][k]: worlds of k elements, without
    element i, in which it decides. likelihood: of a ready world, the elements independent; None
    where a chance is not known."""

    ready: int
    swings: tuple[tuple[int, ...], ...]
    likelihood: float | None


class Whole(Protocol):
    """Element i is bit i of a mask."""

    @property
    def unlocking(self) -> int:
        """How many minimal sets there are for which the answer is yes."""

    @property
    def blocking(self) -> int:
        """How many minimal sets there are without which it is no."""

    def has(self, mask: int) -> bool:
        """Whether the answer for a set is yes."""

    def counts(self, chances: Sequence[float | None], check: Check) -> Counts | None:
        """What is counted over all worlds; None where that would take too long.

        chances: of each element, that it is met. check: raises TimeUpError where the time is up.
        """

    def substitutes(self, one: int, other: int) -> bool:
        """Whether one element may take the place of the other in every minimal set that has only
        one of them, and some have."""
