"""How far offers cover what tasks get: the checker's own reading of R11.

A transport problem for each nation, capability and period: offers on one side, tasks on the other.
Paths are augmented one task after another (Ford and Fulkerson 1956): a task that is covered stays
covered so far while others are, and the sum is as large as it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from allocator.checker.case import Case
from allocator.inputs.problem import Offer, Problem

INVENTORY = "inventory"
LOOSEST = "possible"
FIRMNESS = {"in_place": 0, "firm": 1, "indicated": 2, "possible": 3}


@dataclass
class Cover:
    """What each offer gives each task; `tasks` may draw on the offers of `drawn`."""

    offers: Sequence[Offer]
    drawn: dict[str, list[int]]
    gives: dict[tuple[int, str], int] = field(default_factory=dict)

    def of(self, task: str) -> int:
        """Units of the task that are covered."""
        return sum(units for (_, named), units in self.gives.items() if named == task)

    def given(self, offer: int) -> int:
        return sum(units for (number, _), units in self.gives.items() if number == offer)

    def grow(self, task: str, wanted: int) -> int:
        """Covers as many of the units wanted as can be without leaving other tasks with less;
        how many that are."""
        left = wanted
        while left > 0:
            more = self._augment(task, left, set())
            if not more:
                break
            left -= more
        return wanted - left

    def _augment(self, task: str, wanted: int, seen: set[int]) -> int:
        """Units that come to the task along one path, from an offer with something left."""
        for offer in self.drawn[task]:
            if offer in seen:
                continue
            seen.add(offer)
            more = min(wanted, self.offers[offer].quantity - self.given(offer))
            if more > 0:
                self._move(offer, task, more)
                return more
            for other in self._drawing(offer, task):
                held = min(wanted, self.gives[offer, other])
                moved = self._augment(other, held, seen)
                if moved:
                    self._move(offer, other, -moved)
                    self._move(offer, task, moved)
                    return moved
        return 0

    def _drawing(self, offer: int, task: str) -> list[str]:
        return [t for (n, t), units in self.gives.items() if n == offer and t != task and units]

    def _move(self, offer: int, task: str, units: int) -> None:
        self.gives[offer, task] = self.gives.get((offer, task), 0) + units


def cover(
    case: Case, nation: str, capability: str, period: int, status: str, tasks: Iterable[str]
) -> Cover:
    """Return what offers of the status or firmer may give these tasks, the firmest first; nothing
    is given yet.

    case: the allocation with the problem and world that it is held against. nation: its code.
    capability: its id. period: counted from 1.
    """
    counted = (
        offer
        for offer in case.offers.get((nation, capability), ())
        if period in offer.periods and FIRMNESS[offer.status] <= FIRMNESS[status]
    )
    firm = sorted(counted, key=lambda offer: (FIRMNESS[offer.status], offer.id))
    drawn = {
        task: [
            number
            for number, offer in enumerate(firm)
            if task in offer.tasks and case.holds(offer.requires, task, period, own=nation)
        ]
        for task in tasks
    }
    return Cover(firm, drawn)


def sent_to(case: Case, nation: str, capability: str, period: int) -> dict[str, int]:
    """Return units of the pool by task, in the order in which cover goes to tasks.

    case: the allocation with the problem and world that it is held against. nation: its code.
    capability: its id. period: counted from 1.
    """
    found: dict[str, int] = {}
    for task in by_priority(case.problem):
        rows = case.rows_of.get((task, period, nation), ())
        units = sum(row.quantity for row in rows if row.capability == capability)
        if units > 0:
            found[task] = units
    return found


def contending(case: Case, nation: str, capability: str, period: int) -> list[str]:
    """Return the tasks that the counted offers of the pool are too few for: one that is short
    after a largest cover, and all that draw on what it could draw on, and so on. Which of them
    comes first changes nothing.

    case: the allocation with the problem and world that it is held against. nation: its code.
    capability: its id. period: counted from 1.
    """
    sent = sent_to(case, nation, capability, period)
    found = cover(case, nation, capability, period, case.problem.count, sent)
    short = {task for task, units in sent.items() if found.grow(task, units) < units}
    while True:
        offers = {number for task in short for number in found.drawn[task]}
        more = short | {t for (n, t), units in found.gives.items() if n in offers and units}
        if more == short:
            return sorted(short)
        short = more


def by_priority(problem: Problem) -> list[str]:
    """The tasks by priority, then as the model has them."""
    place = {task: number for number, task in enumerate(problem.as_written)}
    return [
        t.id for t in sorted(problem.tasks, key=lambda t: (t.priority, place.get(t.id, 0), t.id))
    ]


def most_offered(
    problem: Problem, nation: str, capability: str, task: str, period: int
) -> int | None:
    """Return units of the pool that offers could cover at the task, their conditions taken as held;
    None where offers are not counted.

    problem: the model that is asked about, with its tables. nation: its code. capability: its id.
    period: counted from 1.
    """
    if problem.count == INVENTORY:
        return None
    return sum(
        offer.quantity
        for offer in problem.offers
        if (offer.nation, offer.capability) == (nation, capability)
        and FIRMNESS[offer.status] <= FIRMNESS[problem.count]
        and task in offer.tasks
        and period in offer.periods
    )
