"""The plan of a problem that is nearest to a given one, ties told apart by the order of tasks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from allocator.checker.distance import Aim
from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.objectives import Objective
from allocator.model.scope import Scope
from allocator.model.variables import Variables
from allocator.results.repair import DISTANCE
from allocator.results.result import Allocation, Level
from allocator.search.given.repair import repair_levels
from allocator.search.given.start import start_near
from allocator.search.plan.levels import optimise
from allocator.search.plan.steering import steering

START_SHARE = 0.6
"""Of the time, for values to start from."""

EFFORT = 0.5
"""Deterministic time, about seconds, of one quick search."""

OF_TASKS = ("keep_tasks", "keep_contingents", "new_contingents")
"""Levels on which it mostly hangs which tasks are staffed."""


@dataclass(frozen=True)
class Found:
    """A plan that keeps every rule. levels: how near it is, as far as that was looked at.

    settled: whether it is proved which tasks the nearest plan staffs: those that this one does.
    forced: whether only what must change does, so that nothing can be nearer. whole: whether the
    levels are all there are.
    """

    allocation: Allocation
    levels: tuple[Level, ...] = ()
    settled: bool = False
    forced: bool = False
    whole: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more can be proved of it."""
        return self.forced or (
            self.whole and all(level.status == "optimal" for level in self.levels)
        )


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
        self._problem, self._world, self._given = problem, world, given
        self._settings = settings
        self._deadline = deadline
        self._given_up: set[str] = set()
        self._variables, self._objectives = self._stated()
        self._values: Sequence[int] | None = None

    def _stated(self) -> tuple[Variables, list[Objective]]:
        scope = Scope(self._world, self._given.tasks)
        variables = build(self._problem, scope, self._deadline.check)
        objectives = repair_levels(variables, Aim(self._given))
        for task in self._given_up:
            variables.program.fix(variables.staffed[task], 0)
        return variables, objectives

    def give_up(self, tasks: Collection[str]) -> None:
        """No plan staffs these."""
        self._given_up |= set(tasks)
        for task in tasks:
            self._variables.program.fix(self._variables.staffed[task], 0)

    @property
    def _hoped(self) -> set[str]:
        """The tasks that are not given up."""
        return self._variables.staffed.keys() - self._given_up

    def near(self, known: Found | None) -> Found | None:
        """Return a plan to start from: the one that is known already, where there is one."""
        aim = (
            self._given
            if known is None
            else GivenPlan.of(known.allocation.units, known.allocation.staffed)
        )
        return self._start(aim) or known

    def together(self) -> Found | None:
        """Return a plan that staffs all that is not given up, if one is found."""
        program, staffed = self._variables.program, self._variables.staffed
        for task in self._hoped:
            program.fix(staffed[task], 1)
        found = self._start(self._given)
        for task in self._hoped:
            program.set_bounds(staffed[task], 0, 1)
        return found

    def _start(self, aim: GivenPlan) -> Found | None:
        cost = steering(self._objectives)
        part = self._deadline.part(START_SHARE)
        values = start_near(self._variables, aim, cost, self._settings, part).values
        if values is None:
            return None
        self._values = values
        return Found(self._variables.allocation(values))

    def nearer(self, known: Found) -> Found:
        """Return what one quick search by all levels at once finds, with the same tasks staffed."""
        if self._values is None:
            return known
        fixed = {
            variable: int(task in known.allocation.staffed)
            for task, variable in self._variables.staffed.items()
        }
        engine = CpSat(self._variables.program, replace(self._settings, light=True, effort=EFFORT))
        cost = steering(self._objectives)
        values = engine.ask(self._deadline, fixed, cost, self._values).values
        if values is None:
            return known
        self._values = self._variables.measured(values)
        return Found(self._variables.allocation(self._values), settled=known.settled)

    def of_tasks(self, known: Found, order: Sequence[str]) -> Found:
        """Return a plan that is as near as can be in those levels alone on which it mostly hangs
        which tasks are staffed."""
        first = [one for one in self._objectives if one.name.startswith(OF_TASKS)]
        return self._best(known, first, order)

    def best(self, known: Found, order: Sequence[str]) -> Found:
        """Return the nearest plan, as far as time allows, and never one that is farther than the
        one that is known. order: of the tasks, by which ties are told apart."""
        return self._best(known, self._objectives, order)

    def _best(self, known: Found, objectives: list[Objective], order: Sequence[str]) -> Found:
        if self._values is None:
            return known
        found = optimise(
            self._variables,
            self._settings,
            self._deadline,
            objectives=objectives,
            start=self._values,
            in_parts=False,
        )
        if found.allocation is None:
            return known
        proved = all(level.status == "optimal" for level in found.levels)
        whole = objectives is self._objectives
        nearest = Found(found.allocation, found.levels, whole=whole)
        if self._hoped <= nearest.allocation.staffed:
            return replace(nearest, settled=True)
        if whole and proved:
            return self._first_in(order, nearest)
        return replace(
            nearest,
            settled=self.no_other(nearest, {level.objective: level for level in nearest.levels}),
        )

    def no_other(self, found: Found, known: Mapping[str, Level]) -> bool:
        """Whether no plan as near, as far as levels are proved, and no farther in the first that is
        not, staffs other tasks than this one: so neither does the nearest. known: by name, as far
        as they were looked at. Raises TimeUpError."""
        variables, objectives = self._stated()
        program, staffed = variables.program, found.allocation.staffed
        for objective in objectives:
            level = known.get(objective.name)
            if level is None or not objective.name.startswith(DISTANCE):
                break  # Values of the model's objectives are those of the whole plan.
            objective.keep(program, level.value)
            if level.status != "optimal":
                break
        signs = {t: 1 if t in staffed else -1 for t in self._hoped}
        terms = [(sign, variables.staffed[task]) for task, sign in signs.items()]
        program.at_most(terms, len(staffed) - 1)
        return Portfolio(program, self._settings).refutes(self._deadline)

    def _first_in(self, order: Sequence[str], nearest: Found) -> Found:
        """Of all that are as near, the plan that staffs the first task, then the second, …"""
        staffed, program = self._variables.staffed, self._variables.program
        engines = Portfolio(program, self._settings)
        for task in (name for name in order if name in self._hoped):
            if task in nearest.allocation.staffed:
                program.fix(staffed[task], 1)
                continue
            fixed = {staffed[task]: 1}
            outcome = engines.feasible(self._deadline, fixed)
            if outcome.values is not None:
                values = self._variables.measured(outcome.values)
                nearest = replace(nearest, allocation=self._variables.allocation(values))
                program.fix(staffed[task], 1)
            elif outcome.status == "infeasible" and (
                engines.second_opinion(outcome, self._deadline, fixed) == "no"
            ):
                program.fix(staffed[task], 0)
            else:
                return nearest
        return replace(nearest, settled=True)
