"""Every requirement line with what is offered for it, by status, and who could still fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.inputs.firmness import INVENTORY, STATUSES
from allocator.inputs.problem import Line, Offer, Problem, Task, World
from allocator.results.offers import Filler, WallLine
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound


def wall(problem: Problem, world: World) -> Iterator[WallLine]:
    """By task, line and period. What an offer could give several lines stands at each of them."""
    held = replace(problem, count=INVENTORY)
    offered = replace(problem, count=STATUSES[-1])  # With every offer, and what these wait for.
    for task in problem.tasks:
        view = _View(held, world, task, offered.companions(task.id))
        for line in task.lines:
            for period in task.periods:
                yield view.line(line, period)


class _View:
    """One task; nobody is bound by what he offers when it is asked who could do more. beside: the
    tasks that may be staffed beside it."""

    def __init__(self, problem: Problem, world: World, task: Task, beside: frozenset[str]) -> None:
        self._problem = problem
        self._world = world
        self._task = task
        self._beside = beside
        self._supply = SupplyBound(problem, task)
        self._around = Assumptions(world)
        self._offers = [offer for offer in problem.offers if task.id in offer.tasks]

    def line(self, line: Line, period: int) -> WallLine:
        offers = [o for o in self._offers if o.capability in line.weights and period in o.periods]
        standing = [offer for offer in offers if self._may_stand(offer, period)]
        units = dict.fromkeys(STATUSES, 0)
        people = dict.fromkeys(STATUSES, 0)
        for offer in standing:
            units[offer.status] += line.weights[offer.capability] * offer.quantity
            people[offer.status] += self._people(offer.capability, offer.quantity)
        waiting = sum(line.weights[o.capability] * o.quantity for o in offers if o not in standing)
        return WallLine(
            self._task.id,
            line.id,
            period,
            line.minimum,
            line.target,
            units,
            people,
            waiting,
            max(0, line.minimum - sum(units.values())),
            tuple(self._fillers(line, period, offers)),
        )

    def _may_stand(self, offer: Offer, period: int) -> bool:
        """Whether its condition holds in company that may come."""
        return self._around.could_hold(offer.requires, period, self._beside)

    def _fillers(self, line: Line, period: int, offers: list[Offer]) -> Iterator[Filler]:
        """Who could send more than is offered, by rotation, commitments and caveats in the
        world."""
        for capability in sorted(line.weights):
            for nation in self._problem.nations:
                if (nation, capability) not in self._problem.availability:
                    continue
                most = self._supply.most(nation, capability, (period,), self._around)
                own = (o for o in offers if (o.nation, o.capability) == (nation, capability))
                left = most - sum(offer.quantity for offer in own)
                if left > 0:
                    yield Filler(nation, capability, left, self._people(capability, left))

    def _people(self, capability: str, units: int) -> int:
        return self._problem.capabilities[capability].personnel * units
