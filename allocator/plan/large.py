"""Plans too large for an engine to search whole.

A plan begins near the best of the linear relaxation. Parts of it are then freed in turn and
searched by CP-SAT; beside that, in a thread of its own, the relaxation of each level bounds what is
left to gain, and tells where. Whatever time is left then is HiGHS's.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock, Thread

from allocator.deadline import Deadline
from allocator.engines import Outcome, Prover, Settings
from allocator.engines.highs import Highs
from allocator.engines.outcome import Status
from allocator.engines.relaxation import Relaxed, relaxed
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.plan.blocks import Blocks
from allocator.plan.neighbourhoods import Neighbourhoods, Values
from allocator.plan.staffing import Staffing
from allocator.plan.steering import Goals, steering

LARGE = 10_000
"""Variables of a program that is searched in parts."""

PATIENCE = 80
"""Steps in a row without a better plan, after which HiGHS searches the whole."""


class Large:
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
        blocks = Blocks(variables)
        self._staffing = Staffing(variables, settings, blocks, self._steering)
        self._neighbourhoods = Neighbourhoods(variables, settings, blocks, workers)
        self._highs = Highs(variables.program)
        self._one_at_a_time = Lock()

    def start(self, deadline: Deadline) -> Values:
        """A plan near the best of the relaxation; doing nothing where there was no time for it."""
        found = relaxed(self._program.copy(), self._steering, deadline)
        if found is None:
            return self._variables.nothing()
        return self._staffing.started(found.values, deadline)

    def best(self, deadline: Deadline, goals: Goals, values: Values, bound: int) -> Outcome:
        """The best solution found from `values` on, and the tightest bound."""
        objective = goals.first
        level = _Level(objective, bound)
        self._relax(objective, level, deadline)
        if objective.name.startswith("staff_tasks"):
            values = self._staffed(values, objective, level, deadline)
        else:
            values = self._neighbourhoods.bettered(
                values,
                goals,
                level.done,
                deadline,
                PATIENCE,
                level.guide,
            )
        if not level.done(objective.value(values)) and not deadline.expired:
            found = self._highs.ask(deadline, None, objective, values)
            level.tighten(found.bound, found.prover)
            values = self._better_of(values, found.values, objective)
        value = objective.value(values)
        if level.relaxed is not None:
            level.relaxed.prices.narrow(self._program, value)
        proved = value == level.bound
        status: Status = "optimal" if proved else "feasible"
        return Outcome(status, "cpsat", tuple(values), level.bound, level.proved_by)

    def _relax(self, objective: Objective, level: _Level, deadline: Deadline) -> None:
        """The level's relaxation in a thread that nobody waits for: HiGHS cannot be stopped."""
        program = self._program.copy()

        def work() -> None:
            with self._one_at_a_time, deadline.sparing_memory():
                found = None if deadline.expired else relaxed(program, objective, deadline)
                if found is not None:
                    level.tighten(found.bound, "relaxation")
                    level.relaxed = found

        Thread(target=work, daemon=True).start()

    def _staffed(
        self, values: Values, objective: Objective, level: _Level, deadline: Deadline
    ) -> Values:
        counted = {variable for _, variable in objective.terms}
        tasks = [t for t, v in self._variables.staffed.items() if v in counted]
        values = self._staffing.staff(values, tasks, deadline)
        # Tasks that CP-SAT, and another engine after it, never staffs are fixed by now.
        level.tighten(objective.offset + self._program.most(objective.terms), "cpsat")
        return self._staffing.make_room(
            values, tasks, lambda found: level.done(objective.value(found)), deadline
        )

    def _better_of(self, values: Values, found: Values | None, objective: Objective) -> Values:
        if found is None:
            return values
        found = self._variables.measured(found)
        return (
            found if objective.better(objective.value(found), objective.value(values)) else values
        )


class _Level:
    """The bound of one objective as it gets tighter, and where its relaxation is best; may be told
    from another thread."""

    def __init__(self, objective: Objective, bound: int) -> None:
        self._objective = objective
        self.bound = bound
        self.proved_by: Prover = "sum"
        self.relaxed: Relaxed | None = None

    def guide(self) -> Sequence[float] | None:
        """Where the relaxation is best, once that is known."""
        return None if self.relaxed is None else self.relaxed.values

    def done(self, value: int) -> bool:
        return value == self.bound

    def tighten(self, bound: int | None, by: Prover) -> None:
        if bound is not None and self._objective.better(self.bound, bound):
            self.bound, self.proved_by = bound, by
