"""How long tasks can be kept up: for ever, by a plan that repeats with the rotation, or for so many
periods, the next one being proved impossible.

After the horizon every period is as the last one. A plan that repeats is searched with its last
copy, as long as the longest rotation, tied to the one before: every window of R3 is seen once then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from math import lcm

from allocator.checker import violations
from allocator.checker.keeping_up import repeating_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.prolonged import prolonged
from allocator.model import build
from allocator.model.scope import Scope
from allocator.model.variables import Variables
from allocator.results.certificate import Witness
from allocator.results.endurance import HowLong
from allocator.results.result import Allocation
from allocator.search.minimal_sets.families import Answer

LONGEST_CYCLE = 12
"""Periods of a repetition that is looked for."""

MORE_PERIODS = 24
"""Beyond the horizon so many periods are asked at most."""

CYCLE_SHARE = 0.6
"""Of the time, for a plan that repeats."""


@dataclass(frozen=True)
class _Asked:
    """Tasks that are to be staffed throughout. may: those that may be staffed beside them."""

    problem: Problem
    world: World
    tasks: tuple[str, ...]
    may: frozenset[str]
    settings: Settings

    def scope(self) -> Scope:
        return Scope(self.world, self.may, frozenset(self.tasks))


def how_long(
    problem: Problem,
    world: World,
    tasks: Collection[str],
    settings: Settings,
    deadline: Deadline,
) -> HowLong:
    """Return how long these tasks can be staffed together, their companions beside them.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. settings: of the engines, such as their seed. deadline: when to end at the
    latest.
    """
    asked = _asked(problem, world, tasks, settings)
    going_on = any(problem.horizon in problem.task(task).periods for task in tasks)
    if not going_on:
        return HowLong(asked.tasks, None, None, None, False, ended=True)
    with suppress(TimeUpError):
        found = _repeating(asked, deadline.part(CYCLE_SHARE))
        if found is not None:
            return found
    return _counted(asked, deadline)


def can_last(
    problem: Problem, world: World, tasks: Collection[str], periods: int, deadline: Deadline
) -> Answer:
    """Return whether the tasks can be kept up for so many periods; a no is two engines'.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. deadline: when to end at the latest.
    """
    return _asker(_asked(problem, world, tasks, Settings()), deadline)(periods)[0]


def _asked(problem: Problem, world: World, tasks: Collection[str], settings: Settings) -> _Asked:
    named = tuple(sorted(tasks))
    may = frozenset(named).union(*(problem.companions(task) for task in named))
    return _Asked(problem, world, named, may, settings)


def _repeating(asked: _Asked, deadline: Deadline) -> HowLong | None:
    """A plan that goes on for ever, in repetitions of one rotation of all that it may use."""
    problem = asked.problem
    used = {c for task in asked.may for c in problem.task(task).capabilities}
    rotations = [problem.capabilities[c].rotation for c in used] or [1]
    longest, length = max(rotations), lcm(*rotations)
    if length > LONGEST_CYCLE:
        return None
    first = problem.horizon + longest
    end = first + length - 1
    variables = build(prolonged(problem, end + longest - 1), asked.scope(), deadline.check)
    _tie(variables, end, length)
    outcome = Portfolio(variables.program, asked.settings).feasible(deadline)
    if outcome.values is None:
        return None
    allocation = _until(variables.allocation(outcome.values), end)
    faults = list(repeating_faults(problem, asked.world, allocation, first, length))
    for fault in faults:
        deadline.report(f"how long: {fault}")
    if faults:
        return None
    witness = Witness.of(allocation)
    return HowLong(asked.tasks, None, None, None, True, (first, length), witness)


def _tie(variables: Variables, end: int, length: int) -> None:
    """What is sent after the end is what was sent one repetition before; all is released that may
    be, as it is in every later period alike."""
    at = {sent.key: sent.variable for sent in variables.sent}
    program = variables.program
    for (*cell, period), variable in at.items():
        if period > end:
            nation, task, line, capability = cell
            before = at.get((nation, task, line, capability, period - length))
            terms = [(1, variable)] if before is None else [(1, variable), (-1, before)]
            program.between(terms, 0, 0)
    for _, released in variables.released.items():
        program.set_bounds(released, program.high[released], program.high[released])


def _until(allocation: Allocation, end: int) -> Allocation:
    units = {k: n for k, n in allocation.units.items() if k[4] <= end}
    released = {k: n for k, n in allocation.released.items() if k[1] <= end}
    return Allocation(allocation.staffed, units, released)


def _counted(asked: _Asked, deadline: Deadline) -> HowLong:
    """The number of periods with a plan, and the next one without."""
    lasts, fails = 0, asked.problem.horizon + MORE_PERIODS + 1
    refuted = False
    witness: Allocation | None = None
    ask = _asker(asked, deadline)
    trying = asked.problem.horizon
    while lasts + 1 < fails and not deadline.expired:
        answer, plan = ask(trying)
        if answer is Answer.YES:
            lasts, witness = trying, plan
        elif answer is Answer.NO and trying > asked.problem.horizon:
            fails, refuted = trying, True
        else:
            break
        step = max(1, lasts - asked.problem.horizon + 1)
        trying = (lasts + fails) // 2 if refuted else min(fails - 1, lasts + step)
        if trying <= lasts:
            break
    shown = refuted and fails == lasts + 1
    return HowLong(
        asked.tasks,
        lasts or None,
        fails if refuted and lasts else None,
        "two engines" if shown else None,
        False,
        plan=None if witness is None else Witness.of(witness),
    )


def _asker(asked: _Asked, deadline: Deadline) -> Callable[[int], tuple[Answer, Allocation | None]]:
    """Whether there is a plan of so many periods: a yes passes the checker, a no is two
    engines'."""

    def ask(periods: int) -> tuple[Answer, Allocation | None]:
        longer = prolonged(asked.problem, periods)
        part = deadline.part(0.5)
        try:
            variables = build(longer, asked.scope(), part.check)
        except TimeUpError:
            return Answer.UNKNOWN, None
        engines = Portfolio(variables.program, asked.settings)
        outcome = engines.feasible(part)
        if outcome.values is not None:
            plan = variables.allocation(outcome.values)
            faults = violations(longer, asked.world, plan)
            for fault in faults:
                deadline.report(f"how long: {fault.message}")
            return (Answer.UNKNOWN, None) if faults else (Answer.YES, plan)
        sure = outcome.status == "infeasible" and engines.second_opinion(outcome, part) == "no"
        return (Answer.NO if sure else Answer.UNKNOWN), None

    return ask
