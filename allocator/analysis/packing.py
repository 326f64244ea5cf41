"""The packages of one task."""

from __future__ import annotations

from dataclasses import replace

from allocator.analysis.asked import Asked, Known
from allocator.analysis.rounds import Step
from allocator.deadline import Deadline
from allocator.packages.search import Packing, Told
from allocator.packages.wanted import Wanted
from allocator.progress import Event

MOST_PACKAGES = 1000
"""`solve` lists no more packages of a task; `packages` has no such limit."""


def pack_task(asked: Asked, known: Known, deadline: Deadline) -> Step:
    """Notes the packages of a ready task."""
    wanted = _wanted(asked)
    if known.packing is None:
        known.packing = Packing(
            asked.problem, asked.world, known.task, asked.settings, deadline, wanted
        )
    found = known.packing.run(deadline, _telling(asked, known.task))
    known.update(packages=found)
    cut = wanted.limit is not None and len(found.sets) >= wanted.limit
    return Step(f"{known.task}: {len(found.sets)} packages", found.complete or cut)


def _wanted(asked: Asked) -> Wanted:
    if asked.command == "solve" and asked.wanted.limit is None:
        return replace(asked.wanted, limit=MOST_PACKAGES)
    return asked.wanted


def _telling(asked: Asked, task: str) -> Told:
    """Each package is told as soon as it is certain."""
    number = 0

    def told(nations: tuple[str, ...]) -> None:
        nonlocal number
        number += 1
        named = " + ".join(nations) or "no nation"
        asked.progress(Event("packages", 0, 0, f"{task}: package {number:,} is {named}"))

    return told
