"""The rules as rows of whole numbers, stated anew for proofs that push bounds on.

A question is about one task and those that may be staffed beside it. Every allocation that staffs
the task in the world, with these nations, keeps every row and every bound; rows may let through
more than the rules do, never less: all that may be released counts as released.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from allocator.checker.case import Case
from allocator.checker.constraints import Bounds, Place, Row, Terms, Variable, make_row
from allocator.checker.sums import with_all_released
from allocator.checker.task_rows import TaskRows
from allocator.inputs.conditions import holds
from allocator.inputs.problem import Caveat, Problem, World

MOST_KEPT = 2
"""Forces whose rows are kept: there are many rows, and noes of one task mostly have one or two."""

MOST_TERMS = 30_000
"""Of the rows of forces that are kept: a task of the reference case has up to 23,000, one of NATO
size 50,000, and there are a hundred of these at once."""


class StatedRows:
    """The rows of one task's questions, of which many differ by no more than what conditions hold:
    those whose forces are the same are stated once.

    Args:
        problem: the problem.
        task_id: the task that is to be staffed.
    """

    def __init__(self, problem: Problem, task_id: str) -> None:
        self._problem = problem
        self._task = task_id
        self._kept: dict[tuple[frozenset[object], frozenset[str]], Forces] = {}

    def forces(self, world: World, nations: Collection[str]) -> Forces:
        """Return what these nations have in the world, all that may be released counted."""
        case = with_all_released(self._problem, world)
        key = frozenset(case.allocation.released.items()), frozenset(nations)
        found = self._kept.pop(key, None) or Forces(case, self._task, key[1])
        if sum(len(row.terms) for row in found.rows.values()) <= MOST_TERMS:
            # The first is the one that was asked for the longest ago.
            self._kept[key] = found
            if len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return found


class Forces:
    """Units that may be sent, and the rows of a task and those beside it, each with the condition
    that would lift it. case: nothing sent, and all released."""

    def __init__(self, case: Case, task_id: str, nations: frozenset[str]) -> None:
        self._problem = case.problem
        self._case = case
        self._asked = task_id
        self._nations = nations
        self._tasks = [case.problem.task(t) for t in sorted(case.problem.companions(task_id))]
        self._units: dict[tuple[str, int], list[Variable]] = {}
        self._sent: dict[tuple[str, int, str], list[Variable]] = {}
        for variable in self._kept_up:
            task, period = variable.task, variable.period
            self._units.setdefault((task, period), []).append(variable)
            self._sent.setdefault((task, period, variable.nation), []).append(variable)

    @cached_property
    def rows(self) -> dict[Place, Row]:
        """Every row by its place, whatever its condition."""
        found = {row.place: row for row in self._pools()}
        for task in self._tasks:
            found |= {row.place: row for row in TaskRows(self, task).every()}
        return found

    @cached_property
    def bounds(self) -> Bounds:
        """The least and the most of each variable before any step: units by what the nation keeps
        up in one period (R3)."""
        found = {variable: (0, most) for variable, most in self._kept_up.items()}
        for row in self.rows.values():
            for variable, _ in row.terms:
                found.setdefault(variable, (0, 1))
        found |= {Variable("staffed", task.id): (0, 1) for task in self._tasks}
        found[Variable("staffed", self._asked)] = (1, 1)
        return found

    def sent(self, task: str, period: int, nation: str) -> list[Variable]:
        """All that a nation may send to a task in a period."""
        return self._sent.get((task, period, nation), [])

    def units(self, task: str, period: int) -> list[Variable]:
        """All that may be sent to a task in a period."""
        return self._units.get((task, period), [])

    def nations_of(self, task: str) -> list[str]:
        """Who may contribute to the task."""
        asked = task == self._asked
        return [n for n in self._problem.nations if not asked or n in self._nations]

    def most(self, variable: Variable) -> int:
        """Units that the nation keeps up in one period (R3)."""
        return self._kept_up[variable]

    def served_at(self, task: str) -> frozenset[str]:
        """Who served the task before the problem begins."""
        return self._problem.past.served_at(task)

    def people(self, variables: Collection[Variable], times: int) -> Terms:
        of = self._problem.capabilities
        return [(v, times * of[v.capability].personnel) for v in variables]

    def caveats(self, nation: str, task: str) -> Iterator[Caveat]:
        yield from self._problem.caveats_on(nation, task)

    @cached_property
    def _kept_up(self) -> dict[Variable, int]:
        """Units that may be sent; those of which there are none left out."""
        found: dict[Variable, int] = {}
        for task in self._tasks:
            for nation in self.nations_of(task.id):
                for capability in sorted(task.capabilities):
                    for period in task.periods:
                        most = self._at_once(nation, capability, period)
                        for line in task.lines:
                            if most > 0 and capability in line.weights:
                                at = ("units", task.id, nation, line.id, capability, period)
                                found[Variable(*at)] = most
        return found

    def _at_once(self, nation: str, capability: str, period: int) -> int:
        rotation = self._problem.capabilities[capability].rotation
        return self._case.surge_free(nation, capability, period) // rotation

    def _pools(self) -> Iterator[Row]:
        """R3: what all tasks together may take."""
        pools: dict[tuple[str, str], list[Variable]] = {}
        for variable in self._kept_up:
            pools.setdefault((variable.nation, variable.capability), []).append(variable)
        for (nation, capability), sent in pools.items():
            rotation = self._problem.capabilities[capability].rotation
            for last in self._problem.periods:
                within = [(v, -1) for v in sent if last - rotation < v.period <= last]
                free = self._case.window_free(nation, capability, last)
                place = Place("R3", "window", "", nation, "", capability, last)
                yield make_row(place, within, -free)
                now = [(v, -1) for v in sent if v.period == last]
                free = self._at_once(nation, capability, last)
                yield make_row(place._replace(what="at once"), now, -free)


class Rows:
    """The rows of one question and the first bounds of their variables.

    Args:
        problem: the problem.
        world: the world that is asked about.
        task_id: the task that is to be staffed.
        nations: who may contribute to it; to tasks beside it anybody may.
        stated: rows of the task's questions, where several are asked.
    """

    def __init__(
        self,
        problem: Problem,
        world: World,
        task_id: str,
        nations: Collection[str],
        stated: StatedRows | None = None,
    ) -> None:
        self._problem = problem
        self._world = world
        self._forces = (stated or StatedRows(problem, task_id)).forces(world, nations)

    @cached_property
    def rows(self) -> dict[Place, Row]:
        """Every row by its place; those left out whose condition holds whatever the bounds are."""
        stated = self._forces.rows
        return {place: row for place, row in stated.items() if not self._always_lifted(row)}

    def _always_lifted(self, row: Row) -> bool:
        """Whether the row's condition holds with nobody at the task and nothing staffed."""
        if row.unless is None:
            return False
        return holds(row.unless.condition, self._holding[row.unless.period])

    @cached_property
    def _holding(self) -> dict[int, frozenset[str]]:
        """What holds in each period."""
        return {p: frozenset(self._world.holding(p)) for p in self._problem.periods}

    @property
    def bounds(self) -> Bounds:
        """The least and the most of each variable before any step."""
        return self._forces.bounds

    def lifted(self, row: Row, bounds: Bounds) -> bool:
        """Whether the row's condition could hold, for all that the bounds say: nations that may
        still send the task something in the period join it and lead it, tasks that may still be
        staffed are."""
        if row.unless is None:
            return False
        condition, task, period, nations, tasks = row.unless
        joining = {
            nation
            for nation in nations
            if nation == row.place.nation or self._may_send(task, period, nation, bounds)
        }
        staffed = {
            other for other in tasks if bounds.get(Variable("staffed", other), (0, 0))[1] > 0
        }
        return holds(condition, self._holding[period], joining, staffed, joining)

    def _may_send(self, task: str, period: int, nation: str, bounds: Bounds) -> bool:
        return any(bounds[v][1] > 0 for v in self._forces.sent(task, period, nation))

    def watched(self, row: Row) -> Iterator[Variable]:
        """The variables on whose bounds it hangs whether the row's condition could hold."""
        if row.unless is not None:
            for nation in row.unless.nations:
                yield from self._forces.sent(row.unless.task, row.unless.period, nation)
            yield from (Variable("staffed", other) for other in row.unless.tasks)
