"""What a sweep came to, in words."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.results.sweep import Share, SweepFound
from allocator.words import count

FAULTS = 3
"""Faults that are named."""


def overview(found: SweepFound) -> Iterator[str]:
    """How many cases there are, and in which state."""
    states = found.states
    told = [f"{count(len(found.cases), 'case')}, {states['decided']:,} decided"]
    if states["open"]:
        told.append(f"{states['open']:,} left open within the time limit of a case")
    if states["fault"]:
        told.append(f"{states['fault']:,} at fault")
    if states["waiting"]:
        told.append(f"{states['waiting']:,} not asked yet")
    yield f"{', '.join(told)}."
    if found.before:
        yield f"{count(found.before, 'case')} of them stood in the journal already."


def faults(found: SweepFound) -> Iterator[str]:
    """The kinds of faults, the most frequent first, each with how many cases have it."""
    kinds: dict[str, list[int]] = {}
    for case, record in found.cases:
        if record is not None and record.fault is not None:
            kinds.setdefault(record.fault, []).append(case.number)
    for fault, numbers in sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[1])):
        yield f"{count(len(numbers), 'case')}, the first is {numbers[0]:,}: {fault}"


def ready(one: Share) -> str:
    """The share of cases in which a task is ready; what was not decided counts as either."""
    low, unknown = one.verdicts["ready"], one.verdicts["unknown"]
    ends = dict.fromkeys(percent(part, one.cases) for part in (low, low + unknown))
    return " to ".join(ends)


def percent(part: int, whole: int) -> str:
    """`0 %` and `100 %` are said of none and of all alone."""
    if part in (0, whole):
        return "0 %" if part == 0 else "100 %"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f} %"
