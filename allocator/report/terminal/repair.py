"""A repaired plan as a page on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console, RenderableType

from allocator.inputs.schema.calendar import Calendar
from allocator.report.terminal import console as page
from allocator.results.repair import Edit, Pairs, Repair
from allocator.words import count, listing, some

SHOWN = 30
"""Edits that are listed; the kept tables and `--json` have them all."""

SETS = 10
"""Sets of a family that are listed."""

MEANINGS: Mapping[str, str] = {
    "keep_tasks": "tasks of the plan that are not staffed",
    "add_tasks": "tasks asked for that are not staffed",
    "keep_contingents": "contributions that fall away",
    "new_contingents": "contributions that come anew",
    "changed_rows": "cells with other units",
    "changed_units": "units more or fewer, all together",
}


def show(found: Repair, console: Console) -> None:
    """How near the nearest plan is, and what changes; or what cannot all stand."""
    console.print(page.plain(f"{found.given.file} in {found.world.name} ({found.model})"))
    console.print(page.plain(summary(found)))
    for block in _blocks(found):
        console.print(block)


def summary(found: Repair) -> str:
    """A sentence on what came of it."""
    if found.clashes.clashes:
        return "The rows that have to stand cannot all stand, so there is no plan."
    if found.plan.status == "unknown":
        return "The time limit came before any plan: try a longer --time-limit."
    lost = sorted(found.given.tasks - set(found.plan.staffed))
    if not found.edits and not lost:
        return "The plan is valid: nothing changes."
    kept = f"{len(found.given.tasks) - len(lost)} of {count(len(found.given.tasks), 'task')} kept"
    without = f" (without {some(lost, 5)})" if lost else ""
    return f"{kept}{without}; {count(len(found.edits), 'cell')} changed."


def _blocks(found: Repair) -> Iterator[RenderableType]:
    if found.clashes.clashes or not found.clashes.complete:
        yield from _clashes(found)
    if found.plan.levels:
        rows = [
            (name, _meaning(name), f"{level.value:,}", f"{level.bound:,}",
             "proved" if level.status == "optimal" else "best found")
            for level in found.plan.levels for name in (level.objective,)
        ]  # fmt: skip
        header = ("level", "meaning", "value", "bound", "")
        yield page.titled("How near it is", page.ruled(header, rows, right="value,bound"))
    if found.edits:
        yield page.titled("What changes", *_edits(found.edits, found.calendar))


def _meaning(name: str) -> str:
    return MEANINGS.get(name.partition("[")[0], "objective of the model")


def _edits(edits: tuple[Edit, ...], calendar: Calendar) -> Iterator[RenderableType]:
    header = ("nation", "task", "line", "capability", "period", "from", "to")
    rows = [
        (
            e.nation,
            e.task,
            e.line,
            e.capability,
            calendar.named(e.period),
            f"{e.before:,}",
            f"{e.after:,}",
        )
        for e in edits[:SHOWN]
    ]
    yield page.ruled(header, rows, right="period,from,to")
    if len(edits) > SHOWN:
        yield page.note(f"and {len(edits) - SHOWN} more; edits.csv has them all")


def _clashes(found: Repair) -> Iterator[RenderableType]:
    clashes = found.clashes
    sets = [
        f"{_named(one.pairs)}{f': {listing(one.rules)}' if one.rules else ''}"
        for one in clashes.clashes[:SETS]
    ]
    yield page.titled("These rows clash, with one another and the rules", *map(page.note, sets))
    if clashes.frees:
        frees = [_named(pairs) for pairs in clashes.frees[:SETS]]
        yield page.titled("Freeing one of these does", *map(page.note, frees))
    left = max(0, len(clashes.clashes) - SETS) + max(0, len(clashes.frees) - SETS)
    if left:
        yield page.note(f"and {left} more; clashes.csv has them all")
    if not clashes.complete:
        yield page.note("Not all are known: the time was up first.")


def _named(pairs: Pairs) -> str:
    return listing(f"{nation} at {task}" for nation, task in pairs)
