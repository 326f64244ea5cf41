"""How what nations hold comes down to what they can send: held, committed, never let go, left.

For sentences beside a proof, with every open precondition met; the proof itself is a sum that the
checker takes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allocator.inputs.conditions import Condition, holds
from allocator.inputs.problem import Problem, Task, World
from allocator.words import NUMBERS


@dataclass(frozen=True, slots=True)
class PoolWay:
    """Units of one capability in one period, all nations together. committed: held elsewhere and
    not to be released; never: left of that, but of nations whose caveats let nothing come;
    not_offered: left of that, and beyond what offers cover where these are counted."""

    held: int
    committed: int
    never: int
    not_offered: int

    @property
    def left(self) -> int:
        return self.held - self.committed - self.never - self.not_offered


def pool_ways(problem: Problem, world: World, task: str, kinds: Iterable[str], period: int) -> str:
    """Return `2 held, 1 committed elsewhere, 1 left; each serves one period in two`, capability by
    capability where there are several; blank where all that is held may come at any time.

    problem: the model that is asked about, with its tables. world: that of the run. task: its id.
    kinds: capabilities, by id. period: counted from 1.
    """
    best = problem.meeting(world, problem.open_preconditions(world))
    asked, several = problem.task(task), len(kinds := list(kinds)) > 1
    told = [
        f"{f'{problem.capabilities[kind].name}: ' if several else ''}{text}"
        for kind in kinds
        if (text := _told(problem, pool_way(problem, best, asked, kind, period), kind))
    ]
    return "; ".join(told)


def pool_way(problem: Problem, best: World, task: Task, kind: str, period: int) -> PoolWay:
    """Return the units of all nations together. best: the world with every open precondition met.

    problem: the model that is asked about, with its tables. kind: a capability, by id. period:
    counted from 1.
    """
    found = list(_by_nation(problem, best, task, kind, period))
    return (
        PoolWay(*(sum(part) for part in zip(*found, strict=True))) if found else PoolWay(0, 0, 0, 0)
    )


def _by_nation(
    problem: Problem, best: World, task: Task, kind: str, period: int
) -> Iterator[tuple[int, int, int, int]]:
    for nation in problem.nations:
        held = problem.available(nation, kind, period)
        tied = sum(
            commitment.quantity[period - 1]
            for commitment in problem.commitments_of(nation, kind)
            if not holds(commitment.release_requires, best.holding(period))
        )
        committed = min(held, tied)
        never = held - committed if _never(problem, best, task, nation, kind, period) else 0
        beyond = max(
            0, held - committed - never - _offered(problem, best, task, nation, kind, period)
        )
        yield held, committed, never, beyond if problem.counts_offers else 0


def _offered(problem: Problem, best: World, task: Task, nation: str, kind: str, period: int) -> int:
    """Units of counted offers whose condition could hold."""
    return sum(
        offer.quantity
        for offer in problem.counted(nation, kind)
        if task.id in offer.tasks
        and period in offer.periods
        and _could_hold(problem, best, task, offer.requires, period)
    )


def _never(problem: Problem, best: World, task: Task, nation: str, kind: str, period: int) -> bool:
    """Whether a caveat keeps all of it away, whatever is brought about and whoever comes."""
    return any(
        kind in caveat.capabilities
        and period in caveat.periods
        and caveat.max_personnel is None
        and not _could_hold(problem, best, task, caveat.requires, period)
        for caveat in problem.caveats_on(nation, task.id)
    )


def _could_hold(
    problem: Problem, best: World, task: Task, condition: Condition, period: int
) -> bool:
    """Whether the condition holds where everybody comes and every task is staffed."""
    tasks = {other.id for other in problem.tasks}
    leaders = {n for n in problem.nations if task.may_be_led_by(n)}
    return holds(condition, best.holding(period), problem.nations, tasks, leaders)


def _told(problem: Problem, way: PoolWay, kind: str) -> str:
    rotation = problem.capabilities[kind].rotation
    parts = [f"{way.held:,} held"]
    if way.committed:
        parts.append(f"{way.committed:,} committed elsewhere")
    if way.never:
        parts.append(f"{way.never:,} under caveats that do not fall")
    if way.not_offered:
        parts.append(f"{way.not_offered:,} not offered")
    if len(parts) > 1:
        parts.append(f"{way.left:,} left")
    in_turn = f"; each serves one period in {NUMBERS.get(rotation, rotation)}"
    said = f"{', '.join(parts)}{in_turn if rotation > 1 else ''}"
    return said if len(parts) > 1 or rotation > 1 else ""
