"""Who waits for what: the forces that caveats, commitments and conditions keep from a task.

Read straight from the rows, so it says what each row holds back; which preconditions are enough
together is what the unlocking sets say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from allocator.inputs.conditions import Condition, holds, preconditions_in, show
from allocator.inputs.problem import Caveat, Commitment, Problem, Task, World
from allocator.report.sentences.supply import Net
from allocator.words import listing

Cause = Literal["precondition", "company", "never"]
Forces = tuple[tuple[str, int], ...]
"""Capability and the most units of it in any period of the task."""


@dataclass(frozen=True, slots=True)
class Held:
    """Forces of one nation that one row of a table keeps from a task.

    `waits_for`: the open preconditions in its condition that do not hold yet. `cause`: it waits
    for preconditions, for company (`joins`, `led_by`, `staffed`) alone, or for what cannot come
    (`never`). `limit`: people who may serve all the same; None for none. `periods`: those of the
    task that the row is about, where these are not all. `reserve_for`: tasks that the row is about,
    where it holds for this one as their reserve.
    """

    nation: str
    forces: Forces
    row: str
    place: str
    requires: str
    cause: Cause
    waits_for: tuple[str, ...]
    limit: int | None = None
    table: Literal["caveat", "commitment", "offer"] = "caveat"
    basis: str = ""
    note: str = ""
    source: str = ""
    reserve_for: tuple[str, ...] = ()
    periods: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """The condition of the task itself, or of one that may have to be staffed beside it."""

    task: str
    requires: str
    place: str
    cause: Cause
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that keeps forces from a task in a world. `free`: the forces that nothing holds back."""

    task: str
    own: tuple[Own, ...]
    held: tuple[Held, ...]
    free: tuple[tuple[str, Forces], ...]

    def for_precondition(self, precondition: str) -> tuple[Held, ...]:
        return tuple(held for held in self.held if precondition in held.waits_for)

    @property
    def preconditions(self) -> tuple[str, ...]:
        """What is waited for, by id."""
        named = {name for own in self.own for name in own.waits_for}
        return tuple(sorted(named.union(*(held.waits_for for held in self.held))))

    @property
    def company(self) -> tuple[Held, ...]:
        return tuple(held for held in self.held if held.cause == "company")

    @property
    def never(self) -> tuple[Held, ...]:
        return tuple(held for held in self.held if held.cause == "never")


def waiting(problem: Problem, world: World, task_id: str, net: Net | None = None) -> Waiting:
    """Return who waits for what at the task in the world. Raises KeyError for a task not in the
    model.

    net: of the problem, where several tasks are asked about.

    task_id: the task's id.
    """
    task = problem.task(task_id)
    view = _View(problem, world, task, net or Net(problem))
    caveats = [held for nation in problem.nations for held in view.caveats(nation)]
    bound = {(held.nation, capability) for held in caveats for capability, _ in held.forces}
    free = tuple(view.free(bound))
    held = (*caveats, *view.commitments(), *view.offers())
    return Waiting(task_id, tuple(view.own()), held, free)


