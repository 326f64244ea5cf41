"""One act at a time, in the order that makes the tasks ready soonest, weighed by priority.

The best order is the shortest path over sets of acts: what is still to come of the cost depends on
which acts are done and not on their order (Held and Karp 1962). All sets at once stand in tables;
above `MOST_ACTS` the order is built task by task, with a bound of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.deadline import Deadline, TimeUpError
from allocator.inputs.conditions import (
    Always,
    And,
    AtLeast,
    Condition,
    Never,
    Or,
    Precondition,
    Staffed,
    needed,
)
from allocator.search.minimal_sets.world_sets import WorldSet, WorldSpace
from allocator.search.order.acting import Acting
from allocator.search.order.readiness import Facts

MOST_ACTS = 20
"""With more, tables of all sets would take too long."""

_NEVER = np.int64(1) << np.int64(60)
"""The cost of what leads nowhere; no order comes near it."""

WEIGHTS = {1: 4, 2: 2}
"""Of a task's month, by priority; all others weigh 1."""


@dataclass(frozen=True)
class BestOrder:
    """acts: one after the other, as far as a task needs them. value: summed weight times month;
    bound: of any order. Both None where no order was found."""

    acts: tuple[str, ...] = ()
    value: int | None = None
    bound: int | None = None


def weight(acting: Acting, task: str) -> int:
    """What a month of the task counts."""
    return WEIGHTS.get(acting.problem.task(task).priority, 1)


def lasting(acting: Acting, act: str) -> int:
    """Months that an act takes where one comes after the other."""
    return max(1, acting.problem.preconditions[act].lead_months)


def best_order(
    acting: Acting, acts: Sequence[str], tasks: Sequence[str], deadline: Deadline
) -> BestOrder:
    """Return the best order of at most `MOST_ACTS` acts, which reach all the tasks. Where a verdict
    is open the order is one that is certain, and the bound that of the best it could turn out to
    be.

    acting: the acts of the world, and what follows from them. deadline: when to end at the latest.
    """
    try:
        sure = _Tables(acting, acts, possibly=False)
        costs = sure.costs(tasks, deadline)
        if costs[0] >= _NEVER:
            return BestOrder()
        order = sure.order(costs)
        if not acting.readiness.undecided and sure.complete:
            return BestOrder(order, int(costs[0]), int(costs[0]))
        hoped = _Tables(acting, acts, possibly=True).costs(tasks, deadline)
        return BestOrder(order, int(costs[0]), int(hoped[0]))
    except TimeUpError:
        return BestOrder()


