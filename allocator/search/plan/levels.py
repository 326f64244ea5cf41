"""Objectives optimised one after another; no level loses the plan of the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.engines.bounds import Bound, Bounds
from allocator.model.objectives import Objective, levels
from allocator.model.variables import Variables
from allocator.results.result import Allocation, Level
from allocator.search.plan.direct import DirectLevelSearch
from allocator.search.plan.lns import LARGE, LnsLevelSearch
from allocator.search.plan.steering import Goals

FIRST_SHARE, FIRST_SECONDS = 0.5, 0.75
"""Of the time, at least, for a level that begins without any plan; and so many seconds, where there
are as many: enough for two engines to have a turn."""


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
    workers: int = 1,
    objectives: Sequence[Objective] | None = None,
    start: Sequence[int] | None = None,
    in_parts: bool = True,
    foremost: int = 0,
) -> Optimised:
    """Return the best allocation of the program by the objectives in turn: the model's, where no
    others are given.

    Each level starts from the plan of the one before, and keeps its value as a row. The time left
    is shared out so that every level gets its turn. workers: how many parts of a plan are searched
    at once; the plan does not hang on it. start: values that keep every row, for the first level.
    in_parts: whether a large program without a start may begin by doing nothing. foremost: so many
    of the first levels are what is asked for; all others together get the time of one of them.

    variables: of the program. settings: of the engines, such as their seed. deadline: when to end
    at the latest. reached: told of each level once it ends.
    """
    objectives = levels(variables) if objectives is None else objectives
    kind = _TaskRun if variables.scope.must else _Run
    run = kind(variables, objectives, settings, deadline, workers, in_parts or start is not None)
    run.values = start
    bounds: list[Bound] = []
    for index, objective in enumerate(objectives):
        run.levels_left = foremost - index + 1 if index < foremost else len(objectives) - index
        bounds.append(run.level(objectives[index:]))
        if run.values is not None:
            reached(_level(objective, run.values, bounds[-1]))
    if not objectives and start is None:
        run.anything()
    values = variables.nothing() if run.values is None else run.values
    found = tuple(_level(o, values, b) for o, b in zip(objectives, bounds, strict=True))
    return Optimised(None if run.values is None else variables.allocation(values), found)


class _Run:
    """The incumbent and the program as levels are fixed one by one."""

    def __init__(
        self,
        variables: Variables,
        objectives: Sequence[Objective],
        settings: Settings,
        deadline: Deadline,
        workers: int,
        in_parts: bool = True,
    ) -> None:
        self._variables = variables
        self._program = variables.program
        self._deadline = deadline
        # Where something must be staffed, doing nothing is no plan to start from.
        in_parts = in_parts and len(self._program.low) >= LARGE and not variables.scope.must
        self._search_of: LnsLevelSearch | DirectLevelSearch = (
            LnsLevelSearch(variables, objectives, settings, workers)
            if in_parts
            else DirectLevelSearch(variables, settings, workers)
        )
        self.values: Sequence[int] | None = None
        self.levels_left = len(objectives)

    def anything(self) -> None:
        self.values = self._search_of.anything(self._deadline)

    def level(self, objectives: Sequence[Objective]) -> Bound:
        """Improves the incumbent by the first objective, fixes what was reached, returns what is
        proved of it."""
        return self._settled(objectives)

    def _settled(self, objectives: Sequence[Objective]) -> Bound:
        objective = objectives[0]
        trivial = objective.trivial_bound(self._program)
        if not objective.maximise:
            trivial = max(0, trivial)  # No level counts less than nothing, whatever its terms say.
        bounds = Bounds(objective, trivial, self._deadline)
        if self.values is None or objective.value(self.values) != trivial:
            # Where memory runs out the plan so far stands, and nothing more is proved of it.
            with self._deadline.sparing_memory():
                self._search(Goals.of(objectives), bounds)
        if self.values is not None:
            bounds.refute(objective.value(self.values))
            objective.keep(self._program, objective.value(self.values))
        return bounds.proved

    def _search(self, goals: Goals, bounds: Bounds) -> None:
        # Twice an even share: what levels do not use is left to those that turn out harder.
        share = 2 / (self.levels_left + 1)
        if self.values is None:
            share = max(share, FIRST_SHARE)  # Without any plan the others have nothing to better.
        least = FIRST_SECONDS if self.values is None else 0.0
        part = self._deadline.part(min(1.0, share), least)
        if not part.expired:
            self._take(goals.first, self._search_of.best(part, goals, self.values, bounds))

    def _take(self, objective: Objective, found: Sequence[int] | None) -> None:
        """The plan found is the incumbent, unless it is worse, or breaks a row or a bound: those
        of all levels so far are among them."""
        if found is None:
            return
        values = self._variables.measured(found)
        if self.values is not None and objective.better(
            objective.value(self.values), objective.value(values)
        ):
            return
        if self._program.holds(values):
            self.values = values
        else:
            self._deadline.report(f"plan: a plan that breaks a row was found for {objective.name}")


class _TaskRun(_Run):
    """The same for tasks that must be staffed, as in a package. Whoever watches the levels of the
    joint plan, one after the other (`_Run.level`), must not take these for some of them."""

    def level(self, objectives: Sequence[Objective]) -> Bound:
        return self._settled(objectives)


def _level(objective: Objective, values: Sequence[int], bound: Bound) -> Level:
    value = objective.value(values)
    return Level(
        objective=objective.name,
        value=value,
        bound=bound.value,
        status="optimal" if value == bound.value else "feasible",
        proved_by=bound.prover,
    )
