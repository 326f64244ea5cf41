"""What to do next: the act that costs least and what it opens, who has to be asked, what no act
opens, and how sure all that is. One list for the terminal, the page and the workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from allocator.report.sentences import names, overview
from allocator.report.sentences.ways import Way, holders_of, least, vetoes, ways
from allocator.words import count, listing, some

if TYPE_CHECKING:
    from allocator.results.result import TaskRecord
    from allocator.results.run import RunRecord

_NAMED, _FEW, _MANY = 6, 3, 6


@dataclass(frozen=True, slots=True)
class _Opening:
    """A way that is known, and the tasks that it is known to open."""

    way: Way
    tasks: tuple[str, ...]


def next_acts(run: RunRecord) -> Iterator[tuple[str, str]]:
    """Yield what to do next, each with what it is about; nothing where every task is ready and
    certain.

    run: the answer that is told.
    """
    records = run.result.tasks
    blocked = [record for record in records if record.verdict == "blocked"]
    openings = _openings(run, blocked)
    if openings:
        yield "Least effort", _least_effort(run, openings[0])
        widest = max(openings, key=lambda opening: len(opening.tasks))
        if len(widest.tasks) > len(openings[0].tasks):
            effort = count(widest.way.effort, "point")
            yield "Opens more", f"{_opens(run, widest, _FEW)}: an effort of {effort}."
    if asked := _holders(run, blocked):
        yield "Whom to ask", asked
    short = [record for record in records if record.verdict == "short"]
    if short:
        yield "No act opens", _short(run, short)
    if sure := _how_sure(run, records):
        yield "How sure", sure
    elif blocked or short:
        yield "How sure", _certain(run)


def least_way(run: RunRecord) -> Way | None:
    """Return the way of least effort that is known to open a task; None where none is.

    run: the answer that is told.
    """
    found = _openings(run, [one for one in run.result.tasks if one.verdict == "blocked"])
    return found[0].way if found else None


def _openings(run: RunRecord, blocked: Sequence[TaskRecord]) -> list[_Opening]:
    """The cheapest way known of each task with all that it opens; the cheapest of them first."""
    known = {record.task: _known_ways(run, record) for record in blocked}
    cheapest = {least(run.problem, found).preconditions for found in known.values() if found}
    return [
        _Opening(way, tuple(task for task, found in known.items() if _has(found, met)))
        for way in ways(run.problem, cheapest)
        for met in [frozenset().union(*map(run.problem.implied_by, way.preconditions))]
    ]


def _has(found: Sequence[Sequence[str]], met: frozenset[str]) -> bool:
    """Whether one of a task's ways comes about where these are met."""
    return any(met.issuperset(members) for members in found)


def _known_ways(run: RunRecord, record: TaskRecord) -> tuple[tuple[str, ...], ...]:
    """All that are known; the cheapest may be known without its family."""
    sets = [*record.unlocking.sets]
    notes = run.notes.get(record.task)
    if notes and notes.cheapest and notes.cheapest.effort is not None:
        sets.append(notes.cheapest.preconditions)
    return tuple(dict.fromkeys(sets))


def _may_open(record: TaskRecord) -> bool:
    return record.verdict in ("blocked", "unknown")


def _bound(run: RunRecord, record: TaskRecord) -> int | None:
    """What opening the task takes at least; None where nothing is proved."""
    if record.verdict == "blocked" and record.unlocking.complete:
        return least(run.problem, _known_ways(run, record)).effort
    notes = run.notes.get(record.task)
    return notes.cheapest.bound if notes and notes.cheapest else None


def _least_effort(run: RunRecord, cheapest: _Opening) -> str:
    bounds = [_bound(run, record) for record in run.result.tasks if _may_open(record)]
    proved = all(bound is not None and bound >= cheapest.way.effort for bound in bounds)
    less = "proved, no task opens for less" if proved else "the least that is known"
    effort = count(cheapest.way.effort, "point")
    return f"{_opens(run, cheapest, _MANY)}: an effort of {effort}, {less}."


def _opens(run: RunRecord, opening: _Opening, most: int) -> str:
    verb = "opens" if len(opening.way.preconditions) == 1 else "open"
    acts = _acts(run, opening.way, most)
    tasks = names.tasks(run.problem, opening.tasks)
    return f"{acts} {verb} {listing(tasks) if len(tasks) <= _NAMED else some(tasks, _NAMED)}"


def _acts(run: RunRecord, way: Way, most: int) -> str:
    """Each act; of more than `most` how many there are, in whose hands, and which the first are."""
    if len(way.preconditions) > most:
        holders = listing(way.holders)
        acts = f"{count(len(way.preconditions), 'act')}{f' of {holders}' if holders else ''}"
        return f"{acts} ({some(names.preconditions(run.problem, way.preconditions), most)})"
    return listing(_act(run, name) for name in way.preconditions)


def _act(run: RunRecord, name: str) -> str:
    """By name and holder."""
    holders = listing(holders_of(run.problem, name)) or "in nobody's hands"
    return f"{names.precondition(run.problem, name)} ({holders})"


def _holders(run: RunRecord, blocked: Sequence[TaskRecord]) -> str:
    """Those without whom no way leads to a task, where all its ways are known."""
    whole = [record for record in blocked if record.unlocking.complete]
    waits: Counter[str] = Counter()
    for record in whole:
        waits.update(vetoes(run.problem, record.unlocking.sets))
    if not waits:
        return ""
    order = sorted(waits, key=lambda holder: (-waits[holder], holder))
    said = some([f"{holder} ({count(waits[holder], 'task')})" for holder in order], _NAMED)
    of_known = f", of the {count(len(whole), 'task')} whose ways are all known"
    return f"{said}: no way goes round them{'' if len(whole) == len(blocked) else of_known}."


def _short(run: RunRecord, short: Sequence[TaskRecord]) -> str:
    name = partial(names.task, run.problem)
    tasks = [f"{name(record.task)} ({overview.outlook(run.problem, record)})" for record in short]
    return f"{some(tasks, _NAMED, '; ')}: not even if every open precondition is met."


def _certain(run: RunRecord) -> str:
    """What is said where every verdict is decided, and none turns within the ranges."""
    if not run.problem.ranges:
        return "Every verdict is proved; the figures are taken as they stand."
    return (
        "Every verdict is proved, and whether a task is ready stands wherever the figures lie in "
        "their ranges."
    )


def _how_sure(run: RunRecord, records: Sequence[TaskRecord]) -> str:
    """What is not decided, and what hangs on figures that may be off."""
    name = partial(names.task, run.problem)
    unknown = [name(record.task) for record in records if record.verdict == "unknown"]
    turning = [name(record.task) for record in records if record.over_ranges == "open"]
    undecided = [name(record.task) for record in records if record.over_ranges == "unknown"]
    parts = [f"not decided in time: {some(unknown, _NAMED)}"] if unknown else []
    if turning:
        parts.append(f"turns within the ranges of the figures: {some(turning, _NAMED)}")
    if undecided:
        parts.append(f"not known over the ranges: {some(undecided, _NAMED)}")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if parts else ""
