"""Values of a program to start from that lie near a given plan.

What breaks a rule is freed in growing neighbourhoods while all else stays as planned: first the
lines where something breaks, then their tasks, then everything (in the manner of large
neighbourhood search, Shaw 1998). Nothing is proved here but that there are no values at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from allocator.checker.fixed_plan import FixedPlan
from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.inputs.given import GivenPlan
from allocator.inputs.given.plan import Key
from allocator.model.objectives import Objective
from allocator.model.variables import Assignment, Variables

EFFORT = 0.5
"""Deterministic time, about seconds, of each neighbourhood."""

SHARE = 0.3
"""Of what is left of the time, for each."""

Line = tuple[str, str]
"""task, line"""


@dataclass(frozen=True)
class Start:
    """values: that keep every row, None where none were found. refuted: two engines say that there
    are none."""

    values: Sequence[int] | None
    refuted: bool = False


def start_near(
    v: Variables, given: GivenPlan, cost: Objective, settings: Settings, deadline: Deadline
) -> Start:
    """Return values as near to the plan as can be had quickly. cost: what they are steered by.

    v: of the program. given: the plan that somebody drew, row by row. settings: of the engines,
    such as their seed. deadline: when to end at the latest.
    """
    engine = CpSat(v.program, replace(settings, light=True, effort=EFFORT))
    hint = _hint(v, given)
    for fixed in _neighbourhoods(v, given):
        found = engine.ask(deadline.part(SHARE), fixed, cost, hint)
        if found.values is not None:
            values = v.measured(found.values)
            if v.program.holds(values):
                return Start(values)
    if deadline.expired:
        return Start(None)  # Doing nothing would pass for a plan that was looked for.
    nothing = v.nothing()
    if v.program.holds(nothing):
        return Start(nothing)
    engines = Portfolio(v.program, settings)
    first = engines.feasible(deadline)
    if first.values is not None:
        return Start(v.measured(first.values))
    refuted = first.status == "infeasible" and engines.second_opinion(first, deadline) == "no"
    return Start(None, refuted)


def _hint(v: Variables, given: GivenPlan) -> Sequence[int]:
    """What is planned, whether it holds or not; within the bounds."""
    values = list(v.program.low)
    for sent in v.sent:
        values[sent.variable] = _planned(v, given, sent)
    for task, variable in v.staffed.items():
        values[variable] = min(v.program.high[variable], int(task in given.tasks))
    for pair, variable in v.contributes.items():
        values[variable] = int(pair in given.pairs)
    return v.measured(values)


def _neighbourhoods(v: Variables, given: GivenPlan) -> Iterator[dict[int, int]]:
    """What is fixed: all cells as planned, then fewer and fewer of them."""
    lines = _broken_lines(v, given)
    yield _fixed(v, given, lambda sent: (sent.task, sent.line) in lines)
    tasks = {task for task, _ in lines}
    yield _fixed(v, given, lambda sent: sent.task in tasks)


def _fixed(v: Variables, given: GivenPlan, free: Callable[[Assignment], bool]) -> dict[int, int]:
    """The cells that are not free, each at what is planned or next to it; tasks in which nothing
    is free are staffed as planned."""
    fixed: dict[int, int] = {}
    moving: set[str] = set()
    for sent in v.sent:
        if free(sent):
            moving.add(sent.task)
        else:
            fixed[sent.variable] = _planned(v, given, sent)
    for task, variable in v.staffed.items():
        low, high = v.program.low[variable], v.program.high[variable]
        if task not in moving and low < high:
            fixed[variable] = int(task in given.tasks)
    return fixed


def _planned(v: Variables, given: GivenPlan, sent: Assignment) -> int:
    low, high = v.program.low[sent.variable], v.program.high[sent.variable]
    return max(low, min(high, given.units.get(sent.key, 0)))


def _broken_lines(v: Variables, given: GivenPlan) -> set[Line]:
    """The lines of the plan where a rule breaks, or where units cannot be as planned: those that a
    violation names, all of a task that it names alone, and those that draw on a pool of which R3
    breaks, or of which the planned units are out of bounds."""
    violations = FixedPlan(v.problem, v.scope.world, given.tasks, given.units).violations
    found: set[Line] = set()
    pools: set[tuple[str, str]] = set()
    for violation in violations:
        at = violation.places
        if "line" in at:
            found.add((str(at["task"]), str(at["line"])))
        elif "task" in at:
            found |= {(str(at["task"]), line.id) for line in v.problem.task(str(at["task"])).lines}
        elif "capability" in at:
            pools.add((str(at["nation"]), str(at["capability"])))
    high = {sent.key: v.program.high[sent.variable] for sent in v.sent}
    pools |= {(key[0], key[3]) for key, n in given.units.items() if n > high.get(key, 0)}
    return found | {_line(key) for key in given.units if (key[0], key[3]) in pools}


def _line(key: Key) -> Line:
    return key[1], key[2]
