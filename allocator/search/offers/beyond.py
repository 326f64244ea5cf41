"""What a plan asks beyond offers, what it leaves of them, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from allocator.checker import violations
from allocator.checker.case import Case
from allocator.checker.cover import Cover, cover, sent_to
from allocator.inputs.conditions import holds
from allocator.inputs.firmness import STATUSES
from allocator.inputs.problem import Line, Offer, Problem, Task, World
from allocator.model import RULES
from allocator.results.offers import Asking, Overstated, Unused
from allocator.results.result import Allocation

Pool = tuple[str, str]
LOOSEST = STATUSES[-1]

MOST_TRIED = 12
"""Units of an offer that are tried one number after another; of more no reason is given."""


class Beyond:
    """A plan beside the offers that are valid, whatever is counted."""

    def __init__(self, problem: Problem, world: World, allocation: Allocation) -> None:
        self._problem = problem
        self._world = world
        self._case = Case(problem, world, allocation)
        self._released = _all_released(problem, world)
        self._covers = {
            (*pool, period): self._cover(pool, period)
            for pool in sorted({*self._case.serving, *self._case.offers})
            for period in problem.periods
        }

    def _cover(self, pool: Pool, period: int) -> Cover:
        """Cover goes to tasks by priority, then in the model's order, the firmest offers first."""
        sent = sent_to(self._case, *pool, period)
        found = cover(self._case, *pool, period, LOOSEST, sent)
        for task, units in sent.items():
            found.grow(task, units)
        return found

    def askings(self) -> Iterator[Asking]:
        """What no offer of any status covers."""
        for (nation, capability, period), made in self._covers.items():
            for task, units in sent_to(self._case, nation, capability, period).items():
                if missing := units - made.of(task):
                    yield Asking(nation, task, capability, period, missing)

    def unused(self) -> Iterator[Unused]:
        """What the plan leaves of each offer, by id and period."""
        found = []
        for (_, _, period), made in self._covers.items():
            for number, offer in enumerate(made.offers):
                left = offer.quantity - made.given(number)
                if left:
                    found.append(Unused(offer.id, period, left, self._why(offer, period, left)))
        yield from sorted(found, key=lambda one: (one.offer, one.period))

    def _why(self, offer: Offer, period: int, left: int) -> str:
        """What keeps any of the units left out of every line that takes them; blank where some
        number of them could come beside what the plan sends, or too many numbers are to be
        tried."""
        problem = self._problem
        lines = [
            (task, line)
            for task in problem.tasks
            if task.id in offer.tasks and period in task.periods
            for line in task.lines
            if offer.capability in line.weights
        ]
        if not lines:
            return "no line takes it"
        if not any(self._stands(offer, task, period) for task, _ in lines):
            return f"R11 {RULES['R11'].title}: its condition does not hold"
        reasons: dict[str, None] = {}
        for task, line in lines:
            why = self._why_not(offer, task, line, period, left)
            if not why:
                return ""
            reasons |= dict.fromkeys(why)
        return "; ".join(sorted(reasons))

    def _stands(self, offer: Offer, task: Task, period: int) -> bool:
        return self._case.holds(offer.requires, task.id, period, own=offer.nation)

    def _why_not(
        self, offer: Offer, task: Task, line: Line, period: int, left: int
    ) -> tuple[str, ...]:
        """What keeps the offer from one line; nothing where nothing does."""
        if task.id not in self._case.staffed:
            return (f"R1 {RULES['R1'].title}: {task.id} is not",)
        if not line.scaled and self._case.filled(task, line.id, period) >= line.target:
            return ("the line is full",)
        if left > MOST_TRIED:
            return ()
        broken: dict[str, None] = {}
        for more in range(1, left + 1):
            rules = self._broken_with(offer, task, line, period, more)
            if not rules:
                return ()
            broken |= dict.fromkeys(rules)
        return tuple(f"{rule} {RULES[rule].title}" for rule in broken)

    def _broken_with(
        self, offer: Offer, task: Task, line: Line, period: int, more: int
    ) -> list[str]:
        """The rules that so many units more break, all released that may be."""
        key = (offer.nation, task.id, line.id, offer.capability, period)
        plan = self._case.allocation
        units = {**plan.units, key: plan.units.get(key, 0) + more}
        tried = replace(plan, units=units, released=self._released)
        found = {v.rule for v in violations(self._problem, self._world, tried)}
        return [rule for rule in RULES if rule in found]


def _all_released(problem: Problem, world: World) -> Mapping[tuple[str, int], int]:
    return {
        (commitment.id, period): commitment.quantity[period - 1]
        for commitment in problem.commitments
        for period in problem.periods
        if commitment.quantity[period - 1]
        and holds(commitment.release_requires, world.holding(period))
    }


def overstated(problem: Problem, world: World) -> Iterator[Overstated]:
    """Periods in which more is offered, all offers of a pool together, than the nation's own
    forces keep up beside the other periods (R3), all released that may be."""
    case = Case(problem, world, Allocation(released=_all_released(problem, world)))
    for (nation, capability), offers in sorted(case.offers.items()):
        offered = {
            p: sum(offer.quantity for offer in offers if p in offer.periods)
            for p in problem.periods
        }
        rotation = problem.capabilities[capability].rotation
        for period, units in offered.items():
            window = [offered[p] for p in range(max(1, period - rotation + 1), period + 1)]
            free = case.window_free(nation, capability, period)
            most = min(
                case.surge_free(nation, capability, period) // rotation,
                max(0, free - sum(window[:-1])),
            )
            if units > most:
                yield Overstated(nation, capability, period, units, most)