class _Tables:
    """Over all sets of the acts: which task is ready, and which act may come next."""

    def __init__(self, acting: Acting, acts: Sequence[str], *, possibly: bool) -> None:
        self._acting = acting
        self._acts = tuple(acts)
        self._possibly = possibly
        self._worlds = WorldSpace(len(acts))
        self._given = frozenset(acting.world.starts)
        self._ready: dict[str, WorldSet] = {}
        self.complete = True
        """Whether all unlocking sets are known of each task that was looked at so far."""

    def costs(self, tasks: Sequence[str], deadline: Deadline) -> npt.NDArray[np.int64]:
        """What is still to come once a set of acts is done: the months of each act, times the
        weights of the tasks that are not ready before it."""
        self._months = np.array([lasting(self._acting, act) for act in self._acts], dtype=np.int64)
        self._waiting = self._weights(tasks)
        self._next = [self._worlds.unpacked(self._may_come(act)).astype(bool) for act in self._acts]
        found = np.where(self._waiting == 0, np.int64(0), _NEVER)
        sizes = self._worlds.sizes()
        for size in range(len(self._acts) - 1, -1, -1):
            deadline.check()
            self._layer(found, np.flatnonzero((sizes == size) & (self._waiting > 0)))
        return found

    def _layer(self, found: npt.NDArray[np.int64], sets: npt.NDArray[np.intp]) -> None:
        """Sets of one size, from those with one act more."""
        for place, months in enumerate(self._months):
            open_ = sets[self._next[place][sets]]
            through = found[open_ | (1 << place)] + months * self._waiting[open_]
            found[open_] = np.minimum(found[open_], through)

    def order(self, costs: npt.NDArray[np.int64]) -> tuple[str, ...]:
        """The acts of a best order; of several the first by id at each step."""
        done, order = 0, []
        while costs[done] > 0:
            place = next(
                place
                for place, months in enumerate(self._months)
                if self._next[place][done]
                and costs[done] == costs[done | 1 << place] + months * self._waiting[done]
            )
            order.append(self._acts[place])
            done |= 1 << place
        return tuple(order)

    def _weights(self, tasks: Sequence[str]) -> npt.NDArray[np.int64]:
        """Of the tasks that are not ready with a set of acts."""
        total = np.zeros(1 << len(self._acts), dtype=np.int64)
        for task in tasks:
            waiting = self._worlds.unpacked(self._worlds.invert(self._readied(task)))
            total += weight(self._acting, task) * waiting.astype(np.int64)
        return total

    def _may_come(self, act: str) -> WorldSet:
        """The sets after which the act may come and is not met yet."""
        after = self._after(self._acting.problem.preconditions[act].after)
        return after & self._worlds.invert(self._met(act))

    def _met(self, fact: str) -> WorldSet:
        """The sets that bring the fact about, directly or not."""
        found = self._worlds.nothing()
        for place, act in enumerate(self._acts):
            if fact in self._acting.problem.implied_by(act):
                found = found | self._worlds.element(place)
        return found

    def _after(self, condition: Condition) -> WorldSet:
        """The sets with which the condition holds. What the world gives in any period counts."""
        match condition:
            case Always():
                return self._worlds.everything()
            case Precondition(id=name):
                return self._worlds.everything() if name in self._given else self._met(name)
            case Staffed(task=task):
                return self._readied(task)
            case And(parts=parts) | Or(parts=parts) | AtLeast(parts=parts):
                tables = [(1, self._after(part)) for part in parts]
                return self._worlds.at_least(needed(condition), tables)
            case Never():
                return self._worlds.nothing()
        raise TypeError(f"{condition!r} has no place in `after`")

    def _readied(self, task: str) -> WorldSet:
        """The sets with which the task can be staffed alone."""
        if task not in self._ready:
            known = self._acting.problem.has_task(task)
            self._ready[task] = self._from_sets(task) if known else self._worlds.nothing()
        return self._ready[task]

    def _from_sets(self, task: str) -> WorldSet:
        unlocking, blocking, complete = self._acting.readiness.sets(task)
        self.complete &= complete
        if self._possibly and not complete:
            return self._all_met(blocking)
        found = self._worlds.nothing()
        for members in unlocking:
            found = found | self._worlds.at_least(
                len(members), [(1, self._met(m)) for m in members]
            )
        return found

    def _all_met(self, blocking: Sequence[Facts]) -> WorldSet:
        """The sets that bring about a member of each blocking set."""
        found = self._worlds.everything()
        for members in blocking:
            found = found & self._worlds.at_least(1, [(1, self._met(m)) for m in members])
        return found


def built_order(
    acting: Acting,
    ways: Mapping[str, Sequence[Facts]],
    tasks: Sequence[str],
) -> BestOrder:
    """Return an order for any number of acts, task by task: next the task whose weight for each
    month is the most. ways: some ways in turn of each task; without a bound.

    acting: the acts of the world, and what follows from them. tasks: their ids.
    """
    done: list[str] = []
    waiting = [task for task in tasks if not _ready(acting, task, done)]
    value = now = 0
    while waiting:
        best = max(
            ((weight(acting, task) / _months(acting, left), task, left)
             for task in waiting
             for way in ways[task]
             if (left := _sequence(acting, way, done))),
            key=lambda one: (one[0], one[1], one[2]),
            default=None,
        )  # fmt: skip
        if best is None:
            return BestOrder()
        for act in best[2]:
            months = lasting(acting, act)
            now, value = now + months, value + months * sum(weight(acting, t) for t in waiting)
            done.append(act)
            waiting = [task for task in waiting if not _ready(acting, task, done)]
    return BestOrder(tuple(done), value)


def _ready(acting: Acting, task: str, done: Sequence[str]) -> bool:
    met = acting.in_turn((), done)
    return acting.ready((task,), met, possibly=False)


def _sequence(acting: Acting, way: Facts, done: Sequence[str]) -> tuple[str, ...]:
    """The acts of the way that are left, in an order in which each may come."""
    found: list[str] = []
    while True:
        met = acting.in_turn((), (*done, *found))
        left = sorted(act for act in way if act not in met)
        able = [act for act in left if acting.may_act(act, met, possibly=False)]
        if not able:
            return tuple(found)
        found.append(min(able, key=lambda act: (lasting(acting, act), act)))


def _months(acting: Acting, acts: Sequence[str]) -> int:
    return sum(lasting(acting, act) for act in acts)
