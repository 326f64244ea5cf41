"""Whether a plan can be repeated for ever: it is unrolled, and every rule is asked of it."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.checker.rules import violations
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.prolonged import prolonged
from allocator.results.endurance import HowLong
from allocator.results.result import Allocation, allocation_of

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


def how_long_faults(problem: Problem, world: World, said: HowLong) -> Iterator[str]:
    """Yield what is wrong with how long some tasks are said to be kept up, as far as a plan shows.

    problem: the model as it is stated, with its tables. world: which preconditions hold.
    """
    going_on = any(problem.horizon in problem.task(task).periods for task in said.tasks)
    if said.ended == going_on:
        yield f"it is said {'' if said.ended else 'not '}to end with the model's periods"
    if said.for_ever != (said.repeats is not None):
        yield "for ever is said where nothing repeats, or the other way round"
    yield from _number_faults(problem.horizon, said)
    if said.plan is None:
        if said.periods or said.for_ever:
            yield "there is no plan that shows it"
        return
    plan = allocation_of(said.plan.staffed, said.plan.allocation, said.plan.released)
    if not set(said.tasks) <= plan.staffed:
        yield "the plan does not staff all of the tasks"
    if said.repeats is not None:
        yield from repeating_faults(problem, world, plan, *said.repeats)
    elif said.periods is not None:
        longer = prolonged(problem, min(max(said.periods, problem.horizon), MOST_UNROLLED))
        for violation in violations(longer, world, plan):
            yield f"the plan breaks {violation.rule}: {violation.message}"


def _number_faults(horizon: int, said: HowLong) -> Iterator[str]:
    """What is wrong with the numbers of periods by themselves."""
    for number in (said.periods, said.impossible):
        if number is not None and not horizon <= number <= MOST_UNROLLED:
            yield f"{number} periods are fewer than the model has, or too many to be looked at"
    if said.impossible is not None and (said.for_ever or said.impossible <= (said.periods or 0)):
        yield f"{said.impossible} periods are said to be impossible, and a plan has as many"
    next_one = said.periods is not None and said.impossible == said.periods + 1
    if (said.proved_by is not None) != next_one:
        yield "no longer is said to be proved where the next number is open, or the other way round"
