"""Whether the nations of a package can join one after another, or only together.

A nation may join once every caveat that limits what it sends holds with those who have joined. The
units are those of the package's own allocation; who sends something to a task beside it joins too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from allocator.checker.case import Case
from allocator.checker.packages import reading
from allocator.deadline import Deadline
from allocator.inputs.conditions import Condition, holds, leaders_in, nations_in
from allocator.inputs.problem import Caveat, Problem, World
from allocator.results.coalitions import Partners
from allocator.results.result import Package, allocation_of, by_size
from allocator.search.minimal_sets.act_sets import minimal_sets
from allocator.search.minimal_sets.families import Answer

Nations = frozenset[str]


def partners(problem: Problem, world: World, task: str, package: Package) -> Partners:
    """Who joins in turn, one group after another, and the circles of those who cannot."""
    units = allocation_of((), package.allocation, package.released)
    allocation = reading(problem, world, task, units)
    return _Joining(Case(problem, world, allocation)).found(package.nations)


@dataclass(frozen=True)
class _Limit:
    """A caveat that what a nation sends goes beyond, at a task in a period."""

    caveat: Caveat
    task: str
    period: int

    @property
    def requires(self) -> Condition:
        return self.caveat.requires


@dataclass
class _Joining:
    case: Case

    def found(self, members: tuple[str, ...]) -> Partners:
        everybody = frozenset(nation for nation, *_ in self.case.allocation.units)
        joined: Nations = frozenset()
        order: list[tuple[str, ...]] = []
        while able := sorted(n for n in everybody - joined if self._may_join(n, joined)):
            order.append(tuple(able))
            joined |= set(able)
        return Partners(members, tuple(order), self._circles(everybody - joined, joined))

    def _circles(self, left: Nations, joined: Nations) -> tuple[tuple[str, ...], ...]:
        """The smallest groups of those left who may all join together."""

        def ask(some: Nations) -> Answer:
            return Answer.YES if self._together(some, joined) else Answer.NO

        return by_size(minimal_sets(sorted(left), ask, Deadline(60)).minimal) if left else ()

    def _together(self, some: Nations, joined: Nations) -> Nations:
        """The greatest group of these in which each may join with the rest."""
        while True:
            able = frozenset(n for n in some if self._may_join(n, joined | some))
            if able == some:
                return some
            some = able

    def _may_join(self, nation: str, joined: Nations) -> bool:
        here = joined | {nation}
        return all(self._holds(limit, nation, here) for limit in self._limits.get(nation, ()))

    def _holds(self, limit: _Limit, nation: str, here: Nations) -> bool:
        case, task, period = self.case, limit.task, limit.period
        joining = (case.joining.get((task, period), frozenset()) & here) | {nation}
        leading = frozenset(one for one in here if case.leads(task, one))
        holding = case.world.holding(period)
        return holds(limit.requires, holding, joining, case.staffed, leading)

    @cached_property
    def _limits(self) -> dict[str, list[_Limit]]:
        """By nation: the caveats whose condition what it sends depends on."""
        found: dict[str, list[_Limit]] = {}
        for caveat in self.case.problem.caveats:
            for task in sorted(caveat.tasks & self.case.staffed):
                for period in sorted(caveat.periods):
                    if self._goes_beyond(caveat, task, period):
                        found.setdefault(caveat.nation, []).append(_Limit(caveat, task, period))
        return found

    def _goes_beyond(self, caveat: Caveat, task: str, period: int) -> bool:
        rows = self.case.rows_of.get((task, period, caveat.nation), ())
        scope = [row for row in rows if row.capability in caveat.capabilities]
        if caveat.max_personnel is None:
            return any(row.quantity for row in scope)
        return sum(map(self.case.people, scope)) > caveat.max_personnel


def only_together(
    problem: Problem, world: World, task: str, packages: Iterable[Package], deadline: Deadline
) -> tuple[Partners, ...]:
    """Of the packages those whose nations cannot all join in turn, as far as the time goes."""
    if not any(_on_company(problem, caveat, task) for caveat in problem.caveats):
        return ()
    every = takewhile(lambda package: not deadline.expired, packages)
    found = (partners(problem, world, task, package) for package in every)
    return tuple(one for one in found if one.circles)


def _on_company(problem: Problem, caveat: Caveat, task: str) -> bool:
    """Whether the caveat asks who else comes, or leads, at the task or beside it."""
    named = nations_in(caveat.requires) | leaders_in(caveat.requires)
    return bool(named and caveat.tasks & problem.companions(task))
