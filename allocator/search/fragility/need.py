"""How many units of a pool a plan can need at once, however many there are.

Where a plan has more, one of them can be left out, all else as it is. What forbids that is what it
needs them for: a line's minimum or its least contribution, that the nation is there at all, a line
that keeps pace with people, or people that shares are taken of. Each says how many it can ask for.
"""

from __future__ import annotations

from fractions import Fraction

from allocator.inputs.problem import Problem, Task

WHOLE = 1000
"""Shares are in thousandths."""


def most_needed(problem: Problem, nation: str, capability: str) -> int | None:
    """Return the most units of the pool that any plan can need in one period; None where lines keep
    pace with the units' own people so fast that no such number is known.

    problem: the model that is asked about, with its tables. nation, capability: the pool.
    """
    people = problem.capabilities[capability].personnel
    others = _people_of_others(problem, nation, capability)
    tasks = [task for task in problem.tasks if capability in task.capabilities]
    needed, pace = Fraction(0), Fraction(0)
    for task, line in ((t, line) for t in tasks for line in t.lines if capability in line.weights):
        needed += line.minimum + line.min_contribution + 1
        if line.one_per is None:
            continue
        per_unit = line.one_per * line.weights[capability]
        own = line.of is None or task.id in line.of
        if per_unit > people or not own:  # Else each unit asks for more than it gives.
            needed += Fraction(others, per_unit) + 1
            pace += Fraction(people, per_unit)
    if pace >= 1:
        return None
    if people:
        needed += sum(Fraction(_for_shares(task, others), people) + 1 for task in tasks)
    return int(needed / (1 - pace)) + 1


def _people_of_others(problem: Problem, nation: str, capability: str) -> int:
    """The most that all other pools come to."""
    return sum(
        max(units) * problem.capabilities[held].personnel
        for (holder, held), units in problem.availability.items()
        if (holder, held) != (nation, capability)
    )


def _for_shares(task: Task, others: int) -> Fraction:
    """People that the task can ask of the pool, so that nobody else's share is too large, or the
    nation's own, as its lead, too small."""
    needed = Fraction(0)
    if task.max_share:
        needed = Fraction(WHOLE * others, task.max_share)
    if task.lead is not None and task.lead.min_share < WHOLE:
        share = task.lead.min_share
        needed = max(needed, Fraction(share * others, WHOLE - share))
    return needed
