"""What a review of a given plan says, in sentences that terminal and page share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from allocator.report.sentences import names
from allocator.results.result import Lift
from allocator.results.review import Breach, Review, Shortage
from allocator.words import count, listing

_FIGURES = re.compile(r"\d[\d,-]*")

SETS = 10
"""Sets of what is assumed, or to be lifted, that are told; the tables have them all."""


def summary(found: Review) -> str:
    """A sentence on whether the plan holds."""
    rows = count(len(found.given.rows), "row")
    tasks = count(len(found.given.tasks), "task")
    if found.valid:
        more = ", if more is released than is planned" if found.uncovered else ""
        return f"Every rule holds{more}: {rows}, {tasks}."
    rules = listing(dict.fromkeys(breach.rule for breach in found.breaches))
    number = len(found.broken_rules)
    concerned = f"{count(number, 'row')} {'stands' if number == 1 else 'stand'}"
    broken = count(len(found.breaches), "place")
    return f"Of {rows} for {tasks}, {concerned} where a rule breaks: {rules}, in {broken}."


@dataclass(frozen=True, slots=True)
class Broken:
    """What breaks a rule at one place, in one period or likewise in several. rows: places of the
    plan's rows that are concerned. because: rows of the tables behind it."""

    text: str
    rows: tuple[str, ...]
    because: tuple[str, ...]


def by_rule(found: Review) -> Iterator[tuple[str, list[Broken]]]:
    """The rule by number and in words, with what breaks it."""
    for rule, breaches in groupby(found.breaches, lambda breach: breach.rule):
        alike: dict[object, list[Breach]] = {}
        for breach in breaches:
            place = tuple((name, at) for name, at in breach.place.items() if name != "period")
            kind = place, _FIGURES.sub("", breach.text), breach.reasons
            alike.setdefault(kind, []).append(breach)
        several = [*alike.values()]
        yield f"{rule} {several[0][0].words}", [_broken(found, one) for one in several]


def _broken(found: Review, alike: list[Breach]) -> Broken:
    """Breaches that differ in period and amount alone."""
    first, *others = alike
    when = sorted({int(breach.place["period"]) for breach in others})
    numbers = dict.fromkeys(number for breach in alike for number in breach.rows)
    return Broken(
        f"{first.text}; likewise in {found.calendar.phrase(when)}" if when else first.text,
        tuple(found.given.rows[number].place.line for number in numbers),
        tuple(f"{r.kind} {r.id} ({r.place}): {r.says}" for r in first.reasons),
    )


def assumed(found: Review) -> str:
    """What, met on top of the world, would make it pass as it is."""
    if found.assumes:
        name = names.of_preconditions(found.problem)
        ways = [listing(map(name, one)) for one in found.assumes[:SETS]]
        more = f"; and {len(found.assumes) - SETS} more" if len(found.assumes) > SETS else ""
        whole = "" if found.assumes_complete else "; there may be others"
        return f"It would pass as it is with {'; or with '.join(ways)}{more}{whole}."
    if found.assumes_complete:
        return "No open preconditions make it pass as it is."
    return "Not known: the time was up first."


def lifted(found: Review) -> list[str]:
    """The sets of rows whose lifting would do, with every open precondition met."""
    ways = [_lift(one) for one in found.lifts[:SETS]]
    more = [f"and {len(found.lifts) - SETS} more"] if len(found.lifts) > SETS else []
    whole = [] if found.lifts_complete or not ways else ["there may be others"]
    return [*ways, *more, *whole]


def _lift(lift: Lift) -> str:
    caveats = [f"caveat {name}" for name in lift.caveats]
    return listing([*caveats, *(f"commitment {name}" for name in lift.commitments)])


def lacking(found: Review) -> list[Shortage]:
    """Lines below what they need; those that lack a target alone are no lack."""
    return [one for one in found.shortages if one.filled < one.needed]


def released(found: Review) -> str:
    """The releases that its units need; blank where they need none."""
    needed = found.allocation.released
    if not needed:
        return ""
    of = listing(dict.fromkeys(name for name, _ in needed))
    return f"{count(sum(needed.values()), 'unit')} (summed over periods) of {of}"


def planned_releases(found: Review) -> list[str]:
    """How far the releases that were planned do; nothing where none were."""
    if found.given.releases is None:
        return []
    units, least = (
        sum(one.values()) for one in (found.given.releases.units, found.allocation.released)
    )
    told = [
        f"Planned: {count(units, 'unit')}, summed over periods; the fewest that help: {least:,}."
    ]
    if found.uncovered:
        told += [f"Too few with these alone: {breach.text}." for breach in found.uncovered[:SETS]]
        if (more := len(found.uncovered) - SETS) > 0:
            told.append(f"And {count(more, 'further place')} in uncovered.csv.")
    elif not any(breach.rule == "R3" for breach in found.breaches):
        told.append("They are enough.")
    return told
