"""How long bars are, so that one giant does not flatten all others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

GIANT = 4
"""A bar that is more than so many times as long as the next is cut."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`full` is as wide as the chart; what is more is cut there, and says so."""

    full: int

    @classmethod
    def of(cls, figures: Iterable[int]) -> Scale:
        whole = sorted({*figures, 0}, reverse=True)
        largest = whole[0]
        while len(whole) > 2 and whole[0] > GIANT * whole[1]:
            whole.pop(0)
        # A cut bar reaches beyond the longest that is whole.
        return cls(max(1, whole[0] if whole[0] == largest else round(1.15 * whole[0])))

    def width(self, figure: int) -> float:
        """0 to 100."""
        return round(100 * min(figure, self.full) / self.full, 2)

    def cuts(self, figure: int) -> bool:
        return figure > self.full
