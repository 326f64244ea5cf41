"""Which coalitions, or ways, of a task stand even if some of their members are lost."""

from __future__ import annotations

from dataclasses import replace

from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.results.coalitions import Cheapest, Survive
from allocator.results.result import Level
from allocator.search.minimal_sets.families import Families
from allocator.search.packages.replacement import Prices
from allocator.search.surviving import never_ready, surviving

LISTING_SHARE = 0.5
"""Of the time; the rest is for what the cheapest of them costs."""

MOST_PRICED = 30
"""Surviving coalitions whose best plan is looked for, the smallest first."""


def survive_task(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Note what survives the loss of any so many nations, or preconditions of a way.

    asked: what is to be found out, and of what. known: of the task so far; what is found is added
    to it. deadline: when to end at the latest.
    """
    k = asked.survive or 0
    if asked.command == "blockers":
        found = _ways(known, k, deadline)
    else:
        found = _coalitions(asked, known, k, deadline)
    known.note(survive=found)
    return TurnOutcome(f"{known.task}: {len(found.sets)} survive", True)


def _ways(known: TaskState, k: int, deadline: Deadline) -> Survive:
    match known.verdict:
        case "short":
            return never_ready(k)
        case "ready":
            return Survive(k, True, ((),), ())
        case "unknown":
            return Survive(k, False, (), ())
    questions = known.judged.questions
    names = [name for _, name in questions.elements]
    # What the search of the blockers found; nothing is searched for.
    return surviving(names, questions.search(Deadline(0)), k, deadline)


def _coalitions(asked: Request, known: TaskState, k: int, deadline: Deadline) -> Survive:
    if known.verdict != "ready":
        sure = known.verdict != "unknown"
        return never_ready(k) if sure else Survive(k, False, (), ())
    packing = known.packing
    families = Families() if packing is None else packing.families
    names = [] if packing is None else [name for _, name in packing.questions.elements]
    found = surviving(names, families, k, deadline.part(LISTING_SHARE))
    if packing is None or not found.sets:
        return found
    return replace(found, cheapest=_cheapest(asked, known, found, deadline))


def _cheapest(
    asked: Request, known: TaskState, found: Survive, deadline: Deadline
) -> Cheapest | None:
    """The surviving coalition with the best plan; proved where all have been priced, or where the
    best plan of all is no better."""
    assert known.packing is not None
    prices = Prices(known.packing.questions, asked.settings, deadline)
    best = _best_of_all(known, prices)
    listed = found.sets[:MOST_PRICED]
    priced = []
    for number, members in enumerate(listed):
        if deadline.expired:
            break
        plan = prices.best(members, len(listed) - number)
        if plan.allocation is not None:
            priced.append((members, plan.levels))
            if best and _worth(plan.levels) == _worth(best):
                break
    if not priced:
        return None
    members, levels = min(priced, key=lambda one: (_worth(one[1]), one[0]))
    optimal = all(_proved(some) for _, some in priced)
    every = found.complete and optimal and len(priced) == len(found.sets)
    as_good = bool(best) and _worth(levels) == _worth(best) and _proved(best)
    return Cheapest(members, levels, best, every or as_good)


def _best_of_all(known: TaskState, prices: Prices) -> tuple[Level, ...]:
    """The levels of the task's best plan, whoever takes part."""
    if known.notes.replacement is not None:
        return known.notes.replacement.levels
    found = prices.best(prices.names, 1)
    return () if found.allocation is None else found.levels


def _proved(levels: tuple[Level, ...]) -> bool:
    return all(level.status == "optimal" for level in levels)


def _worth(levels: tuple[Level, ...]) -> tuple[int, ...]:
    """Values to compare, lower is better."""
    return tuple(
        -level.value if level.objective.startswith("staff_tasks") else level.value
        for level in levels
    )
