"""Which units fit beside the commitments (R3), and the least release that makes them fit.

R3 looks at each nation and capability apart, and so does this.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from allocator.checker.case import Case
from allocator.inputs.conditions import holds
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation
from tests.brute.parts import Cost, Memory, Part, breaks

Pair = tuple[str, str]
"""A nation and a capability."""
Releases = Mapping[tuple[str, int], int]


class Capacity:
    """Asks R3 about one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.memory = Memory()

    def fits(self, part: Part, world: World) -> bool:
        """Whether R3 holds for all that the part uses, with all released that may be."""
        released = self.releasable(world)
        given = frozenset(released.items())
        return all(
            self.memory.remembered(
                (pair, used, given), lambda p=pair, u=used: self._keeps_r3(p, u, released)
            )
            for pair, used in self._used(part).items()
        )

    def _used(self, part: Part) -> dict[Pair, Cost]:
        """The units used in each period, by pair; they come first among a part's costs."""
        horizon = self.problem.horizon
        every = {
            pair: part.cost[at * horizon : (at + 1) * horizon]
            for at, pair in enumerate(sorted(self.problem.availability))
        }
        return {pair: used for pair, used in every.items() if any(used)}

    def _keeps_r3(
        self,
        pair: Pair,
        used: Cost,
        released: Releases,
    ) -> bool:
        nation, capability = pair
        task, line = next(
            (task.id, line.id)
            for task in self.problem.tasks
            for line in task.lines
            if capability in line.weights
        )
        units = {
            (nation, task, line, capability, period): int(sent)
            for period, sent in enumerate(used, 1)
            if sent
        }
        case = Case(self.problem, World("", {}), Allocation(frozenset(), units, released))
        return not breaks(case, "R3")

    def releasable(self, world: World) -> dict[tuple[str, int], int]:
        """All that may be released in the world: units by commitment and period."""
        key = ("releasable", tuple(world.starts.items()))
        return self.memory.remembered(
            key,
            lambda: {
                (commitment.id, period): commitment.quantity[period - 1]
                for commitment in self.problem.commitments
                for period in self.problem.periods
                if commitment.quantity[period - 1]
                and holds(commitment.release_requires, world.holding(period))
            },
        )

    def least_release(self, part: Part, world: World) -> dict[tuple[str, int], int]:
        """The releases of least risk with which all that the part uses fits."""
        found: dict[tuple[str, int], int] = {}
        for pair, used in self._used(part).items():
            found |= self._least_release_of(pair, used, self.releasable(world))
        return found

    def _least_release_of(
        self,
        pair: Pair,
        used: Cost,
        most: Releases,
    ) -> dict[tuple[str, int], int]:
        risk = {c.id: c.release_risk for c in self.problem.commitments_of(*pair)}
        rows = sorted(key for key in most if key[0] in risk)
        key = ("release", pair, used, tuple((row, most[row]) for row in rows))

        def make() -> dict[tuple[str, int], int]:
            ways = product(*(range(most[row] + 1) for row in rows))
            by_risk = sorted(
                ways,
                key=lambda way: sum(risk[k] * n for (k, _), n in zip(rows, way, strict=True)),
            )
            for way in by_risk:
                released = {row: n for row, n in zip(rows, way, strict=True) if n}
                if self._keeps_r3(pair, used, released):
                    return released
            raise AssertionError("it fits with all released")

        return self.memory.remembered(key, make)
