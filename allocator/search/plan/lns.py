"""Plans too large for an engine to search whole.

Task by task is put in with as few units as it takes. Parts of the plan are then freed in turn and
searched by CP-SAT; beside that, in a thread of its own, the linear relaxation of each level bounds
what is left to gain, and tells where. Whatever time is left then is HiGHS's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock, Thread

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.bounds import Bounds
from allocator.engines.highs import Highs
from allocator.engines.relaxation import Relaxed, relaxed
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.incumbent import Incumbent, Values
from allocator.search.plan.neighbourhoods import Neighbourhoods
from allocator.search.plan.staffing import ATTEMPTS, Staffing
from allocator.search.plan.steering import Goals, sparing, steering

LARGE = 10_000
"""Variables of a program that is searched in parts."""

EFFORT = 0.15
"""Deterministic time, about seconds, of one step."""

COUNT = "staff_tasks"
"""Levels that count tasks, with nothing at stake but how many there are."""

STAFFING = (COUNT, "keep_tasks", "add_tasks")
"""Levels that count tasks, with a plan of one's own to stay near too: tasks are put in one after
another."""

FEWEST = 500
"""Cells freed in one step, at least."""

PATIENCE = 80
"""Steps in a row without a better plan, after which HiGHS searches the whole."""

BETWEEN = 16
"""The same before tasks are put in by moving what others send, and between such attempts."""


class LnsLevelSearch:
    """The levels of one large program, one after another."""

    def __init__(
        self,
        variables: Variables,
        objectives: Sequence[Objective],
        settings: Settings,
        workers: int = 1,
    ) -> None:
        self._variables = variables
        self._program = variables.program
        counted = [one for one in objectives if one.name.startswith(COUNT)]
        self._steering = steering(objectives)
        self._sparing = sparing(counted, variables) if counted else self._steering
        self._uncounted = next((o for o in objectives if not o.name.startswith(STAFFING)), None)
        """The first level that counts no tasks: as one starts, its relaxation is begun."""
        self._ahead: Objective | None = None
        self._known: dict[str, Relaxed] = {}
        blocks = Blocks(variables)
        self._staffing = Staffing(variables, settings, blocks, workers)
        self._neighbourhoods = Neighbourhoods(variables, settings, blocks, EFFORT, FEWEST, workers)
        self._highs = Highs(variables.program)
        self._engines = Portfolio(variables.program, settings)
        self._one_at_a_time = Lock()

    def anything(self, deadline: Deadline) -> Values:
        """Doing nothing, which is a plan."""
        return self._variables.nothing()

    def best(
        self, deadline: Deadline, goals: Goals, values: Values | None, bounds: Bounds
    ) -> Values:
        """Return the best solution found, from `values` on where there are any.

        deadline: when to end at the latest. goals: the objectives, and where each stands. bounds:
        what is proved of the objective so far.
        """
        if values is None:
            values = self._start(goals.first, deadline)
        if goals.first.name.startswith(COUNT):
            goals = replace(goals, steering=self._sparing)
        level = Incumbent(self._variables, goals, values, bounds, deadline)
        if goals.first.name.startswith(STAFFING):
            self._staff(level, deadline)
        else:
            self._relax(level, deadline)
            if self._ahead is goals.first:
                by, guide = goals.steering, level.guide()
                level.take(self._staffing.refill(level.values, by, guide, deadline))
        self._neighbourhoods.better(level, deadline, PATIENCE)
        if not level.done() and not deadline.expired:
            found = self._highs.ask(deadline, None, goals.first, level.values)
            bounds.claim_of(found)
            level.take(found.values)
            level.take(self._engines.confirmed(deadline, goals.first, level.values, bounds))
        level.narrow()
        return level.values

    def _relax(self, level: Incumbent, deadline: Deadline) -> None:
        """The level's relaxation, in a thread of its own."""
        level.relax(self._known.get(level.goals.first.name))
        self._aside(level.goals.first, level.relax, deadline)

    def _aside(
        self, objective: Objective, take: Callable[[Relaxed | None], None], deadline: Deadline
    ) -> None:
        """The relaxation of the program as it is now, in a thread that nobody waits for: HiGHS
        cannot be stopped."""
        program = self._program.copy()

        def work() -> None:
            with self._one_at_a_time, deadline.sparing_memory():
                if not deadline.expired:
                    take(relaxed(program, objective, deadline))

        Thread(target=work, daemon=True).start()

    def _start(self, first: Objective, deadline: Deadline) -> Values:
        """All tasks that go in beside one another, those that matter most first. The relaxation of
        the first level that counts no tasks is begun meanwhile."""
        if first.name.startswith(COUNT):
            self._ahead = self._uncounted
        if self._ahead is not None:
            self._aside(self._ahead, self._look_ahead, deadline)
        tasks = [t.id for t in sorted(self._variables.tasks, key=lambda t: (t.priority, t.id))]
        nothing = self._variables.nothing()
        values = self._staffing.staff(nothing, tasks, self._sparing, deadline)
        return values if self._program.holds(values) else nothing

    def _look_ahead(self, found: Relaxed | None) -> None:
        if self._ahead is not None and found is not None:
            self._known[self._ahead.name] = found

    def _staff(self, level: Incumbent, deadline: Deadline) -> None:
        objective = level.goals.first
        counted = {variable for _, variable in objective.terms}
        tasks = [t for t, v in self._variables.staffed.items() if v in counted]
        by = level.goals.steering
        level.take(self._staffing.staff(level.values, tasks, by, deadline))
        self._staffing.refuse(level.values, tasks, deadline)
        level.bounds.certify(objective.trivial_bound(self._program), "cpsat")
        if level.done():
            return
        self._relax(level, deadline)
        for attempt in range(ATTEMPTS):
            room = self._staffing.make_room(level.values, tasks, attempt, by, level.done, deadline)
            level.take(room)
            self._neighbourhoods.better(level, deadline, BETWEEN)
