"""Which nations may come to a task in which world: read from caveats, commitments and
availability, so that it is exact in every world on the same ground.

The company of other nations and tasks is taken as given: a nation that waits for `joins` alone
may come. How many units are enough is what verdicts and packages say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from allocator.inputs.problem import Caveat, Problem, Task, World
from allocator.report.sentences.formulas import Formula, all_of, any_of, formula, least
from allocator.search.blockers.verdict_map import base_world


@dataclass(frozen=True, slots=True)
class Coming:
    """Whether a nation may send at least one unit to the task: in some period of it, in each."""

    nation: str
    sometimes: Formula
    always: Formula


def coming(
    problem: Problem, world: World, task_id: str, rooms: Rooms | None = None
) -> tuple[Coming, ...]:
    """Return the nations that hold something of what the task needs; by id.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task_id: the task's id. rooms: what R3 leaves, shared between tasks.
    """
    view = _View(problem, rooms or Rooms(problem, world), problem.task(task_id))
    return tuple(view.nation(n) for n in problem.nations if view.holds_something(n))


class Rooms:
    """What rule R3 leaves of each pool, on the ground of a world; for all tasks alike, so whoever
    asks about many hands on one."""

    def __init__(self, problem: Problem, world: World) -> None:
        self.problem = problem
        self.ground = base_world(problem, world)
        self._known: dict[tuple[str, str, int], tuple[Formula, ...]] = {}

    def of(self, nation: str, capability: str, period: int) -> tuple[Formula, ...]:
        """Say that rule R3 leaves room for one unit in the period, whatever may be released
        being released: the window of each period in which the unit serves or recovers, no surge.

        nation: its code. capability: its id.
        """
        key = (nation, capability, period)
        if key not in self._known:
            self._known[key] = tuple(self._make(*key))
        return self._known[key]

    def _make(self, nation: str, capability: str, period: int) -> Iterator[Formula]:
        if not self.problem.may_serve(nation, capability, period):
            yield False
        rotation = self.problem.capabilities[capability].rotation
        for last in range(period, min(self.problem.horizon, period + rotation - 1) + 1):
            first = last - rotation + 1
            away = [(q, 1) for q in range(max(1, first), last + 1)]
            before = [(0, 1 - first)] if first < 1 else []
            yield self._one_more(nation, capability, last, [*before, *away])
        yield self._one_more(nation, capability, period, [(period, rotation)])

    def _one_more(
        self, nation: str, capability: str, period: int, away: list[tuple[int, int]]
    ) -> Formula:
        """Units available in the period, less what is held in place, less what is away with its
        weight: at least one is left."""
        left = self.problem.available(nation, capability, period)
        back: list[tuple[int, Formula]] = []
        for commitment in self.problem.commitments_of(nation, capability):
            for q, weight in away if commitment.rotating else [(period, 1)]:
                # Before period 1 it stood as in period 1, unreleased.
                units = weight * commitment.quantity[max(1, q) - 1]
                left -= units
                if units and q >= 1:
                    released = formula(commitment.release_requires, self.held[q], ())
                    back.append((units, released))
        return least(1 - left, back)

    @cached_property
    def held(self) -> dict[int, dict[str, Formula]]:
        """By period, what each precondition comes to: it holds, or may be brought about."""
        open_ = self.problem.open_preconditions(self.ground)
        reachable = {name for one in open_ for name in self.problem.implied_by(one)}
        return {
            period: {
                **{name: name for name in reachable},
                **dict.fromkeys(self.ground.holding(period), True),
            }
            for period in self.problem.periods
        }


@dataclass(frozen=True)
class _View:
    problem: Problem
    rooms: Rooms
    task: Task

    def holds_something(self, nation: str) -> bool:
        having = (self.problem.availability.get((nation, c), ()) for c in self.task.capabilities)
        return any(any(units) for units in having)

    def nation(self, nation: str) -> Coming:
        parts = [self._in_period(nation, period) for period in self.task.periods]
        return Coming(nation, any_of(parts), all_of(parts))

    def _in_period(self, nation: str, period: int) -> Formula:
        kinds = sorted(self.task.capabilities)
        return any_of(
            all_of(
                (
                    *self.rooms.of(nation, kind, period),
                    *self._let_go(nation, kind, period),
                    *self._offered(nation, kind, period),
                )
            )
            for kind in kinds
        )

    def _let_go(self, nation: str, capability: str, period: int) -> Iterator[Formula]:
        """What each caveat on the unit asks for; one that leaves room for a unit asks nothing."""
        for caveat in self.problem.caveats_on(nation, self.task.id):
            bound = capability in caveat.capabilities and period in caveat.periods
            if bound and not self._fits(caveat, capability):
                yield formula(caveat.requires, self.rooms.held[period], self._tasks, self._leaders)

    def _offered(self, nation: str, capability: str, period: int) -> Iterator[Formula]:
        """Where offers are counted, that one of them covers the unit."""
        if self.problem.counts_offers:
            yield any_of(
                formula(offer.requires, self.rooms.held[period], self._tasks)
                for offer in self.problem.counted(nation, capability)
                if self.task.id in offer.tasks and period in offer.periods and offer.quantity
            )

    def _fits(self, caveat: Caveat, capability: str) -> bool:
        limit = caveat.max_personnel
        return limit is not None and self.problem.capabilities[capability].personnel <= limit

    @cached_property
    def _leaders(self) -> frozenset[str]:
        return frozenset(n for n in self.problem.nations if self.task.may_be_led_by(n))

    @cached_property
    def _tasks(self) -> frozenset[str]:
        return frozenset(task.id for task in self.problem.tasks)
