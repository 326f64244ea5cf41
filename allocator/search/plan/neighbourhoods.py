"""Better plans by freeing a part of one at a time (large neighbourhood search, Shaw 1998).

Nothing is proved here. Every step is cut by deterministic effort and drawn from a seed, and only
what is better is taken: where the best value is reached, the plan does not depend on the machine.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import Random

from allocator.deadline import Deadline
from allocator.engines import Outcome, Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.part import Part
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.search.plan.blocks import KINDS, Blocks, Kind
from allocator.search.plan.incumbent import Incumbent, Values

MOST = 1500
"""Cells freed in one step, at most; as many as the engine can settle."""

NARROW, WIDEST = 8, 4
"""After so many steps without a gain they become wider, up to so many times."""

TOGETHER = 2
"""Steps from the same values; as many of them are taken as go together. Always as many, so that
the plan does not hang on how many are searched at once."""


class Neighbourhoods:
    """The steps on one program; levels may be kept as rows between them.

    Each step begins where the level's values are worse than its guide, where it has one. effort: of
    a step, in CP-SAT's deterministic time. fewest: cells freed in one.
    """

    def __init__(
        self,
        variables: Variables,
        settings: Settings,
        blocks: Blocks,
        effort: float,
        fewest: int,
        workers: int,
    ) -> None:
        self._variables = variables
        self._settings = replace(settings, light=True, linear=True)
        self._blocks = blocks
        self._effort = effort
        self._fewest = fewest
        self._workers = min(workers, TOGETHER)
        self._rng = Random(settings.seed)
        self._size = dict.fromkeys(KINDS, 1000)

    def better(
        self, level: Incumbent, deadline: Deadline, patience: int, most: int | None = None
    ) -> None:
        """Take steps until the level is done or so many in a row have gained nothing.

        deadline: when to end at the latest. patience: how many steps without a gain are borne.
        most: steps that are taken at most, where there is such a limit.
        """
        if not self._variables.sent:
            level.idle = patience
        taken = 0
        while level.idle < patience and not level.done() and not deadline.expired:
            if most is not None and taken >= most:
                break
            before = level.value
            level.take(self._stepped(level, deadline, min(WIDEST, 1 + level.idle // NARROW)))
            taken += TOGETHER
            gained = level.goals.first.better(level.value, before)
            level.idle = 0 if gained else level.idle + TOGETHER

    def _stepped(self, level: Incumbent, deadline: Deadline, wider: int) -> Values:
        """The level's values, or better ones after steps on parts drawn at random, so many times
        wider."""
        goals, values = level.goals, level.values
        steps = [self._drawn(level, wider) for _ in range(TOGETHER)]
        settings = replace(self._settings, effort=self._effort * wider)

        def search(step: _Step) -> Outcome:
            engine = CpSat(step.part.program, settings)
            return engine.ask(deadline, None, step.asked, step.part.start)

        with ThreadPoolExecutor(self._workers) as pool:
            outcomes = list(pool.map(search, steps))
        best = values
        for step, outcome in zip(steps, outcomes, strict=True):
            self._resize(step.kind, settled=outcome.status == "optimal")
            if outcome.values is not None:
                found = step.part.back(outcome.values, best)
                if goals.better(found, best) and (
                    best is values or self._variables.program.holds(found)
                ):
                    best = found
        return best

    def _drawn(self, level: Incumbent, wider: int) -> _Step:
        kind = self._rng.choice(KINDS)
        size = self._size[kind] * wider
        free = self._blocks.around(
            kind, level.goals.first, level.values, level.guide, size, self._rng
        )
        part = self._blocks.part(level.values, free)
        return _Step(kind, part, part.objective(level.goals.steering, level.values))

    def _resize(self, kind: Kind, *, settled: bool) -> None:
        size = self._size[kind]
        self._size[kind] = max(self._fewest, min(MOST, size * 5 // 4 if settled else size * 5 // 6))


@dataclass(frozen=True)
class _Step:
    kind: Kind
    part: Part
    asked: Objective
