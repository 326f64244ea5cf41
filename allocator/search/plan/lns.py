"""Plans too large for an engine to search whole.

A plan begins near the best of the linear relaxation. Parts of it are then freed in turn and
searched by CP-SAT; beside that, in a thread of its own, the relaxation of each level bounds what is
left to gain, and tells where. Whatever time is left then is HiGHS's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock, Thread

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.bounds import Bounds
from allocator.engines.highs import Highs
from allocator.engines.relaxation import relaxed
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.incumbent import Incumbent, Values
from allocator.search.plan.neighbourhoods import Neighbourhoods
from allocator.search.plan.staffing import ATTEMPTS, Staffing
from allocator.search.plan.steering import Goals, steering

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

WELL_STARTED = 0.8
"""Of the tasks that the relaxation staffs; where a plan near it has fewer, one is made that heeds
nothing but how many there are."""


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
        self._steering = steering(objectives)
        self._count = steering([one for one in objectives if one.name.startswith(COUNT)])
        blocks = Blocks(variables)
        self._staffing = Staffing(variables, settings, blocks)
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
            values = self._start(deadline)
        if goals.first.name.startswith(COUNT):
            goals = replace(goals, steering=self._count)
        level = Incumbent(self._variables, goals, values, bounds, deadline)
        self._relax(level, deadline)
        if goals.first.name.startswith(STAFFING):
            self._staff(level, deadline)
        self._neighbourhoods.better(level, deadline, PATIENCE)
        if not level.done() and not deadline.expired:
            found = self._highs.ask(deadline, None, goals.first, level.values)
            bounds.claim_of(found)
            level.take(found.values)
            level.take(self._engines.confirmed(deadline, goals.first, level.values, bounds))
        level.narrow()
        return level.values

    def _relax(self, level: Incumbent, deadline: Deadline) -> None:
        """The level's relaxation in a thread that nobody waits for: HiGHS cannot be stopped."""
        program = self._program.copy()

        def work() -> None:
            with self._one_at_a_time, deadline.sparing_memory():
                if not deadline.expired:
                    level.relax(relaxed(program, level.goals.first, deadline))

        Thread(target=work, daemon=True).start()

    def _start(self, deadline: Deadline) -> Values:
        """A plan near the best of the relaxation; doing nothing where there was no time for it."""
        values, hoped = self._started(self._steering, deadline)
        if not self._count.terms or self._number_staffed(values) >= WELL_STARTED * hoped:
            return values
        other, _ = self._started(self._count, deadline)
        return min(values, other, key=self._steering.value)

    def _started(self, by: Objective, deadline: Deadline) -> tuple[Values, int]:
        """A plan near the relaxation by this objective, and how many tasks the relaxation staffs;
        the objective is what each task is put in by."""
        found = relaxed(self._program.copy(), by, deadline)
        if found is None:
            return self._variables.nothing(), 0
        values = self._staffing.started(found.values, by, deadline)
        return values, self._number_staffed([round(value) for value in found.values])

    def _number_staffed(self, values: Values) -> int:
        return sum(values[variable] for variable in self._variables.staffed.values())

    def _staff(self, level: Incumbent, deadline: Deadline) -> None:
        objective = level.goals.first
        counted = {variable for _, variable in objective.terms}
        tasks = [t for t, v in self._variables.staffed.items() if v in counted]
        level.take(self._staffing.staff(level.values, tasks, self._steering, deadline))
        # Tasks that CP-SAT, and another engine after it, never staffs are fixed by now.
        level.bounds.certify(objective.trivial_bound(self._program), "cpsat")
        for attempt in range(ATTEMPTS):
            self._neighbourhoods.better(level, deadline, BETWEEN)
            room = self._staffing.make_room(
                level.values, tasks, attempt, level.goals.steering, level.done, deadline
            )
            level.take(room)
