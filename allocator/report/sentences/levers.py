"""Which holders open the most, in words."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.report.sentences import names
from allocator.results.levers import Lever, Levers
from allocator.words import count, listing, some

NAMED = 8
"""Tasks that a sentence names."""


def overview(found: Levers) -> Iterator[str]:
    """What the best set of so many holders opens, and how far that is proved."""
    if not found.holders:
        yield "No open precondition has a holder in this world: there is no lever."
        return
    best = found.levers[0] if found.levers else None
    if best is None or not best.opens:
        who = count(found.budget, "holder")
        if found.is_proved and not (best and best.undecided):
            yield f"No {who} can open a task by what comes in turn."
        else:
            yield f"Not decided in the time: no {who} that open a task are known."
    else:
        together = ", together," if len(best.holders) > 1 else ""
        opened = count(len(best.opens), "task")
        yield f"{listing(best.holders)}{together} {_opens(best)} {opened}: {tasks(found, best)}."
        yield _proof(found)
    if best is not None and best.undecided:
        already = some(names.tasks(found.problem, best.undecided), NAMED)
        yield f"Whether nobody need act for {already} was not decided in the time."
    others = [listing(one.holders) for one in found.levers[1:] if one.opens]
    if others:
        yield f"As many open with {some(others, 5, '; or ')}."
    if found.nobody:
        acts = names.preconditions(found.problem, found.nobody)
        yield f"Nobody is named who could bring about {some(acts, NAMED)}."


def tasks(found: Levers, one: Lever) -> str:
    """The tasks that it opens."""
    return some(names.tasks(found.problem, one.opens), NAMED)


def adds(found: Levers, one: Lever) -> Iterator[str]:
    """What each holder adds to the others."""
    for part in one.adds:
        opens = (task for task in part.ready if task in one.opens)
        lost = names.tasks(found.problem, opens)
        if lost or not part.undecided:
            yield f"without {part.holder}, {some(lost, NAMED) or 'no task'} would not be ready"
        else:
            yield f"what {part.holder} adds was not decided in the time"


def _opens(one: Lever) -> str:
    return "open" if len(one.holders) > 1 else "opens"


def _proof(found: Levers) -> str:
    if found.is_proved:
        few = count(found.budget, "holder")
        return f"Proved: no {few} open more by acts that come about in turn, first priority first."
    return "The best found; not all sets were looked at, or not every verdict was decided."
