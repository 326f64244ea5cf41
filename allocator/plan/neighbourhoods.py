"""Better plans by freeing a part of one at a time (large neighbourhood search, Shaw 1998).

Nothing is proved here. Every step is cut by deterministic effort and drawn from a seed, and only
what is better is taken: where the best value is reached, the plan does not depend on the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.plan.blocks import Blocks

Values = Sequence[int]

EFFORT = 0.4
"""Deterministic time, about seconds, of one step."""

FEWEST, MOST = 200, 6000
"""Cells freed in one step; as many as the engine can settle."""

ROOMY = 0.05
"""A task is put in as sparingly as this allows: the best way is not worth the wait."""


class Neighbourhoods:
    """The steps on one program; levels may be kept as rows between them.

    rows: how many the program had before levels were kept; None: all that it has.
    """

    def __init__(self, variables: Variables, settings: Settings, rows: int | None = None) -> None:
        self._variables = variables
        self._settings = replace(settings, light=True, linear=True, effort=EFFORT)
        self._blocks = Blocks(variables, rows)
        self._rng = Random(settings.seed)
        self._size = 1000

    # --- tasks put in one by one ----------------------------------------------------------

    def staff(self, values: Values, tasks: Sequence[str], deadline: Deadline) -> Values:
        """As many of these tasks put in beside what is there as go in one after another. One that
        no plan staffs is fixed at not staffed."""
        prices = self._prices()
        for task in sorted(tasks, key=lambda t: (self._need(t, prices), t)):
            if deadline.expired:
                break
            if not values[self._variables.staffed[task]]:
                found = self._put_in(values, task, (), prices, deadline)
                if found is values and self._never_staffed(task, deadline):
                    self._variables.program.fix(self._variables.staffed[task], 0)
                values = found
        return values

    def make_room(
        self, values: Values, tasks: Sequence[str], enough: Callable[[Values], bool],
        deadline: Deadline,
    ) -> Values:  # fmt: skip
        """Puts in tasks of these that are left out by moving what rivals send, until `enough`."""
        prices = self._prices()
        staffed, program = self._variables.staffed, self._variables.program
        tasks = [task for task in tasks if program.high[staffed[task]]]
        for turn in range(60):
            out = [task for task in tasks if not values[staffed[task]]]
            if not out or enough(values) or deadline.expired:
                break
            task = out[turn % len(out)]
            there = [other for other, variable in staffed.items() if values[variable]]
            rivals = self._blocks.rivals(task, there, self._rng)[: 4 + turn // len(out)]
            values = self._put_in(values, task, rivals, prices, deadline)
        return values

    def _never_staffed(self, task: str, deadline: Deadline) -> bool:
        """Whether two engines refuse the task even where all others but its companions get
        nothing."""
        part = self._blocks.alone(self._variables.problem.companions(task))
        part.program.fix(part.number[self._variables.staffed[task]], 1)
        quick = CpSat(part.program, self._settings).ask(deadline)
        if quick.status != "infeasible":
            return False
        return Portfolio(part.program, self._settings).second_opinion(quick, deadline) == "no"

    def _put_in(
        self, values: Values, task: str, rivals: Sequence[str],
        prices: dict[tuple[str, int], int], deadline: Deadline,
    ) -> Values:  # fmt: skip
        freed = (task, *rivals)
        part = self._blocks.part(values, self._blocks.tasks(freed))
        number, staffed = part.number, self._variables.staffed
        for name in freed:
            part.program.fix(number[staffed[name]], 1)
        cost = Objective("use", False, tuple(
            (prices[s.capability, s.period], number[s.variable])
            for name in freed for s in self._variables.at(name)
        ))  # fmt: skip
        engine = CpSat(part.program, replace(self._settings, gap=ROOMY))
        outcome = engine.ask(deadline, None, cost, None if not rivals else part.start)
        return values if outcome.values is None else part.back(outcome.values, values)

    def _prices(self) -> dict[tuple[str, int], int]:
        """How scarce a capability is in a period: what tasks need against what nations have."""
        v = self._variables
        need: dict[tuple[str, int], float] = {}
        for task in v.tasks:
            for line in task.lines:
                for capability, weight in line.weights.items():
                    for period in task.periods:
                        units = line.minimum / weight / len(line.weights)
                        key = (capability, period)
                        need[key] = need.get(key, 0.0) + units
        have = dict.fromkeys(need, 0)
        for (nation, capability), by_period in v.pools().items():
            for period in by_period:
                have[capability, period] += v.room.of_pool(nation, capability, period)
        return {key: 1 + round(20 * min(3.0, need[key] / max(1, have[key]))) for key in need}

    def _need(self, task_id: str, prices: dict[tuple[str, int], int]) -> int:
        task = self._variables.problem.task(task_id)
        return sum(
            line.minimum * min(prices[capability, period] for capability in line.weights)
            for line in task.lines
            for period in task.periods
        )

    # --- any objective --------------------------------------------------------------------

    def sweep(self, values: Values, objective: Objective, good: Callable[[int], bool],
              deadline: Deadline) -> Values:  # fmt: skip
        """One step on each task alone."""
        for task in self._variables.tasks:
            if good(objective.value(values)) or deadline.expired:
                break
            values = self._better(values, objective, self._blocks.tasks([task.id]), deadline)[0]
        return values

    def bettered(
        self, values: Values, objective: Objective, good: Callable[[int], bool],
        deadline: Deadline, patience: int,
    ) -> Values:  # fmt: skip
        """A sweep, then steps until the value is good or so many in a row gain nothing."""
        values = self.sweep(values, objective, good, deadline)
        idle = 0
        while idle < patience and not good(objective.value(values)) and not deadline.expired:
            found = self.step(values, objective, deadline)
            idle = idle + 1 if found is values else 0
            values = found
        return values

    def step(self, values: Values, objective: Objective, deadline: Deadline) -> Values:
        """The values, or better ones after a step on a part drawn at random."""
        free = self._blocks.around(objective, values, self._size, self._rng)
        if not free:
            return values
        values, settled = self._better(values, objective, free, deadline)
        grown = self._size * 5 // 4 if settled else self._size * 5 // 6
        self._size = max(FEWEST, min(MOST, grown))
        return values

    def _better(
        self, values: Values, objective: Objective, free: set[int], deadline: Deadline
    ) -> tuple[Values, bool]:
        """The values, better if the part could be bettered; whether the part is settled."""
        part = self._blocks.part(values, free)
        asked = part.objective(objective, values)
        outcome = CpSat(part.program, self._settings).ask(deadline, None, asked, part.start)
        if outcome.values is None:
            return values, False
        found = part.back(outcome.values, values)
        better = objective.better(objective.value(found), objective.value(values))
        return (found if better else values), outcome.status == "optimal"
