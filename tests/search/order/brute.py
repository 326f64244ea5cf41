"""The meanings of order by brute force: every set, every order of acts, as `docs/order.md` says.

`ready(task, world)` is whatever says that a task can be staffed alone; nothing is shared with the
search but how a condition is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, permutations
from math import inf

from allocator.inputs.conditions import (
    Always,
    Condition,
    Never,
    Precondition,
    Staffed,
    holds,
    needed,
)
from allocator.inputs.problem import Problem, World

Names = frozenset[str]
Sets = frozenset[Names]


def subsets(members: Iterable[str]) -> Iterator[Names]:
    listed = sorted(members)
    for size in range(len(listed) + 1):
        yield from map(frozenset, combinations(listed, size))


def minimal(sets: Iterable[Names]) -> Sets:
    every = set(sets)
    return frozenset(one for one in every if not any(other < one for other in every))


@dataclass
class Brute:
    problem: Problem
    world: World
    ready: Callable[[str, World], bool]
    _known: dict[tuple[str, tuple[tuple[str, int], ...]], bool] = field(default_factory=dict)

    @property
    def acts(self) -> Names:
        return frozenset(self.problem.open_preconditions(self.world))

    def reached(self, met: Iterable[str]) -> World:
        return self.problem.meeting(self.world, met)

    def staffable(self, task: str, world: World) -> bool:
        if not self.problem.has_task(task):
            return False
        key = (task, tuple(sorted(world.starts.items())))
        if key not in self._known:
            self._known[key] = self.ready(task, world)
        return self._known[key]

    def after(self, act: str, met: Iterable[str]) -> bool:
        world = self.reached(met)
        staffed = {t.id for t in self.problem.tasks if self.staffable(t.id, world)}
        return holds(self.problem.preconditions[act].after, world.starts, (), staffed)

    def in_turn(self, acts: Collection[str], pushed: Collection[str] = ()) -> Names:
        """The least set that holds whatever it lets come; the pushed ones are met already."""

        def holds_all(one: Names) -> bool:
            world = self.reached((*one, *pushed))
            return all(
                act in one
                for act in acts
                if world.starts.get(act) == 1 or self.after(act, (*one, *pushed))
            )

        found = [one for one in subsets(acts) if holds_all(one)]
        least = frozenset.intersection(*found)
        assert least in found
        return least

    def together(self, acts: Collection[str]) -> Names:
        def stands(one: Names) -> bool:
            able = {act for act in one if self.after(act, one)}
            return all(
                act in able or any(act in self.problem.implied_by(by) for by in able) for act in one
            )

        found = [one for one in subsets(acts) if stands(one)]
        greatest = frozenset[str]().union(*found)
        assert greatest in found
        return greatest

    def deadlocked(self) -> Names:
        return self.together(self.acts) - self.in_turn(self.acts)

    def circles(self) -> Sets:
        turn = self.in_turn(self.acts)
        return minimal(
            one
            for one in subsets(self.deadlocked())
            if one and all(self.after(act, turn | one) for act in one)
        )

    def world_of(self, acts: Collection[str], pushed: Collection[str] = ()) -> World:
        return self.reached((*self.in_turn(acts, pushed), *pushed))

    def pushes(self, task: str) -> Sets:
        return minimal(
            one for one in subsets(self.acts) if self.staffable(task, self.world_of(self.acts, one))
        )

    def ways(self, tasks: Collection[str]) -> Sets:
        return minimal(
            one
            for one in subsets(self.acts)
            if all(self.staffable(task, self.world_of(one)) for task in tasks)
        )

    def effort(self, tasks: Collection[str]) -> int | None:
        efforts = {n: p.effort for n, p in self.problem.preconditions.items()}
        return min((sum(efforts[n] for n in way) for way in self.ways(tasks)), default=None)

    def months(self, acts: Collection[str]) -> tuple[dict[str, float], dict[str, float]]:
        """By the equations: nothing has come to begin with, and months fall until all hold."""
        names = self.problem.preconditions
        length = self.problem.months_per_period
        given = {n: (self.world.starts[n] - 1) * length for n in self.world.starts}
        able = self.in_turn(acts)
        facts: dict[str, float] = dict.fromkeys(names, inf)
        tasks: dict[str, float] = {task.id: inf for task in self.problem.tasks}
        while True:
            own = {
                n: min(
                    given.get(n, inf),
                    names[n].lead_months + self._month(names[n].after, facts, tasks)
                    if n in able
                    else inf,
                )
                for n in names
            }
            new = {
                n: min(own[by] for by in names if n in self.problem.implied_by(by)) for n in names
            }
            now = {task: self._task_month(task, new) for task in tasks}
            if (new, now) == (facts, tasks):
                return facts, tasks
            facts, tasks = new, now

    def _month(self, after: Condition, facts: dict[str, float], tasks: dict[str, float]) -> float:
        match after:
            case Always():
                return 0
            case Never():
                return inf
            case Precondition(id=name):
                return facts[name]
            case Staffed(task=task):
                return tasks.get(task, inf)
        parts = sorted(self._month(part, facts, tasks) for part in after.parts)  # type: ignore[union-attr]
        need = needed(after)  # type: ignore[arg-type]
        if need <= 0:
            return 0
        return parts[need - 1] if need <= len(parts) else inf

    def _task_month(self, task: str, facts: dict[str, float]) -> float:
        for month in sorted({0, *(m for m in facts.values() if m < inf)}):
            by_now = [n for n, m in facts.items() if m <= month]
            if self.staffable(task, self.reached(by_now)):
                return month
        return inf

    def fewest_for_date(self, tasks: Collection[str]) -> int:
        best = self.months(self.acts)[1]
        return min(
            len(one)
            for one in subsets(self.acts)
            if all(self.months(one)[1][task] == best[task] for task in tasks)
        )

    def benefit(self, tasks: Collection[str]) -> int:
        """The least sum over every order of every set of acts."""
        end = self.world_of(self.acts)
        wanted = [task for task in tasks if self.staffable(task, end)]
        costs = (
            self._cost(order, wanted)
            for size in range(len(self.acts) + 1)
            for order in permutations(sorted(self.acts), size)
        )
        return min(cost for cost in costs if cost is not None)

    def _cost(self, order: tuple[str, ...], tasks: list[str]) -> int | None:
        """None where an act comes before what it waits for, or a task is not reached."""
        now, months = 0, dict[str, int]()
        for done in range(len(order) + 1):
            if done:
                act = order[done - 1]
                if not self.after(act, order[: done - 1]):
                    return None
                now += max(1, self.problem.preconditions[act].lead_months)
            world = self.reached(order[:done])
            for task in tasks:
                if task not in months and self.staffable(task, world):
                    months[task] = now
        if len(months) < len(tasks):
            return None
        return sum(
            {1: 4, 2: 2}.get(self.problem.task(task).priority, 1) * month
            for task, month in months.items()
        )

    def levers(self, budget: int) -> tuple[int, ...]:
        """The most tasks ready, by priority, that so many holders bring about."""
        holders = {h for name in self.acts for h in self.holders(name)}
        priorities = sorted({task.priority for task in self.problem.tasks})
        opened = (self.opened_by(one) for one in subsets(holders) if len(one) <= budget)
        return max(
            tuple(sum(self.problem.task(t).priority == p for t in ready) for p in priorities)
            for ready in opened
        )

    def opened_by(self, holders: Collection[str]) -> set[str]:
        """The tasks that are ready once these have brought about what they can."""
        able = {holder.casefold() for holder in holders}
        acts = [n for n in self.acts if self.holders(n) and self.holders(n) <= able]
        world = self.world_of(acts)
        return {t.id for t in self.problem.tasks if self.staffable(t.id, world)}

    def holders(self, name: str) -> Names:
        cell = self.problem.preconditions[name].holder.replace(";", ",")
        return frozenset(part.strip().casefold() for part in cell.split(",") if part.strip())
