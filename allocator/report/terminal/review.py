"""A review of a given plan as a page on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, RenderableType

from allocator.report.terminal import console as page
from allocator.results.result import Lift
from allocator.results.review import Breach, Review
from allocator.words import count, listing, some

SHOWN = 30
"""Violations that are listed; the kept tables and `--json` have them all."""

ROWS = 4
"""Rows of the plan that are named with a violation."""

SETS = 10
"""Sets of what is assumed, or to be lifted, that are listed."""


def show(found: Review, console: Console) -> None:
    """Whether the plan holds, what breaks, and what it would take."""
    console.print(page.plain(f"{found.given.file} in {found.world.name} ({found.model})"))
    console.print(page.plain(summary(found)))
    for rule, breaches in groupby(found.breaches[:SHOWN], lambda breach: breach.rule):
        listed = [page.pairs(_lines(found, breach)) for breach in breaches]
        console.print(page.titled(f"{rule} {rule_words(found, rule)}", *listed))
    if len(found.breaches) > SHOWN:
        console.print(page.note(f"and {len(found.breaches) - SHOWN} more"))
    for block in _blocks(found):
        console.print(block)


def summary(found: Review) -> str:
    """A sentence on whether the plan holds."""
    rows = count(len(found.given.rows), "row")
    tasks = count(len(found.given.tasks), "task")
    if found.valid:
        return f"Every rule holds: {rows}, {tasks}."
    rules = listing(dict.fromkeys(breach.rule for breach in found.breaches))
    concerned = count(len(found.broken_rules), "row")
    broken = count(len(found.breaches), "place")
    return f"Of {rows} for {tasks}, {concerned} stand where a rule breaks: {rules}, in {broken}."


def rule_words(found: Review, rule: str) -> str:
    """The rule's sentence, as one that breaks has it."""
    return next(breach.words for breach in found.breaches if breach.rule == rule)


def _lines(found: Review, breach: Breach) -> page.Pairs:
    rows = [found.given.rows[number].place.line for number in breach.rows]
    said = [("breaks", breach.text)]
    said += [("", f"rows {some(rows, ROWS)}")] if rows else []
    return [*said, *(("", f"{r.kind} {r.id} ({r.place}): {r.says}") for r in breach.reasons)]


def _blocks(found: Review) -> Iterator[RenderableType]:
    if not found.valid:
        yield page.titled("What it assumes", page.note(_assumed(found)))
    if found.lifts:
        ways = [f"{_lift(one)}" for one in found.lifts[:SETS]]
        more = [f"and {len(found.lifts) - SETS} more"] if len(found.lifts) > SETS else []
        yield page.titled(
            "What would have to be lifted, with every open precondition met",
            *(page.note(way) for way in (*ways, *more)),
        )
    lacking = [s for s in found.shortages if s.filled < s.needed]
    if lacking:
        named = found.calendar.named
        rows = [
            (s.task, s.line, named(s.period), f"{s.needed:,}", f"{s.filled:,}") for s in lacking
        ]
        header = ("task", "line", "period", "needed", "filled")
        yield page.titled("How short its tasks are", page.ruled(header, rows[:SHOWN],
                          right="period,needed,filled"))  # fmt: skip
    if found.allocation.released:
        units = sum(found.allocation.released.values())
        names = listing(dict.fromkeys(name for name, _ in found.allocation.released))
        text = f"{count(units, 'unit')} (summed over periods) of {names}"
        yield page.titled("Releases that it needs", page.note(text))


def _assumed(found: Review) -> str:
    if found.assumes:
        ways = [listing(one) for one in found.assumes[:SETS]]
        more = f"; and {len(found.assumes) - SETS} more" if len(found.assumes) > SETS else ""
        whole = "" if found.assumes_complete else "; there may be others"
        return f"It would pass as it is with {'; or with '.join(ways)}{more}{whole}."
    if found.assumes_complete:
        return "No open preconditions make it pass as it is."
    return "Not known: the time was up first."


def _lift(lift: Lift) -> str:
    caveats = [f"caveat {name}" for name in lift.caveats]
    return listing([*caveats, *(f"commitment {name}" for name in lift.commitments)])
