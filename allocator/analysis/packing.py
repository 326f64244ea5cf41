"""The packages of one task."""

from __future__ import annotations

from allocator.analysis.asked import Asked, Known
from allocator.analysis.rounds import Step
from allocator.deadline import Deadline
from allocator.packages.search import Packing

MOST_PACKAGES = 1000
"""`solve` lists no more packages of a task; `packages` has no such limit."""


def pack_task(asked: Asked, known: Known, deadline: Deadline) -> Step:
    """Notes the packages of a ready task."""
    limit = MOST_PACKAGES if asked.command == "solve" else None
    if known.packing is None:
        known.packing = Packing(asked.problem, asked.world, known.task, asked.settings, deadline)
    found = known.packing.run(deadline, limit=limit)
    known.update(packages=found)
    cut = limit is not None and len(found.sets) >= limit
    return Step(f"{known.task}: {len(found.sets)} packages", found.complete or cut)
