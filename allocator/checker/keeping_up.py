"""Whether a plan can be repeated for ever: it is unrolled, and every rule is asked of it."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checker.rules import violations
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.prolonged import prolonged
from allocator.results.result import Allocation

MOST_UNROLLED = 400
"""Periods that are looked at; a longer one is refused."""


def repeating_faults(
    problem: Problem, world: World, allocation: Allocation, first: int, length: int
) -> Iterator[str]:
    """Yield what keeps the plan from going on for ever with its periods from `first` on, so many
    (`length`), repeated again and again.

    A window of R3 is no longer than the longest rotation: once the repetition has gone on for that
    long, every later window is like an earlier one. Nothing else looks at more than one period, but
    rules that ask for the same in all.

    problem: the model as it is stated, with its tables. world: which preconditions hold.
    allocation: units and releases until the end of the first repetition.
    """
    if length < 1 or first <= problem.horizon:
        yield "what repeats does not begin after the horizon"
        return
    longest = max(c.rotation for c in problem.capabilities.values())
    until = first + 2 * length + longest
    if until > MOST_UNROLLED:
        yield f"{until} periods are too many to be looked at"
        return
    units = dict(allocation.units)
    released = dict(allocation.released)
    for (*cell, period), number in allocation.units.items():
        nation, task, line, capability = cell
        if period >= first:
            for later in range(period + length, until + 1, length):
                units[nation, task, line, capability, later] = number
    for (name, period), number in allocation.released.items():
        if period >= first:
            released |= {(name, q): number for q in range(period + length, until + 1, length)}
    unrolled = Allocation(allocation.staffed, units, released)
    for violation in violations(prolonged(problem, until), world, unrolled):
        yield f"repeated, the plan breaks {violation.rule}: {violation.message}"
