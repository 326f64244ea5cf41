"""Where the units of a capability are: committed, under caveats that never fall, waiting, open.

Figures are unit-periods, as in `pool.py`: what rotation lets stand over the horizon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.analysis.dilemma.pool import Probe
from allocator.inputs.problem import Problem, World
from allocator.search.feasibility.pool import Assumptions


@dataclass(frozen=True, slots=True)
class Layers:
    """One capability of all nations together; each figure is at most the one before.

    held: units in the tables, before rotation. kept_up: unit-periods that rotation leaves, nothing
    committed. uncommitted: without what stays committed whatever is brought about. reachable:
    without what caveats keep for good too. open: what the world lets go to at least one task. The
    company of nations and tasks is taken as given, so each is the most that could come.
    """

    capability: str
    held: int
    kept_up: int
    uncommitted: int
    reachable: int
    open: int


def layers(problem: Problem, world: World) -> tuple[Layers, ...]:
    """Return one a capability that the model's tasks take, by id.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    best = problem.meeting(world, problem.open_preconditions(world))
    caveats = frozenset(caveat.id for caveat in problem.caveats)
    commitments = frozenset(commitment.id for commitment in problem.commitments)
    around = (
        Assumptions(best, caveats=caveats, commitments=commitments),
        Assumptions(best, caveats=caveats),
        Assumptions(best),
        Assumptions(world),
    )
    used = sorted({c for task in problem.tasks for c in task.capabilities})
    return tuple(Layers(c, _held(problem, c), *_sums(problem, c, around)) for c in used)


def _held(problem: Problem, capability: str) -> int:
    having = (units for (_, c), units in problem.availability.items() if c == capability)
    return sum(map(max, having))


def _sums(problem: Problem, capability: str, around: tuple[Assumptions, ...]) -> Iterator[int]:
    tasks = [task for task in problem.tasks if capability in task.capabilities]
    probes = [Probe(problem, task, capability) for task in tasks]
    nations = [nation for nation, c in problem.availability if c == capability]
    for circumstances in around:
        # Without caveats tasks differ by the offers that are for them alone.
        alike = bool(circumstances.caveats or not problem.caveats) and not problem.counts_offers
        asked = probes[:1] if alike else probes
        yield sum(
            max(probe.unit_periods(nation, circumstances) for probe in asked) for nation in nations
        )