class _View:
    """One task in one world."""

    def __init__(self, problem: Problem, world: World, task: Task, net: Net) -> None:
        self._problem = problem
        self._net = net
        self._world = world
        self._task = task
        self._tasks = frozenset(t.id for t in problem.tasks)
        self._leaders = frozenset(n for n in problem.nations if task.may_be_led_by(n))
        self._open = frozenset(problem.open_preconditions(world))
        self._best = problem.meeting(world, self._open)

    def own(self) -> Iterator[Own]:
        """The task's own condition, then those of the tasks beside it, where they do not hold."""
        beside = sorted(self._problem.companions(self._task.id) - {self._task.id})
        for name in (self._task.id, *beside):
            task = self._problem.task(name)
            cause = self._cause(task.requires, task.periods)
            if cause in ("precondition", "never"):
                waits = self._waits_for(task.requires, task.periods)
                yield Own(name, show(task.requires), task.place, cause, waits)

    def caveats(self, nation: str) -> Iterator[Held]:
        for caveat in self._problem.caveats_on(nation, self._task.id):
            held = self._held_by_caveat(caveat)
            if held is not None:
                yield held

    def commitments(self) -> Iterator[Held]:
        """Commitments that an open precondition would let the nation release."""
        for commitment in self._problem.commitments:
            if commitment.capability in self._task.capabilities:
                held = self._held_by_commitment(commitment)
                if held is not None:
                    yield held

    def free(self, bound: set[tuple[str, str]]) -> Iterator[tuple[str, Forces]]:
        for nation in self._problem.nations:
            unbound = (c for c in self._task.capabilities if (nation, c) not in bound)
            forces = self.forces(nation, unbound, certain=True)
            if forces:
                yield nation, forces

    def offers(self) -> Iterator[Held]:
        """Offers that are counted and wait for their condition."""
        for offer in self._problem.counted_for(self._task.id):
            periods = sorted(offer.periods.intersection(self._task.periods))
            cause = self._cause(offer.requires, periods, offer.nation)
            if cause is not None and offer.quantity:
                yield Held(
                    nation=offer.nation,
                    forces=((offer.capability, offer.quantity),),
                    row=offer.id,
                    place=offer.place,
                    requires=show(offer.requires),
                    cause=cause,
                    waits_for=self._waits_for(offer.requires, periods),
                    table="offer",
                    basis=offer.basis,
                )

    def forces(self, nation: str, capabilities: Iterable[str], *, certain: bool = False) -> Forces:
        """`certain`: of offers, where they are counted, those alone whose condition holds."""
        most = ((c, self._most(nation, c, certain)) for c in sorted(capabilities))
        return tuple((capability, units) for capability, units in most if units)

    def _most(self, nation: str, capability: str, certain: bool) -> int:
        periods = self._task.periods
        if not self._problem.counts_offers:
            return self._net.most(nation, capability, periods)
        return max(
            min(
                self._net.most(nation, capability, (period,)),
                self._offered(nation, capability, period, certain),
            )
            for period in periods
        )

    def _offered(self, nation: str, capability: str, period: int, certain: bool) -> int:
        return sum(
            offer.quantity
            for offer in self._problem.counted(nation, capability)
            if self._task.id in offer.tasks
            and period in offer.periods
            and not (certain and self._cause(offer.requires, (period,), nation))
        )

    def _held_by_caveat(self, caveat: Caveat) -> Held | None:
        periods = sorted(caveat.periods.intersection(self._task.periods))
        cause = self._cause(caveat.requires, periods, caveat.nation)
        forces = self.forces(caveat.nation, caveat.capabilities & self._task.capabilities)
        if cause is None or not forces:
            return None
        return Held(
            nation=caveat.nation,
            forces=forces,
            row=caveat.id,
            place=caveat.place,
            requires=show(caveat.requires),
            cause=cause,
            waits_for=self._waits_for(caveat.requires, periods),
            limit=caveat.max_personnel,
            basis=caveat.basis,
            note=caveat.note,
            source=caveat.source,
            reserve_for=caveat.reserves.get(self._task.id, ()),
            periods=tuple(periods) if len(periods) < len(self._task.periods) else (),
        )

    def _held_by_commitment(self, commitment: Commitment) -> Held | None:
        periods = [p for p in self._task.periods if commitment.quantity[p - 1]]
        if self._cause(commitment.release_requires, periods) != "precondition":
            return None
        return Held(
            nation=commitment.nation,
            forces=((commitment.capability, max(commitment.quantity[p - 1] for p in periods)),),
            row=commitment.id,
            place=commitment.place,
            requires=show(commitment.release_requires),
            cause="precondition",
            waits_for=self._waits_for(commitment.release_requires, periods),
            table="commitment",
        )

    def _cause(
        self, condition: Condition, periods: Sequence[int], nation: str | None = None
    ) -> Cause | None:
        """Why the condition may fail in a period; None where it holds in all of them."""
        alone = () if nation is None else (nation,)
        holding = [self._world.holding(period) for period in periods]
        if all(holds(condition, met, alone, ()) for met in holding):
            return None
        if all(self._in_company(condition, met) for met in holding):
            return "company"
        best = (self._best.holding(period) for period in periods)
        return "precondition" if all(self._in_company(condition, m) for m in best) else "never"

    def _in_company(self, condition: Condition, met: frozenset[str]) -> bool:
        return holds(condition, met, self._problem.nations, self._tasks, self._leaders)

    def _waits_for(self, condition: Condition, periods: Sequence[int]) -> tuple[str, ...]:
        """The open preconditions in the condition that do not hold in all the periods."""
        if self._cause(condition, periods) != "precondition":
            return ()
        named = preconditions_in(condition) - self._world.holding(min(periods, default=1))
        return tuple(sorted(name for name in named if name in self._best.holding(1)))


def how_far(problem: Problem, held: Held) -> str:
    """Return how far the row holds its forces back, to go on with after its condition; blank
    where it holds back all of them, all the time.

    problem: the model that is asked about. held: of one of its tasks.
    """
    parts = []
    if held.limit is not None:
        parts.append(f"else at most {held.limit:,} people")
    if held.periods:
        parts.append(f"in {problem.calendar.phrase(held.periods)}")
    if held.reserve_for:
        parts.append(f"as a reserve for {listing(held.reserve_for)}")
    return "".join(f", {part}" for part in parts)


def brought_by(problem: Problem, world: World, precondition: str) -> tuple[str, ...]:
    """Return the open preconditions that imply this one, itself left out, by id.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. precondition: its id.
    """
    return tuple(
        name
        for name in problem.open_preconditions(world)
        if name != precondition and precondition in problem.implied_by(name)
    )
