"""What nations hold, what is tied, what could be kept up, and what the world lets go.

Figures are units in place, summed over the horizon's periods (unit-periods): one company kept up
for four half-years counts four. Divide by the horizon for what stands at any one time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from allocator.inputs.problem import Line, Problem, Task, World
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound


@dataclass(frozen=True, slots=True)
class Pool:
    """One capability of all nations together.

    held: units in the tables, before rotation. net: unit-periods that rotation and commitments
    leave, whatever caveats say. open: unit-periods of it that caveats let go to at least one task
    in the world, releases included; the company of nations and tasks is taken as given, so it is
    the most that could come.
    """

    capability: str
    held: int
    net: int
    open: int
    parts: tuple[tuple[str, int, int], ...]
    """nation, net, open"""


def pools(
    problem: Problem,
    world: World,
    *,
    tasks: Collection[str] | None = None,
    without: Collection[str] = (),
) -> tuple[Pool, ...]:
    """Return the pools that the model's tasks (or the given ones) draw on, by capability.

    without: nations left out, such as the host.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    counted = [task for task in problem.tasks if tasks is None or task.id in tasks]
    used = sorted({c for task in counted for c in task.capabilities})
    return tuple(_pool(problem, world, counted, c, without) for c in used)


def _pool(
    problem: Problem, world: World, tasks: list[Task], capability: str, without: Collection[str]
) -> Pool:
    having = [n for n, c in problem.availability if c == capability and n not in without]
    probes = [Probe(problem, task, capability) for task in tasks if capability in task.capabilities]
    free = Assumptions(problem.world(), caveats=frozenset(c.id for c in problem.caveats))
    bound = Assumptions(world)
    parts = tuple(
        (
            nation,
            probes[0].unit_periods(nation, free),
            max(probe.unit_periods(nation, bound) for probe in probes),
        )
        for nation in sorted(having)
    )
    held = sum(max(problem.availability[nation, capability]) for nation in having)
    return Pool(
        capability,
        held,
        sum(net for _, net, _ in parts),
        sum(open_ for _, _, open_ in parts),
        parts,
    )


@dataclass(frozen=True)
class Probe:
    """A task as if one line of one capability were all that it needs, in every period.

    problem: the model that is asked about, with its tables. task: by which caveats are read.
    capability: its id.
    """

    problem: Problem
    task: Task
    capability: str

    @cached_property
    def _reach(self) -> SupplyBound:
        line = Line(self.capability, {self.capability: 1}, 1, 1, None, None, 0)
        alone = replace(self.task, lines=(line,), periods=tuple(self.problem.periods))
        return SupplyBound(self.problem, alone)

    @cached_property
    def _blocks(self) -> list[tuple[int, ...]]:
        """The horizon cut into runs of one rotation each; the last may be shorter."""
        rotation = self.problem.capabilities[self.capability].rotation
        periods = tuple(self.problem.periods)
        return [periods[start : start + rotation] for start in range(0, len(periods), rotation)]

    def unit_periods(self, nation: str, circumstances: Assumptions) -> int:
        """Return the most that the nation could send, over the horizon. circumstances: in which."""
        return sum(
            self._reach.most(nation, self.capability, block, circumstances)
            for block in self._blocks
        )
