"""What lies behind a problem that begins in the middle of another's horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Past:
    """What was sent before, as far as the rules and objectives still ask for it.

    owed: by nation and capability, for each period of the horizon, the units that R3 still counts
    in the window that ends there: those that served before, and what was committed then.
    served: by task, the nations that sent it something. spent: by nation, people times periods.
    """

    owed: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)

    def owing(self, nation: str, capability: str, last: int) -> int:
        """Return the units owed in the window that ends with the period `last`.

        nation, capability: by id.
        """
        by_period = self.owed.get((nation, capability))
        return by_period[last - 1] if by_period else 0

    def served_at(self, task: str) -> frozenset[str]:
        """The nations that sent the task something before."""
        return self.served.get(task, frozenset())


NO_PAST = Past()
