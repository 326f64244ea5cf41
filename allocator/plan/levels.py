"""Objectives optimised one after another; no level loses the plan of the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.model.objectives import Objective, levels
from allocator.model.variables import Variables
from allocator.result import Allocation, Level
from allocator.solve import Outcome, Settings, Solver


@dataclass(frozen=True)
class Optimised:
    """An allocation, None if none was found in time, and what is known of each objective: where
    there is no allocation, the value of doing nothing."""

    allocation: Allocation | None
    levels: tuple[Level, ...]


def optimise(
    variables: Variables,
    settings: Settings,
    deadline: Deadline,
    reached: Callable[[Level], None] = lambda level: None,
) -> Optimised:
    """The best allocation of the program by the model's objectives in turn.

    Each level starts from the plan of the one before, and keeps its value as a row. The time left
    is shared out so that every level gets its turn.
    """
    objectives = levels(variables)
    run = _Run(variables, settings, deadline)
    bounds = []
    for index, objective in enumerate(objectives):
        bounds.append(run.level(objective, len(objectives) - index))
        if run.values is not None:
            reached(_level(objective, run.values, bounds[-1]))
    if not objectives:
        run.anything()
    values = run.values or _nothing(variables)
    found = tuple(_level(o, values, b) for o, b in zip(objectives, bounds, strict=True))
    return Optimised(None if run.values is None else variables.allocation(values), found)


class _Run:
    """The incumbent and the program as levels are fixed one by one."""

    def __init__(self, variables: Variables, settings: Settings, deadline: Deadline) -> None:
        self._variables = variables
        self._deadline = deadline
        self._solver = Solver(variables.program, settings)
        self.values: Sequence[int] | None = None

    def anything(self) -> None:
        self.values = self._solver.ask(self._deadline).values

    def level(self, objective: Objective, levels_left: int) -> int:
        """Improves the incumbent by one objective, fixes what was reached, returns the bound."""
        bound = _trivial_bound(self._variables, objective)
        if self.values is None or value_of(objective, self.values) != bound:
            outcome = self._search(objective, levels_left)
            bound = _tighter(objective, bound, outcome)
        if self.values is not None:
            self._keep(objective, value_of(objective, self.values))
        return bound

    def _search(self, objective: Objective, levels_left: int) -> Outcome:
        # Half of an even share is kept back for the levels that turn out harder.
        part = self._deadline.part(min(1.0, 2 / (levels_left + 1)))
        outcome = self._solver.ask(part, objective=objective, hint=self.values)
        if outcome.values is not None and _improves(objective, outcome.values, self.values):
            self.values = outcome.values
        return outcome

    def _keep(self, objective: Objective, value: int) -> None:
        reached = value - objective.offset
        if objective.maximise:
            self._variables.program.at_least(objective.terms, reached)
        else:
            self._variables.program.at_most(objective.terms, reached)


def _nothing(variables: Variables) -> Sequence[int]:
    """Doing nothing: all zero, but for what every line is then short of."""
    return [variables.idle.get(v, 0) for v in range(len(variables.program.low))]


def value_of(objective: Objective, values: Sequence[int]) -> int:
    return objective.offset + sum(c * values[variable] for c, variable in objective.terms)


def _improves(objective: Objective, new: Sequence[int], old: Sequence[int] | None) -> bool:
    if old is None:
        return True
    if objective.maximise:
        return value_of(objective, new) >= value_of(objective, old)
    return value_of(objective, new) <= value_of(objective, old)


def _trivial_bound(variables: Variables, objective: Objective) -> int:
    program = variables.program
    if objective.maximise:
        return objective.offset + program.most(objective.terms)
    return objective.offset + program.least(objective.terms)


def _tighter(objective: Objective, bound: int, outcome: Outcome) -> int:
    if outcome.status == "optimal" and outcome.values is not None:
        return value_of(objective, outcome.values)
    if outcome.bound is None:
        return bound
    return min(bound, outcome.bound) if objective.maximise else max(bound, outcome.bound)


def _level(objective: Objective, values: Sequence[int], bound: int) -> Level:
    value = value_of(objective, values)
    return Level(
        objective=objective.name,
        value=value,
        bound=bound,
        status="optimal" if value == bound else "feasible",
    )
