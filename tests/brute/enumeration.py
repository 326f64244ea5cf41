"""All allocations of a tiny problem, less those that cannot matter.

The checker judges every one. What is left out is left out for a reason that the rules make plain:

- A nation never sends more than it has in the period, and a task nothing outside its window.
- All that may be released is released: releases only ever make room (R3). Their least risk is
  found afterwards, for each nation and capability apart, because R3 looks at each pair apart.
- One task in one period is listed first, in a problem where nothing else asks for anything:
  whatever breaks a rule there breaks it in the whole as well.
- The rules that look across periods (R3, R6, R8) or across tasks (R2 with `of`, R3) see of a
  task's period how many units of each capability each nation sends, and how far lines with `of`
  are filled; no more. Of parts that agree in that, the one nearest its targets stands for all.
- A task's finished part is as good as another wherever it uses no more units of any pair in any
  period (where offers are counted, of any task by itself, with the same offers standing that ask
  for company), fills lines with `of` as far, misses its targets by no more, has no more
  contributors and needs no more added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import prod

from allocator.checker import AddedKey, is_valid, objective_values
from allocator.checker.case import Case
from allocator.inputs.conditions import (
    Always,
    Condition,
    nations_in,
    preconditions_in,
    tasks_in,
)
from allocator.inputs.problem import Problem, Task, World
from allocator.results.result import Allocation, UnitKey
from tests.brute.additions import Additions
from tests.brute.capacity import Capacity
from tests.brute.parts import LIMIT, Cost, Memory, NotTinyError, Part, breaks, front

Coalition = tuple[str, frozenset[str]]
"""A task, and the nations that may contribute to it."""


class Enumeration:
    """Lists allocations of one problem; remembers what other worlds can use as well."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.pairs = sorted(problem.availability)
        self.linked = [
            (task.id, line.id) for task in problem.tasks for line in task.lines if line.of
        ]
        # Offers may be for some tasks only (R11): which task has how many units counts as well.
        self.drawing = [
            (*pair, period, task.id)
            for pair in (self.pairs if _looks_at_offers(problem) else ())
            for period in problem.periods
            for task in problem.tasks
        ]
        # Whether these hold is a matter of who is at the task: of parts that agree in all else.
        self.choosy = [
            (offer.id, task, period)
            for offer in problem.offers
            if _looks_at_offers(problem) and nations_in(offer.requires) - {offer.nation}
            for task in sorted(offer.tasks)
            for period in sorted(offer.periods)
        ]
        self.memory = Memory()
        self.capacity = Capacity(problem)
        self.additions = Additions(problem)

    def allocations(
        self,
        world: World,
        only: frozenset[str],
        must: str | None,
        coalition: Coalition | None = None,
        *,
        valued: bool = False,
        adding: bool = False,
    ) -> Iterator[tuple[Allocation, Part]]:
        """Allocations that staff tasks of `only`, `must` among them; every valid one, or one that
        is as good. `valued`: as good in the objectives as well. `adding`: units that belong to no
        nation may be added to `must`."""
        released = self.capacity.releasable(world)
        for staffed in _subsets(sorted(only)):
            if must is None or must in staffed:
                grown = [Part({}, self._cost())]
                for task in sorted(staffed):
                    grows = adding and task == must
                    parts = self.task_parts(world, task, staffed, coalition, valued, grows)
                    grown = self._joined(grown, parts, world)
                for part in grown:
                    allocation = Allocation(staffed, part.units, released)
                    if is_valid(
                        self.problem,
                        world,
                        allocation,
                        only=only,
                        nations=coalition,
                        added=part.added,
                    ):
                        yield allocation, part

    def _joined(self, grown: list[Part], parts: list[Part], world: World) -> list[Part]:
        if len(grown) * len(parts) > LIMIT:
            raise NotTinyError(f"{len(grown)} × {len(parts)} allocations of tasks together")
        joined = (a.with_(b) for a in grown for b in parts)
        return front(joined, lambda part: self.capacity.fits(part, world))

    # One task over its window

    def task_parts(
        self,
        world: World,
        task_id: str,
        staffed: frozenset[str],
        coalition: Coalition | None,
        valued: bool,
        adding: bool,
    ) -> list[Part]:
        task = self.problem.task(task_id)
        if coalition is not None and coalition[0] != task_id:
            coalition = None
        seen = tuple(self._seen(world, task, p) for p in self.problem.periods)
        released = frozenset(self.capacity.releasable(world).items())
        key = (task_id, staffed & self._named(task), seen, released, coalition, valued, adding)
        make = lambda: self._task_parts(world, task, staffed, coalition, valued, adding)  # noqa: E731
        return self.memory.remembered(key, make)

    def _task_parts(
        self,
        world: World,
        task: Task,
        staffed: frozenset[str],
        coalition: Coalition | None,
        valued: bool,
        adding: bool,
    ) -> list[Part]:
        grown = [Part({}, self._cost())]
        for period in task.periods:
            parts = self.period_parts(world, task, period, staffed, valued, adding)
            if coalition is not None:
                parts = [part for part in parts if part.nations_at(task.id) <= coalition[1]]
            if len(grown) * len(parts) > LIMIT:
                raise NotTinyError(f"{len(grown)} × {len(parts)} allocations of {task.id}")
            both = (a.with_(b) for a in grown for b in parts)
            grown = [part for part in both if self.capacity.fits(part, world)]
        problem = self.memory.remembered(("only", task.id), lambda: self._only_asking(task))
        released = self.capacity.releasable(world)

        def valid(part: Part) -> bool:
            allocation = Allocation(staffed, part.units, released)
            return is_valid(problem, world, allocation, nations=coalition, added=part.added)

        if valued:
            contributors = (len(part.nations_at(task.id)) for part in grown)
            grown = [
                part.with_(Part({}, self._cost(contributors=number)))
                for part, number in zip(grown, contributors, strict=True)
            ]
        return front(grown, valid)

    def _only_asking(self, task: Task, problem: Problem | None = None) -> Problem:
        """The problem in which all other tasks ask for nothing."""
        problem = problem or self.problem
        others = (
            replace(
                other,
                requires=Always(),
                min_nations=0,
                max_nations=None,
                members=(),
                max_share=None,
                lead=None,
                lines=(),
            )
            for other in problem.tasks
        )
        return replace(
            problem, tasks=tuple(task if other.id == task.id else other for other in others)
        )

    # One task in one period

    def period_parts(
        self,
        world: World,
        task: Task,
        period: int,
        staffed: frozenset[str],
        valued: bool,
        adding: bool,
    ) -> list[Part]:
        seen = self._seen(world, task, period)
        key = (task.id, period, staffed & self._named(task), seen, valued, adding)
        make = lambda: self._period_parts(world, task, period, staffed, valued, adding)  # noqa: E731
        return self.memory.remembered(key, make)

    def _period_parts(
        self,
        world: World,
        task: Task,
        period: int,
        staffed: frozenset[str],
        valued: bool,
        adding: bool,
    ) -> list[Part]:
        problem = self.memory.remembered(
            ("one period", task.id, period), lambda: self._one_period(task, period)
        )
        nearest: dict[object, Part] = {}
        for units, added in self._whatever_holds(problem, task.id, period, adding):
            case = Case(problem, world, Allocation(staffed, units))
            if breaks(case, "R5", "R10", "R11"):
                continue
            missed = objective_values(problem, case.allocation).get("meet_targets", 0) * valued
            held = self._held(case, task, period)
            cost = self._period_cost(task, period, units, added, missed, held)
            best = nearest.get(cost[:-3])
            if best is None or cost[-3:] < best.cost[-3:]:
                nearest[cost[:-3]] = Part(units, cost, added)
        return list(nearest.values())

    def _whatever_holds(
        self, problem: Problem, task_id: str, period: int, adding: bool
    ) -> list[tuple[dict[UnitKey, int], Mapping[AddedKey, int]]]:
        """The units, and what is added to them, that keep the rules that ask for no condition."""

        def make() -> list[tuple[dict[UnitKey, int], Mapping[AddedKey, int]]]:
            task = problem.task(task_id)
            found = []
            for units in self._listed(task, period):
                case = Case(problem, World("", {}), Allocation(frozenset({task_id}), units))
                added: Mapping[AddedKey, int] | None = {}
                if breaks(case, "R6", "R7", "R8", "R9"):
                    continue
                if breaks(case, "R1", "R2"):
                    added = self.additions.least(case, task) if adding else None
                if added is not None:
                    found.append((units, added))
            return found

        return self.memory.remembered(("whatever holds", task_id, period, adding), make)

    def _one_period(self, task: Task, period: int) -> Problem:
        """The problem in which the task asks for one period, and nothing else for anything: no
        commitment, no recovery, no least number of nations and no member."""
        targets = tuple(name for name in self.problem.objectives if name == "meet_targets")
        return replace(
            self._only_asking(replace(task, periods=(period,), min_nations=0, members=())),
            commitments=(),
            objectives=targets,
            capabilities={
                name: replace(capability, rotation=1)
                for name, capability in self.problem.capabilities.items()
            },
        )

    def _listed(self, task: Task, period: int) -> Iterator[dict[UnitKey, int]]:
        """All ways to send the task no more than each nation has in the period."""
        choices = []
        for nation, capability in self.pairs:
            lines = [line.id for line in task.lines if capability in line.weights]
            most = self.problem.available(nation, capability, period)
            choices.append(
                [
                    {
                        (nation, task.id, line, capability, period): units
                        for line, units in zip(lines, sent, strict=True)
                        if units
                    }
                    for sent in product(range(most + 1), repeat=len(lines))
                    if sum(sent) <= most
                ]
            )
        number = prod(map(len, choices))
        if number > LIMIT:
            raise NotTinyError(f"{number} allocations of {task.id} in period {period}")
        for chosen in product(*choices):
            yield {key: units for some in chosen for key, units in some.items()}

    def _period_cost(
        self,
        task: Task,
        period: int,
        units: Mapping[UnitKey, int],
        added: Mapping[AddedKey, int],
        missed: int,
        held: Collection[object],
    ) -> Cost:
        used: dict[object, int] = {}
        for (nation, _, _, capability, _), sent in units.items():
            for place in ((nation, capability, period), (nation, capability, period, task.id)):
                used[place] = used.get(place, 0) + sent
        sends = [(key[1], key[2], key[3], sent) for key, sent in units.items()]
        sends += [(key[0], key[1], key[2], sent) for key, sent in added.items()]
        filled: dict[object, int] = {}
        for task_id, line, capability, sent in sends:
            weight = task.line(line).weights[capability]
            filled[task_id, line, period] = filled.get((task_id, line, period), 0) + weight * sent
        price = sum(
            (Fraction(sent, max(1, task.line(key[1]).minimum)) for key, sent in added.items()),
            0,
        )
        return self._cost(used, filled, missed, 0, price, held)

    def _cost(
        self,
        used: Mapping[object, int] | None = None,
        filled: Mapping[object, int] | None = None,
        missed: int = 0,
        contributors: int = 0,
        price: int | Fraction = 0,
        held: Collection[object] = (),
    ) -> Cost:
        used, filled = used or {}, filled or {}
        periods = self.problem.periods
        return (
            *(used.get((*pair, p), 0) for pair in self.pairs for p in periods),
            *(-filled.get((*line, p), 0) for line in self.linked for p in periods),
            *(used.get(place, 0) for place in self.drawing),
            *(-int(place in held) for place in self.choosy),
            missed,
            contributors,
            price,
        )

    def _held(self, case: Case, task: Task, period: int) -> set[object]:
        """The offers that ask for company whose condition holds at the task in the period."""
        return {
            (offer.id, task.id, period)
            for offer in self.problem.offers
            if (offer.id, task.id, period) in self.choosy
            and case.holds(offer.requires, task.id, period, own=offer.nation)
        }

    # Units that belong to no nation

    def least_added(self, world: World, task: str) -> Part | None:
        """What is added to the task's lines at the least price so that it is ready in the world;
        the price is the last figure of its cost."""
        only = self.problem.companions(task)
        for other in only:
            for line in self.problem.task(other).lines:
                across = set(line.of or ()) & only
                if across - {other} and task in across | {other}:
                    raise NotTinyError("a line counts on what is added to another task")
        found = self.allocations(world, only, task, adding=True)
        return min((part for _, part in found), key=lambda part: part.cost[-1], default=None)

    # Best values

    def best(
        self, world: World, only: frozenset[str], must: str | None, coalition: Coalition | None
    ) -> Allocation:
        """An allocation with the best value of every level in turn. Raises ValueError where
        nothing is valid."""
        found = []
        for allocation, part in self.allocations(world, only, must, coalition, valued=True):
            cheapest = replace(allocation, released=self.capacity.least_release(part, world))
            if not is_valid(self.problem, world, cheapest, only=only, nations=coalition):
                raise AssertionError("the least release is enough")
            found.append(cheapest)
        if not found:
            raise ValueError(f"{must} cannot be staffed")
        return min(found, key=lambda one: _in_turn(objective_values(self.problem, one, world)))

    # What the lists depend on

    def _named(self, task: Task) -> frozenset[str]:
        """The tasks whose being staffed the task's rules may look at."""
        return frozenset(t for condition in self._conditions(task) for t in tasks_in(condition))

    def _seen(self, world: World, task: Task, period: int) -> frozenset[str]:
        """What holds in the period of all that the task's rules look at."""
        looked_at = (preconditions_in(condition) for condition in self._conditions(task))
        return world.holding(period) & frozenset(name for names in looked_at for name in names)

    def _conditions(self, task: Task) -> list[Condition]:
        on_task = (caveat for caveat in self.problem.caveats if task.id in caveat.tasks)
        for_task = (offer for offer in self.problem.offers if task.id in offer.tasks)
        return [task.requires, *(row.requires for row in (*on_task, *for_task))]


def _looks_at_offers(problem: Problem) -> bool:
    """Whether R11 does, or an objective."""
    return problem.counts_offers or "stay_within_offers" in problem.objectives


def _in_turn(values: dict[str, int]) -> list[int]:
    return [-v if name.startswith("staff_tasks") else v for name, v in values.items()]


def _subsets(members: Iterable[str]) -> Iterator[frozenset[str]]:
    members = tuple(members)
    for size in range(len(members) + 1):
        yield from map(frozenset, combinations(members, size))
