"""Plans too large for an engine to search whole.

Task by task is put in with as few units as it takes. Parts of the plan are then freed in turn and
searched by CP-SAT; beside that, in a thread of its own, one linear relaxation of each level bounds
what is left to gain, and another, by all that is left to optimise, tells where to look for it.
Whatever time is left then is HiGHS's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from threading import Lock, Thread

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.bounds import Bounds
from allocator.engines.highs import Highs
from allocator.engines.relaxation import relaxed
from allocator.model.objectives import Objective
from allocator.model.program import Program
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

TINY = 1e-6
"""What a relaxation's value may be off."""

RUN = 24
"""Steps in a row before a pass over all tasks may be next; both take some seconds."""


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
        self._guide: Sequence[float] | None = None
        """Values of the last relaxation by all that was left to optimise."""
        self._guide_rows = 0
        """How many rows the program had then; levels that end add to them."""
        self._level: Incumbent | None = None
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
            values = self._start(deadline)
        if goals.first.name.startswith(COUNT):
            goals = replace(goals, steering=self._sparing)
        level = self._level = Incumbent(self._variables, goals, values, bounds, deadline)
        if goals.first.name.startswith(STAFFING):
            self._staff(level, deadline)
        else:
            self._fill(level, deadline)
        if not level.done() and not deadline.expired:
            found = self._highs.ask(deadline, None, goals.first, level.values)
            bounds.claim_of(found)
            level.take(found.values)
            level.take(self._engines.confirmed(deadline, goals.first, level.values, bounds))
        level.narrow()
        return level.values

    def _aside(self, work: Callable[[Program], None], deadline: Deadline) -> None:
        """Work on the program as it is now, in a thread that nobody waits for: HiGHS cannot be
        stopped."""
        program = self._program.copy()

        def one_at_a_time() -> None:
            with self._one_at_a_time, deadline.sparing_memory():
                if not deadline.expired:
                    work(program)

        Thread(target=one_at_a_time, daemon=True).start()

    def _bound(self, level: Incumbent, deadline: Deadline) -> None:
        """The relaxation of a level that counts tasks."""

        def work(program: Program) -> None:
            if self._level is level:
                self._relax(level, program, deadline)

        self._aside(work, deadline)

    def _look(self, level: Incumbent, deadline: Deadline) -> None:
        """Where the best of all that is left to optimise lies in fractions; then how good the level
        can be at most. Its own relaxation says nothing of what comes after it, and a plan that
        follows it is a bad start for that."""

        def work(program: Program) -> None:
            if self._level is level and not self._stands(program):
                self._point(program, level.goals.steering, deadline)
                level.guide = self._guide
            if self._level is level and not self._shows(level):
                self._relax(level, program, deadline)

        self._aside(work, deadline)

    def _relax(self, level: Incumbent, program: Program, deadline: Deadline) -> None:
        """The level's own relaxation: a bound, and a guide where there is no other."""
        found = relaxed(program, level.goals.first, deadline)
        level.relax(found)
        if level.guide is None and found is not None:
            level.guide = found.values

    def _point(self, program: Program, steering: Objective, deadline: Deadline) -> None:
        found = relaxed(program, steering, deadline)
        if found is not None:
            self._guide, self._guide_rows = found.values, len(program.rows)

    def _stands(self, program: Program) -> bool:
        """Whether the guide is of the program as it is now too: it keeps what levels have reached
        since, and no other point was better."""
        guide = self._guide
        if guide is None:
            return False
        for row in program.rows[self._guide_rows :]:
            value = sum(c * guide[v] for c, v in row.terms)
            off = TINY * max(1.0, abs(value))
            if not row.low - off <= value <= row.high + off:
                return False
        bounds = zip(program.low, guide, program.high, strict=True)
        return all(low - TINY <= value <= high + TINY for low, value, high in bounds)

    def _shows(self, level: Incumbent) -> bool:
        """Whether the guide comes to the bound that is known: then no relaxation proves more."""
        if level.guide is None:
            return False
        first = level.goals.first
        value = first.offset + sum(c * level.guide[v] for c, v in first.terms)
        return abs(value - level.bounds.proved.value) < TINY

    def _start(self, deadline: Deadline) -> Values:
        """All tasks that go in beside one another, those that matter most first. Where the best of
        the whole lies is looked for meanwhile."""
        self._aside(lambda program: self._point(program, self._steering, deadline), deadline)
        tasks = [t.id for t in sorted(self._variables.tasks, key=lambda t: (t.priority, t.id))]
        nothing = self._variables.nothing()
        values = self._staffing.staff(nothing, tasks, self._sparing, deadline)
        return values if self._program.holds(values) else nothing

    def _fill(self, level: Incumbent, deadline: Deadline) -> None:
        """Passes over all tasks and runs of steps: whichever gained more when it was last tried is
        next."""
        level.guide = self._guide
        self._look(level, deadline)
        now, other = self._steps, self._pass
        gained = {now: inf, other: inf}
        while level.idle < PATIENCE and not level.done() and not deadline.expired:
            if gained[other] >= gained[now]:
                now, other = other, now
            before = level.value
            now(level, deadline)
            gained[now] = abs(level.value - before)
            if gained[now]:
                level.idle = 0

    def _pass(self, level: Incumbent, deadline: Deadline) -> None:
        by, guide = level.goals.steering, level.guide
        level.take(self._staffing.refill(level.values, by, guide, deadline))

    def _steps(self, level: Incumbent, deadline: Deadline) -> None:
        self._neighbourhoods.better(level, deadline, PATIENCE, RUN)

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
        self._bound(level, deadline)
        for attempt in range(ATTEMPTS):
            room = self._staffing.make_room(level.values, tasks, attempt, by, level.done, deadline)
            level.take(room)
            level.idle = 0
            self._neighbourhoods.better(level, deadline, BETWEEN)
        level.idle = 0
        self._neighbourhoods.better(level, deadline, PATIENCE)
