"""Better plans by freeing a part of one at a time (large neighbourhood search, Shaw 1998).

Nothing is proved here. Every step is cut by deterministic effort and drawn from a seed, and only
what is better is taken: where the best value is reached, the plan does not depend on the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import Random

from allocator.deadline import Deadline
from allocator.engines import Outcome, Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.part import Part
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.plan.blocks import KINDS, Blocks, Kind
from allocator.plan.steering import Goals

Values = Sequence[int]
Relaxation = Sequence[float] | None

EFFORT = 0.15
"""Deterministic time, about seconds, of one step."""

FEWEST, MOST = 500, 1500
"""Cells freed in one step; as many as the engine can settle."""

NARROW, WIDEST = 8, 4
"""After so many steps without a gain they become wider, up to so many times."""

TOGETHER = 2
"""Steps from the same values; as many of them are taken as go together. Always as many, so that
the plan does not hang on how many are searched at once."""


class Neighbourhoods:
    """The steps on one program; levels may be kept as rows between them."""

    def __init__(
        self, variables: Variables, settings: Settings, blocks: Blocks, workers: int = 1
    ) -> None:
        self._variables = variables
        self._settings = replace(settings, light=True, linear=True)
        self._blocks = blocks
        self._workers = min(workers, TOGETHER)
        self._rng = Random(settings.seed)
        self._size = dict.fromkeys(KINDS, 1000)

    def bettered(
        self, values: Values, goals: Goals, good: Callable[[int], bool],
        deadline: Deadline, patience: int, relaxed: Callable[[], Relaxation] = lambda: None,
    ) -> Values:  # fmt: skip
        """Steps until the value is good or so many in a row gain nothing.

        relaxed: the best of the relaxation, as soon as it is known; steps begin where the values
        are worse.
        """
        idle = 0 if self._variables.sent else patience
        while idle < patience and not good(goals.first.value(values)) and not deadline.expired:
            wider = min(WIDEST, 1 + idle // NARROW)
            found = self._stepped(values, goals, deadline, relaxed(), wider)
            better = goals.first.better(goals.first.value(found), goals.first.value(values))
            idle = 0 if better else idle + TOGETHER
            values = found
        return values

    def _stepped(
        self, values: Values, goals: Goals, deadline: Deadline, relaxed: Relaxation, wider: int
    ) -> Values:
        """The values, or better ones after steps on parts drawn at random, so many times wider."""
        steps = [self._drawn(values, goals, relaxed, wider) for _ in range(TOGETHER)]
        settings = replace(self._settings, effort=EFFORT * wider)

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
                if goals.better(found, best) and (best is values or self._blocks.holds(found)):
                    best = found
        return best

    def _drawn(self, values: Values, goals: Goals, relaxed: Relaxation, wider: int) -> _Step:
        kind = self._rng.choice(KINDS)
        free = self._blocks.around(
            kind, goals.first, values, relaxed, self._size[kind] * wider, self._rng
        )
        part = self._blocks.part(values, free)
        return _Step(kind, part, part.objective(goals.steering, values))

    def _resize(self, kind: Kind, *, settled: bool) -> None:
        size = self._size[kind]
        self._size[kind] = max(FEWEST, min(MOST, size * 5 // 4 if settled else size * 5 // 6))


@dataclass(frozen=True)
class _Step:
    kind: Kind
    part: Part
    asked: Objective
