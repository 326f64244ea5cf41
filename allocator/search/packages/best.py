"""The best allocation of one package after another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.objectives import Objective, levels
from allocator.model.program import Check, go_on
from allocator.model.scope import alone
from allocator.results.result import Allocation, Package, cells, releases
from allocator.search.plan.levels import optimise

EFFORT = 0.4
"""Deterministic time, about seconds, of CP-SAT's turn at a level before HiGHS has its own."""

HIGHS_SHARE = 0.2
"""Of what is left of the time."""

OFTEN_AT_BEST = ("staff_tasks", "meet_targets", "protect_commitments")
"""Objectives that often come to what the variables' bounds alone allow."""

Fixed = dict[int, int]
"""Value by variable."""


class BestPackages:
    """The packages of one task on one program: nations are switched on and off, and the value
    that a level has reached is the bound of a variable, so nothing is built anew."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        task: str,
        nations: Sequence[str],
        settings: Settings,
        check: Check = go_on,
    ) -> None:
        self._of = (problem, world, task)
        self._settings = settings
        scope = replace(alone(problem, world, task), nations=(*nations,))
        self._variables = build(problem, scope, check)
        self._program = self._variables.program
        self._levels = [(level, self._limit(level)) for level in levels(self._variables)]
        able = self._variables.nations_at(task)
        self._sends = {nation: self._variables.contribution(nation, task) for nation in able}
        self._light = CpSat(self._program, replace(settings, light=True, effort=EFFORT))
        self._linear = CpSat(self._program, replace(settings, linear=True, effort=EFFORT))
        self._highs = Highs(self._program)

    def package(
        self, nations: Sequence[str], deadline: Deadline, *, best: bool = True
    ) -> Package | None:
        """As `allocation`, as a package; any allocation does where it is not to be the `best`."""
        found = self.allocation(nations, deadline) if best else self.any_one(nations, deadline)
        if found is None:
            return None
        return Package(nations=(*nations,), allocation=cells(found), released=releases(found))

    def any_one(self, nations: Sequence[str], deadline: Deadline) -> Allocation | None:
        """An allocation of these nations, none of whom can be left out; None where the deadline
        came before any."""
        values = self._proved(None, self._fixed(nations), None, deadline)
        if values is None:
            return self.allocation(nations, deadline)
        return self._variables.allocation(values)

    def allocation(self, nations: Sequence[str], deadline: Deadline) -> Allocation | None:
        """The allocation of these nations, none of whom can be left out, that is best by the
        model's objectives in turn; None where the deadline came before any."""
        if deadline.expired:
            return None
        values = self._best(nations, deadline)
        if values is not None:
            return self._variables.allocation(values)
        return best_allocation(*self._of, nations, self._settings, deadline)

    def _limit(self, level: Objective) -> int:
        """A variable that no plan's value of the level may pass."""
        least, most = self._program.least(level.terms), self._program.most(level.terms)
        limit = self._program.variable(least, most)
        row = [*level.terms, (-1, limit)]
        if level.maximise:
            self._program.at_least(row, 0)
        else:
            self._program.at_most(row, 0)
        return limit

    def _best(self, nations: Sequence[str], deadline: Deadline) -> Sequence[int] | None:
        """Values that are proved best at every level; None where one was not proved soon."""
        fixed = self._fixed(nations)
        values, best = self._at_once(fixed, deadline)
        for level, limit in self._levels:
            least, most = self._range(level, fixed)
            trivial = level.offset + (most if level.maximise else least)
            known = level is best or least == most
            if not known and (values is None or level.value(values) != trivial):
                values = self._proved(level, fixed, values, deadline)
                if values is None:
                    return None
            if values is not None:
                fixed[limit] = values[limit] = level.value(values) - level.offset
        return values or self._proved(None, fixed, None, deadline)

    def _at_once(
        self, fixed: Fixed, deadline: Deadline
    ) -> tuple[list[int] | None, Objective | None]:
        """A plan in which the first levels come to what bounds alone say is best, and the next is
        as good as that leaves it: often there is one, and it spares the first levels' searches."""
        hoped = dict(fixed)
        for level, limit in self._levels:
            if level.name.partition("[")[0] not in OFTEN_AT_BEST:
                values = self._proved(level, hoped, None, deadline)
                return values, None if values is None else level
            least, most = self._range(level, hoped)
            hoped[limit] = most if level.maximise else least
        return None, None

    def _fixed(self, nations: Collection[str]) -> Fixed:
        """Nobody else contributes, and as nobody can be left out, each of these does."""
        fixed = {v: int(name in nations) for (_, name), v in self._variables.switches.items()}
        return fixed | {self._sends[nation]: 1 for nation in nations if nation in self._sends}

    def _range(self, level: Objective, fixed: Fixed) -> tuple[int, int]:
        """What the level's terms can come to by the variables' bounds alone."""
        low, high = self._program.low, self._program.high
        bounds = [
            sorted((c * fixed.get(v, low[v]), c * fixed.get(v, high[v]))) for c, v in level.terms
        ]
        return sum(least for least, _ in bounds), sum(most for _, most in bounds)

    def _proved(
        self,
        level: Objective | None,
        fixed: Fixed,
        start: Sequence[int] | None,
        deadline: Deadline,
    ) -> list[int] | None:
        """Values that an engine says are best; None where two have not, each in its turn."""
        # How low the largest of many can be is seen from the linear relaxation.
        cpsat = self._linear if level and level.name == "share_burden" else self._light
        found = cpsat.ask(deadline, fixed, level, start)
        if found.status == "feasible" or found.status == "unknown":
            start = start if found.values is None else found.values
            found = self._highs.ask(deadline.part(HIGHS_SHARE), fixed, level, start)
        if found.status != "optimal" or found.values is None:
            return None
        return list(self._variables.measured(found.values))


def best_allocation(
    problem: Problem,
    world: World,
    task: str,
    nations: Sequence[str],
    settings: Settings,
    deadline: Deadline,
) -> Allocation | None:
    """Return the best of a program of its own, with all the turns that a joint plan has.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task: its id. nations: who may send the task anything. settings: of the
    engines, such as their seed. deadline: when to end at the latest.
    """
    scope = replace(alone(problem, world, task), nations=(*nations,))
    try:
        variables = build(problem, scope, deadline.check)
    except TimeUpError:
        return None
    for nation in nations:
        variables.program.fix(variables.switches["nation", nation], 1)
    return optimise(variables, settings, deadline).allocation
