"""In which month each act and each task can come at the earliest, and what the month hangs on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from allocator.inputs.conditions import (
    And,
    AtLeast,
    Condition,
    Or,
    Precondition,
    Staffed,
    holds,
    needed,
)
from allocator.search.minimal_sets.families import Answer
from allocator.search.order.acting import Acting
from allocator.search.order.readiness import Facts, closed


@dataclass(frozen=True)
class Timeline:
    """By precondition and by task the month in which it is met, or can be staffed; what never is
    has none. `acted`: when those came that were brought about themselves."""

    facts: dict[str, int]
    tasks: dict[str, int]
    acted: dict[str, int]


class _Clock:
    """Goes from month to month in which something is met."""

    def __init__(self, acting: Acting, acts: Facts, tasks: Iterable[str], possibly: bool) -> None:
        self._acting = acting
        self._possibly = possibly
        self._waiting = sorted(acts)
        self._open = sorted(set(tasks))
        self._coming: list[tuple[int, str]] = []
        self.line = Timeline({}, {}, {})
        for fact, start in acting.world.starts.items():
            heappush(self._coming, ((start - 1) * acting.problem.months_per_period, fact))

    def run(self) -> Timeline:
        now = 0
        self._staff(now)
        self._act(now)
        while self._coming:
            now = self._coming[0][0]
            while self._coming and self._coming[0][0] == now:
                for fact in closed(self._acting.problem, [heappop(self._coming)[1]]):
                    self.line.facts.setdefault(fact, now)
            self._staff(now)
            self._act(now)
        return self.line

    def _staff(self, now: int) -> None:
        """Notes the tasks that can be staffed by now; what the world gave by now has come."""
        met = frozenset(self.line.facts)
        for task in self._open:
            if self._acting.ready((task,), met, possibly=self._possibly):
                self.line.tasks[task] = now
        self._open = [task for task in self._open if task not in self.line.tasks]

    def _act(self, now: int) -> None:
        """Those who need not wait any more act."""
        preconditions = self._acting.problem.preconditions
        for act in self._waiting:
            known = preconditions[act]
            if holds(known.after, self.line.facts, (), self.line.tasks):
                self.line.acted[act] = now + known.lead_months
                heappush(self._coming, (now + known.lead_months, act))
        self._waiting = [act for act in self._waiting if act not in self.line.acted]


def timeline(
    acting: Acting, acts: Collection[str], tasks: Iterable[str], *, possibly: bool = False
) -> Timeline:
    """Return the months where these act as early as they can, as far as they are reached in turn.

    acting: the acts of the world, and what follows from them. acts: those that are brought about.
    tasks: their ids. possibly: whether an open verdict counts as a yes.
    """
    reached = acting.in_turn(acts, possibly=possibly)
    watched = {*tasks, *acting.waited_for()}
    return _Clock(acting, frozenset(acts) & reached, watched, possibly).run()


def chain(acting: Acting, line: Timeline, task: str) -> tuple[str, ...]:
    """Return the acts that the month of the task hangs on, first to last: each began once the one
    before had come. None where the task never comes, or needs no act.

    acting: the acts of the world, and what follows from them. line: the months of all acts.
    """
    found: list[str] = []
    waits: Condition | None = Staffed(task)
    while waits is not None:
        act = _latest_act(acting, line, waits)
        if act is None or act in found:
            break
        found.append(act)
        waits = acting.problem.preconditions[act].after
    return tuple(reversed(found))


def _latest_act(acting: Acting, line: Timeline, condition: Condition) -> str | None:
    """The act that the month of the condition is that of; None where it hangs on no act."""
    match condition:
        case Precondition(id=name):
            return _brought_by(acting, line, name)
        case Staffed(task=task):
            return _last_of(acting, line, task)
        case And() | Or() | AtLeast():
            last = _last_part(line, condition)
            return None if last is None else _latest_act(acting, line, last)
    return None


def _last_part(line: Timeline, condition: And | Or | AtLeast) -> Condition | None:
    """The part with which the condition holds: of those that it needs the k-th to come."""
    months = [(month_of(line, part), place) for place, part in enumerate(condition.parts)]
    come = sorted((month, place) for month, place in months if month is not None)
    need = needed(condition)
    return condition.parts[come[need - 1][1]] if 0 < need <= len(come) else None


def month_of(line: Timeline, condition: Condition) -> int | None:
    """The first month in which the condition holds; None for never."""
    match condition:
        case Precondition(id=name):
            return line.facts.get(name)
        case Staffed(task=task):
            return line.tasks.get(task)
    for month in sorted({0, *line.facts.values(), *line.tasks.values()}):
        by_now = {name for name, one in line.facts.items() if one <= month}
        staffed = {name for name, one in line.tasks.items() if one <= month}
        if holds(condition, by_now, (), staffed):
            return month
    return None


def _brought_by(acting: Acting, line: Timeline, fact: str) -> str | None:
    """The act that brings the fact about in its month; None where the world gives it by then."""
    month = line.facts.get(fact)
    if month is None or _given(acting, fact, month):
        return None
    implied_by = acting.problem.implied_by
    bringing = (a for a, one in line.acted.items() if one == month and fact in implied_by(a))
    return min(bringing, default=None)


def _given(acting: Acting, fact: str, month: int) -> bool:
    start = acting.world.starts.get(fact)
    return start is not None and (start - 1) * acting.problem.months_per_period <= month


def _last_of(acting: Acting, line: Timeline, task: str) -> str | None:
    """Of what came in the task's month, an act without which it is not ready; else any."""
    month = line.tasks.get(task)
    if month is None:
        return None
    given = (f for f in acting.world.starts if _given(acting, f, month))
    if acting.readiness.ready(task, frozenset(given)) is Answer.YES:
        return None
    met = frozenset(fact for fact, one in line.facts.items() if one <= month)
    came = [f for f in sorted(met & acting.readiness.named(task)) if line.facts[f] == month]
    alone = [f for f in came if _needs(acting, task, met, f)]
    brought = (_brought_by(acting, line, fact) for fact in (*alone, *came))
    return next((act for act in brought if act is not None), None)


def _needs(acting: Acting, task: str, met: Facts, fact: str) -> bool:
    """Whether the task is not ready without the fact and what implies it."""
    rest = frozenset(one for one in met if fact not in acting.problem.implied_by(one))
    return acting.readiness.ready(task, rest) is Answer.NO
