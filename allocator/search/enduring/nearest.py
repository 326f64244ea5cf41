"""The plan of a problem that is nearest to a given one, ties told apart by the order of tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from allocator.checker.distance import Aim
from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.scope import Scope
from allocator.results.result import Allocation, Level
from allocator.search.given.repair import repair_levels
from allocator.search.given.start import start_near
from allocator.search.plan.levels import optimise
from allocator.search.plan.steering import steering

START_SHARE = 0.4
"""Of the time, for values to start from."""


@dataclass(frozen=True)
class Found:
    """A plan that keeps every rule. levels: how near it is; none where nothing can be nearer.
    settled: whether it is proved which tasks the nearest plan staffs: those that it does."""

    allocation: Allocation
    levels: tuple[Level, ...]
    settled: bool


class Nearest:
    """One search. Raises TimeUpError where there is no time to state it.

    problem, world: what is left under an event. given: the plan from the event on.
    """

    def __init__(
        self,
        problem: Problem,
        world: World,
        given: GivenPlan,
        settings: Settings,
        deadline: Deadline,
    ) -> None:
        self._given = given
        self._settings = settings
        self._deadline = deadline
        self._variables = build(problem, Scope(world, given.tasks), deadline.check)
        self._objectives = repair_levels(self._variables, Aim(given))
        self._values: Sequence[int] | None = None

    def give_up(self, tasks: Collection[str]) -> None:
        """No plan staffs these."""
        for task in tasks:
            self._variables.program.fix(self._variables.staffed[task], 0)

    def near(self, known: Found | None) -> Found | None:
        """Return a plan to start from; one that is known already stays."""
        cost = steering(self._objectives)
        part = self._deadline.part(START_SHARE)
        start = start_near(self._variables, self._given, cost, self._settings, part)
        self._values = start.values
        if start.values is None:
            return known
        found = Found(self._variables.allocation(start.values), self._unproved(), False)
        return found if known is None else known

    def _unproved(self) -> tuple[Level, ...]:
        """The levels of the start, none of them proved beyond what bounds alone say."""
        assert self._values is not None
        found = []
        for objective in self._objectives:
            value = objective.value(self._values)
            bound = objective.trivial_bound(self._variables.program)
            status = "optimal" if value == bound else "feasible"
            found.append(
                Level.model_validate(
                    {"objective": objective.name, "value": value, "bound": bound, "status": status}
                )
            )
        return tuple(found)

    def best(self, known: Found | None, order: Sequence[str], *, all_known: bool) -> Found | None:
        """Return the nearest plan, as far as time allows.

        order: of the tasks, by which ties are told apart. all_known: whether it is known already
        which tasks it staffs.
        """
        found = optimise(
            self._variables,
            self._settings,
            self._deadline,
            objectives=self._objectives,
            start=self._values,
            in_parts=False,
        )
        if found.allocation is None:
            return known
        proved = all(level.status == "optimal" for level in found.levels)
        nearest = Found(found.allocation, found.levels, all_known)
        if not proved or all_known:
            return nearest
        return self._first_in(order, nearest)

    def _first_in(self, order: Sequence[str], nearest: Found) -> Found:
        """Of all that are as near, the plan that staffs the first task, then the second, …"""
        staffed, program = self._variables.staffed, self._variables.program
        engines = Portfolio(program, self._settings)
        for task in (name for name in order if name in staffed):
            if task in nearest.allocation.staffed:
                program.fix(staffed[task], 1)
            elif program.high[staffed[task]]:
                fixed = {staffed[task]: 1}
                outcome = engines.feasible(self._deadline, fixed)
                if outcome.values is not None:
                    allocation = self._variables.allocation(
                        self._variables.measured(outcome.values)
                    )
                    nearest = replace(nearest, allocation=allocation)
                    program.fix(staffed[task], 1)
                elif outcome.status != "infeasible" or (
                    engines.second_opinion(outcome, self._deadline, fixed) != "no"
                ):
                    return nearest
                else:
                    program.fix(staffed[task], 0)
        return replace(nearest, settled=True)
