"""How far offers cover what is sent, as variables that only measure: the objective
`stay_within_offers`.

A transport problem for each nation, capability and period. Its variables are set once all others
are: along augmenting paths (Ford and Fulkerson 1956), so that they come to the most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allocator.model.rows import Term


@dataclass(frozen=True)
class Cover:
    """sent: the terms of each task's units. quantities: of each offer. uses: by offer and task the
    variable that says what the one gives the other, and the literal of its condition, None where it
    always holds."""

    sent: Mapping[str, Sequence[Term]]
    quantities: Sequence[int]
    uses: Mapping[tuple[int, str], tuple[int, int | None]]

    def fill(self, values: list[int]) -> None:
        """Sets the variables to a largest cover of what the values send."""
        for variable, _ in self.uses.values():
            values[variable] = 0
        left = list(self.quantities)
        for task, terms in self.sent.items():
            wanted = sum(c * values[v] for c, v in terms)
            while wanted and (more := self._augment(task, wanted, left, values, set())):
                wanted -= more

    def _augment(
        self, task: str, wanted: int, left: list[int], values: list[int], seen: set[int]
    ) -> int:
        """Units that come to the task along one path, from an offer with something left."""
        for (offer, named), (variable, literal) in self.uses.items():
            if named != task or offer in seen or (literal is not None and not values[literal]):
                continue
            seen.add(offer)
            if more := min(wanted, left[offer]):
                left[offer] -= more
                values[variable] += more
                return more
            for (same, other), (held, _) in self.uses.items():
                if same == offer and other != task and values[held]:
                    moved = self._augment(other, min(wanted, values[held]), left, values, seen)
                    if moved:
                        values[held] -= moved
                        values[variable] += moved
                        return moved
        return 0
