"""From a given plan to the nearest valid one, as one command asks it."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace

from allocator.analysis.options import HowToAsk
from allocator.analysis.scheduler import naming
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.progress import Event
from allocator.results.repair import Repair
from allocator.results.result import Level
from allocator.search.given.repair import repair


def repair_plan(
    problem: Problem, world: World, given: GivenPlan, added: Collection[str], how: HowToAsk
) -> Repair:
    """Return the repair, each level told once it is reached.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: the plan that somebody drew, row by row. added: tasks that may be put
    in besides. how: world, time and engines.
    """
    began, done = time.monotonic(), 0

    def reached(level: Level) -> None:
        nonlocal done
        done += 1
        gap = "" if level.status == "optimal" else f", nothing beyond {level.bound}"
        known = f"{level.objective}: {level.value} {level.status}{gap}"
        how.progress(Event("plan", done, 0, known))

    deadline = how.deadline
    with naming("model", problem.model):
        found = repair(
            problem, world, given, added, Settings(seed=how.seed), deadline, reached, how.workers
        )
    spent = time.monotonic() - began
    return replace(found, seconds=spent, faults=deadline.faults).timed(deadline)
