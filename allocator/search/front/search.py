"""The exact front of two or three objectives, point by point.

One objective is made as low as it can be, then the next, and so on; then the last one must come
out lower, and the others give way (epsilon-constraint method, Haimes, Lasdon and Wismer 1971). As
all values are whole numbers the next point lies at least one below, so none is missed. A point
counts only where every value was proved, and the end only where two engines say that there is no
further plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from allocator.checker import violations
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Outcome, Portfolio, Settings
from allocator.inputs.problem import Problem
from allocator.inputs.schema.objectives import LARGEST_SHARE
from allocator.model import Scope, build
from allocator.model.objectives import Objective, levels
from allocator.model.variables import Variables
from allocator.results.front import Front, Point
from allocator.results.result import Allocation, Level, cells, releases
from allocator.search.plan.levels import optimise

FULL = 1000

Limits = Mapping[str, int]
"""By objective: its value may be no higher."""

Told = Callable[[Point], None]


class _CutOffError(Exception):
    """Something was not proved in time."""


def front(
    problem: Problem,
    scope: Scope,
    objectives: Sequence[str],
    settings: Settings,
    deadline: Deadline,
    told: Told = lambda point: None,
) -> Front:
    """Return the front of the scope's plans. The joint plan's tasks stay as many, by priority, as
    they can be. `told` hears of each point once it is certain.

    problem: the model that is asked about, with its tables. objectives: two or three, by name.
    settings: of the engines, such as their seed. deadline: when to end at the latest.
    """
    return _Search(problem, scope, objectives, settings, deadline, told).run()


@dataclass(frozen=True)
class _Found:
    """A plan with its values by objective."""

    values: Mapping[str, int]
    allocation: Allocation


class _Search:
    def __init__(
        self,
        problem: Problem,
        scope: Scope,
        objectives: Sequence[str],
        settings: Settings,
        deadline: Deadline,
        told: Told,
    ) -> None:
        self._problem = problem
        self._scope = scope
        self._asked = tuple(objectives)
        # The share is lowered by halving, so it comes last.
        self._order = tuple(sorted(objectives, key=lambda name: name == LARGEST_SHARE))
        self._settings = settings
        self._deadline = deadline
        self._told = told
        self._kept: tuple[Level, ...] = ()
        self._certain: list[Point] = []

    def run(self) -> Front:
        complete = True
        try:
            self._kept = self._staffed()
            for found in self._walk(self._order, {}):
                self._keep(found)
        except (_CutOffError, TimeUpError):
            complete = False
        points = tuple(sorted(self._certain, key=lambda point: point.values))
        return Front(self._asked, points, complete)

    def _keep(self, found: _Found) -> None:
        point = self._point(found)
        if all(point.values != known.values for known in self._certain):
            self._certain.append(point)
            self._told(point)

    def _walk(self, order: tuple[str, ...], limits: Limits) -> Iterator[_Found]:
        """The unbeaten plans within the limits: whatever beats one would be within them too, and
        would have come out in its place."""
        *others, last = order
        within = dict(limits)
        while True:
            found = list(self._level(tuple(others), within))
            if not found:
                return
            yield from found
            within[last] = max(one.values[last] for one in found) - 1

    def _level(self, others: tuple[str, ...], limits: Limits) -> Iterator[_Found]:
        if len(others) > 1:
            yield from self._walk(others, limits)
            return
        best = self._best(limits)
        if best is not None:
            yield best

    def _best(self, limits: Limits) -> _Found | None:
        """The plan that is lowest in the objectives in turn; None where two engines say that the
        limits leave none."""
        if any(value < 0 for value in limits.values()):
            return None
        ours = tuple(name for name in self._order if name != LARGEST_SHARE)
        variables = self._built(ours, limits)
        found = optimise(variables, self._settings, self._deadline)
        if found.allocation is None:
            if Portfolio(variables.program, self._settings).refutes(self._deadline):
                return None
            raise _CutOffError
        if any(level.status != "optimal" for level in found.levels):
            raise _CutOffError
        values = {level.objective: level.value for level in found.levels}
        if LARGEST_SHARE not in self._order:
            return self._checked(_Found(values, found.allocation))
        return self._least_share(_Found(values, found.allocation), limits)

    def _least_share(self, found: _Found, limits: Limits) -> _Found:
        """The same values, with the largest share as low as it can be; by halving."""
        fixed = {name: found.values[name] for name in self._order if name != LARGEST_SHARE}
        plan = found.allocation
        high = largest_share(self._problem, plan, self._scope.task)
        # Shares are equal at the best.
        low = -(-FULL // max(1, fixed.get("fewer_contingents", FULL))) if high else 0
        refused: tuple[Portfolio, Outcome] | None = None
        while low < high:
            middle = (low + high) // 2
            variables = self._built((), {**limits, **fixed, LARGEST_SHARE: middle})
            engines = Portfolio(variables.program, self._settings)
            outcome = engines.feasible(self._deadline)
            if outcome.values is not None:
                plan = variables.allocation(outcome.values)
                high = largest_share(self._problem, plan, self._scope.task)
            elif outcome.status == "infeasible":
                refused, low = (engines, outcome), middle + 1
            else:
                raise _CutOffError
        # The last no is about one thousandth less; it says no to all that is lower still.
        if refused and refused[0].second_opinion(refused[1], self._deadline) != "no":
            raise _CutOffError
        return self._checked(_Found({**found.values, LARGEST_SHARE: high}, plan))

    def _checked(self, found: _Found) -> _Found:
        """A plan that the checker passes; anything else is no point."""
        nations = None
        if self._scope.nations is not None and self._scope.task is not None:
            nations = (self._scope.task, frozenset(self._scope.nations))
        wrong = violations(
            self._problem,
            self._scope.world,
            found.allocation,
            only=self._scope.tasks,
            nations=nations,
        )
        if wrong:
            raise AssertionError(f"the checker refuses a point of the front: {wrong[0]}")
        return found

    def _staffed(self) -> tuple[Level, ...]:
        """Of the joint plan: how many tasks of each priority it staffs at the most."""
        if self._scope.must:
            return ()
        asked = replace(self._problem, objectives=("staff_tasks",))
        variables = build(asked, self._scope, self._deadline.check)
        found = optimise(variables, self._settings, self._deadline)
        if found.allocation is None or any(level.status != "optimal" for level in found.levels):
            raise _CutOffError
        return found.levels

    def _built(self, objectives: tuple[str, ...], limits: Limits) -> Variables:
        """The program with the limits as rows, made to be optimised by the objectives."""
        limited = tuple(name for name in limits if name != LARGEST_SHARE)
        names = ("staff_tasks", *limited) if self._kept else limited
        variables = build(
            replace(self._problem, objectives=names), self._scope, self._deadline.check
        )
        kept = {level.objective: level.value for level in self._kept}
        for objective in levels(variables):
            _bound(variables, objective, {**kept, **limits}[objective.name])
        if LARGEST_SHARE in limits:
            _bound_share(variables, limits[LARGEST_SHARE], self._scope.task)
        variables.problem = replace(self._problem, objectives=objectives)
        return variables

    def _point(self, found: _Found) -> Point:
        plan = found.allocation
        task = self._scope.task
        senders = {key[0] for key in plan.units} if task is None else plan.nations_at(task)
        return Point(
            tuple(found.values[name] for name in self._asked),
            tuple(sorted(senders)),
            tuple(sorted(plan.staffed)),
            cells(plan),
            releases(plan),
        )


def _bound(variables: Variables, objective: Objective, value: int) -> None:
    reached = value - objective.offset
    if objective.maximise:
        variables.program.at_least(objective.terms, reached)
    else:
        variables.program.at_most(objective.terms, reached)


def _bound_share(variables: Variables, share: int, asked: str | None) -> None:
    """As R7, for the task that is asked about; None: for every task of the scope."""
    for task in (task for task in variables.tasks if asked in (None, task.id)):
        for period in task.periods:
            everybody = [(-share * c, x) for c, x in variables.personnel(task.id, period)]
            for nation in variables.nations_at(task.id):
                own = [
                    (FULL * sent.personnel, sent.variable)
                    for sent in variables.at(task.id, period)
                    if sent.nation == nation and sent.personnel
                ]
                if own:
                    variables.program.at_most([*own, *everybody], 0)


def largest_share(problem: Problem, plan: Allocation, asked: str | None = None) -> int:
    """In thousandths, rounded up; 0 where nobody is deployed.

    problem: the model that is asked about, with its tables. plan: what is sent. asked: the task
    whose people count; None: the largest share of any.
    """
    people: dict[tuple[str, int], dict[str, int]] = {}
    for (nation, task, _, capability, period), units in plan.units.items():
        if asked not in (None, task):
            continue
        number = problem.capabilities[capability].personnel * units
        national = people.setdefault((task, period), {})
        national[nation] = national.get(nation, 0) + number
    return max(
        (
            -(-FULL * number // sum(national.values()))
            for national in people.values()
            for number in national.values()
            if number
        ),
        default=0,
    )
