"""What is offered, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.report.sentences import names
from allocator.report.sentences import overview as say
from allocator.report.sentences.reading_order import by_priority
from allocator.results.offers import OffersFound, WallLine
from allocator.words import count, listing, some

LEVELS = {
    "in_place": "what is in place is enough",
    "firm": "firm offers are enough",
    "indicated": "with what is indicated",
    "possible": "with what is possible",
    "inventory": "only with what is held and not offered",
}
"""What a task's firmest level means."""


def overview(found: OffersFound) -> Iterator[str]:
    """How far offers go, and what is asked beyond them."""
    named = names.of_tasks(found.problem)
    by_level: dict[str, list[str]] = {}
    for one in found.tasks:
        if one.firmest and one.certain:
            by_level.setdefault(one.firmest, []).append(named(one.task))
    for level, words in LEVELS.items():
        if level in by_level:
            tasks = by_level[level]
            yield f"{words.capitalize()}: {count(len(tasks), 'task')} ({listing(tasks)})."
    never = [named(one.task) for one in found.tasks if one.firmest is None and one.certain]
    if never:
        yield f"Not ready at any level: {count(len(never), 'task')} ({listing(never)})."
    if open_ := [named(one.task) for one in found.tasks if not one.certain]:
        yield f"Not decided in time, at some level: {listing(open_)}."
    yield from plan(found)


def plan(found: OffersFound) -> Iterator[str]:
    """The joint plan beside the offers."""
    if found.plan == "unknown":
        yield "No joint plan was found in time: askings and unused offers are not known."
        return
    asked = sum(one.quantity for one in found.askings)
    beyond = f"{asked:,} units, period by period, beyond what is offered" if asked else "no more"
    best = "" if found.plan == "optimal" else " (the best found, not proved to be the best)"
    staffed = f"{len(found.staffed)} of {count(len(found.tasks), 'task')}"
    yield f"The joint plan staffs {staffed}{best} and asks {beyond}."


def of_dates(found: OffersFound) -> Iterator[tuple[str, str]]:
    """The day, and what is past it or soon will be."""
    yield from say.offers(found.problem)


def worst(found: OffersFound) -> dict[tuple[str, str], WallLine]:
    """Of each line the period in which it lacks most; of several the first."""
    kept: dict[tuple[str, str], WallLine] = {}
    for one in by_priority(found.problem, found.wall):
        key = (one.task, one.line)
        if key not in kept or one.gap > kept[key].gap:
            kept[key] = one
    return kept


def fillers(one: WallLine, most: int = 4) -> str:
    """Who could still fill the line, those with most first."""
    ordered = sorted(one.fillers, key=lambda f: (-f.units, f.nation, f.capability))
    several = len({filler.capability for filler in one.fillers}) > 1
    texts = [
        f"{f.nation} {f.units:,}{f' {f.capability}' if several else ''} ({f.people:,} people)"
        for f in ordered
    ]
    return some(texts, most)
