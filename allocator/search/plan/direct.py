"""Plans that an engine can search whole.

CP-SAT, SCIP and HiGHS take turns; where they leave a gap, parts of the plan are freed in turn.
What one of them calls the best is asked of another before it counts.
"""

from __future__ import annotations

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.bounds import Bounds
from allocator.engines.portfolio import SHORTEST
from allocator.engines.relaxation import Relaxed, relaxed
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.incumbent import Incumbent, Values
from allocator.search.plan.neighbourhoods import Neighbourhoods
from allocator.search.plan.steering import Goals

ROUGH = 1000
"""Variables of a program from which on its relaxation is worth the wait: it narrows what the
levels that follow may use. It is no guide here: where parts are most of the plan, what it leaves
out is missed."""

WHOLE_SHARE = 0.75
"""Of a level's time, for engines that search the whole program; the rest betters their plan."""

EFFORT = 0.4
"""Deterministic time, about seconds, of one step: a part has in it most of what is hard."""

FEWEST = 200
"""Cells freed in one step, at least."""

PATIENCE = 30
"""Steps in a row without a better plan, after which a level is left as it is."""


class DirectLevelSearch:
    """The levels of one program, one after another."""

    def __init__(self, variables: Variables, settings: Settings, workers: int) -> None:
        self._variables = variables
        self._settings = settings
        self._workers = workers
        self._rows = len(variables.program.rows)
        self._engines = Portfolio(variables.program, settings)
        self._neighbourhoods: Neighbourhoods | None = None

    def anything(self, deadline: Deadline) -> Values | None:
        """Any solution."""
        return self._engines.feasible(deadline).values

    def best(
        self, deadline: Deadline, goals: Goals, values: Values | None, bounds: Bounds
    ) -> Values | None:
        """Return the best solution found, from `values` on where there are any.

        deadline: when to end at the latest. goals: the objectives, and where each stands. bounds:
        what is proved of the objective so far.
        """
        # The relaxation cannot be stopped: of a short time it may take all, so a plan comes first.
        eased = None if values is None else self._relaxed(goals, deadline, bounds)
        part = deadline.part(WHOLE_SHARE, SHORTEST)
        found = self._engines.search(part, goals.first, values, bounds)
        if values is None and found is None:
            found = self._engines.search(deadline, goals.first, None, bounds)
        start = found if values is None else values
        if start is None:
            return None
        start = self._variables.measured(start)
        level = Incumbent(self._variables, goals, start, bounds, deadline)
        level.relax(eased or self._relaxed(goals, deadline, bounds))
        level.take(found)
        if not level.done():
            self._steps().better(level, deadline, PATIENCE)
        level.take(self._engines.confirmed(deadline, goals.first, level.values, bounds))
        level.narrow()
        return level.values

    def _relaxed(self, goals: Goals, deadline: Deadline, bounds: Bounds) -> Relaxed | None:
        """The level's relaxation, where it is worth the wait; its bound counts at once."""
        program = self._variables.program
        if len(program.low) < ROUGH or deadline.expired:
            return None
        eased = relaxed(program.copy(), goals.first, deadline)
        if eased is not None:
            bounds.certify(eased.bound, "relaxation")
        return eased

    def _steps(self) -> Neighbourhoods:
        if self._neighbourhoods is None:
            blocks = Blocks(self._variables, self._rows)
            self._neighbourhoods = Neighbourhoods(
                self._variables, self._settings, blocks, EFFORT, FEWEST, self._workers
            )
        return self._neighbourhoods
