"""What a side states, value by value, under keys that two sides share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from allocator.analysis.comparison import cells
from allocator.analysis.comparison.side import Inputs
from allocator.analysis.comparison.values import (
    Committed,
    Held,
    Limit,
    Standing,
    Unit,
    Value,
    Whole,
)
from allocator.inputs.conditions import leaders_in
from allocator.inputs.problem import Problem, Task, World
from allocator.inputs.schema import Periods
from allocator.inputs.schema.calendar import Calendar
from allocator.words import listing

Kind = Literal[
    "precondition", "availability", "commitment", "caveat", "capability", "horizon", "task", "line"
]
KINDS: tuple[Kind, ...] = (
    "precondition",
    "task",
    "line",
    "horizon",
    "caveat",
    "commitment",
    "availability",
    "capability",
)
"""In the order in which planners ask for them."""


class Key(NamedTuple):
    """What a value is about: `id` is that of its row (`NATION capability` of availability,
    `task.line` of a line); `column` is blank where the whole row is one value."""

    kind: Kind
    id: str
    column: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        return KINDS.index(self.kind), self.id, self.column


@dataclass(frozen=True)
class Somewhere:
    """What stands on one side or the other, and takes the direction from other differences.

    reinforced: tasks that have a reserve. led: whether a condition asks who leads its task.
    """

    reinforced: frozenset[str] = frozenset()
    led: bool = False

    @classmethod
    def of(cls, *problems: Problem) -> Somewhere:
        tasks = [task for problem in problems for task in problem.tasks]
        conditions = [task.requires for task in tasks]
        conditions += [caveat.requires for problem in problems for caveat in problem.caveats]
        return cls(
            frozenset(name for task in tasks for name in task.reinforces),
            any(map(leaders_in, conditions)),
        )


def stated(
    inputs: Inputs,
    world: World,
    horizon: int,
    both: frozenset[str],
    somewhere: Somewhere | None = None,
) -> dict[Key, Value]:
    """All that one side states. `horizon` is the longer of both sides' own; `both` are the ids of
    tasks, and `task.line` of lines, that both have; `somewhere` what only one may have."""
    somewhere = somewhere or Somewhere.of(inputs.problem)
    found: dict[Key, Value] = {}
    found.update(_standings(inputs.problem, world))
    calendar = replace(inputs.problem.calendar, horizon=horizon)
    found.update(_rows(inputs, calendar))
    rows = {row.task: row for row in inputs.model.tasks}
    for task in inputs.problem.tasks:
        window = tuple(rows[task.id].periods.within(calendar))
        found.update(_of_task(replace(task, periods=window), both, somewhere))
    return found


def names_in(problem: Problem) -> frozenset[str]:
    """The tasks, and the lines as `task.line`."""
    lines = {f"{task.id}.{line.id}" for task in problem.tasks for line in task.lines}
    return frozenset({task.id for task in problem.tasks} | lines)


def brought_about(problem: Problem, world: World) -> dict[str, int]:
    """The world without what holds only because something else does."""
    kept = dict(world.starts)
    for name, start in world.starts.items():
        others = (o for o, begun in kept.items() if o != name and begun <= start)
        met = problem.preconditions[name].status == "met"
        if not met and any(name in problem.implied_by(other) for other in others):
            del kept[name]
    return kept


def _standings(problem: Problem, world: World) -> Iterator[tuple[Key, Value]]:
    starts = brought_about(problem, world)
    for name, row in problem.preconditions.items():
        implies = problem.implied_by(name) - {name}
        yield Key("precondition", name), Standing(starts.get(name), row.status, implies)


def _rows(inputs: Inputs, calendar: Calendar) -> Iterator[tuple[Key, Value]]:
    workspace = inputs.workspace
    yield from _availability(inputs, calendar)
    for row in workspace.commitments:
        units = _units(row.quantity, row.periods, calendar)
        yield (
            Key("commitment", row.commitment),
            Committed(row.nation, row.capability, units, row.rotating, row.release_requires),
        )
    for caveat in workspace.caveats:
        columns = ("task", "axis", "area", "domain", "capability")
        scope = tuple((column, frozenset(getattr(caveat, column))) for column in columns)
        when = frozenset(caveat.periods.within(calendar))
        yield (
            Key("caveat", caveat.caveat),
            Limit(caveat.nation, scope, when, caveat.requires, caveat.max_personnel),
        )
    for unit in workspace.capabilities:
        yield (
            Key("capability", unit.capability),
            Unit(unit.personnel, unit.rotation, unit.domain),
        )
    yield Key("horizon", "model"), cells.of_horizon(inputs.problem.horizon)


def _availability(inputs: Inputs, calendar: Calendar) -> Iterator[tuple[Key, Value]]:
    totals: dict[str, tuple[int, ...]] = {}
    for row in inputs.workspace.availability:
        pair = f"{row.nation} {row.capability}"
        units = _units(row.quantity, row.periods, calendar)
        totals[pair] = tuple(
            map(sum, zip(units, totals.get(pair, (0,) * calendar.horizon), strict=True))
        )
    for pair, units in totals.items():
        yield Key("availability", pair), Held(units)


def _units(quantity: int, when: Periods, calendar: Calendar) -> tuple[int, ...]:
    inside = set(when.within(calendar))
    return tuple(quantity if period in inside else 0 for period in range(1, calendar.horizon + 1))


def _of_task(task: Task, both: frozenset[str], somewhere: Somewhere) -> Iterator[tuple[Key, Value]]:
    if task.id not in both:
        lines = listing(line.id for line in task.lines)
        reinforced = task.id in somewhere.reinforced
        yield Key("task", task.id), Whole("task", f"{task.title}: {lines}", reinforced)
        return
    for cell in cells.of_task(task, led=somewhere.led):
        yield Key("task", task.id, cell.column), cell
    for line in task.lines:
        name = f"{task.id}.{line.id}"
        found = {cell.column: cell for cell in cells.of_line(task, line)}
        if name in both:
            yield from ((Key("line", name, column), cell) for column, cell in found.items())
        else:
            needs = found["minimum"] if line.minimum else found["one_per"]
            yield Key("line", name), Whole("line", f"{needs.text} {found['any_of'].text}")


def changed(a: Mapping[Key, Value], b: Mapping[Key, Value]) -> list[Key]:
    """The keys whose values differ, in reading order."""
    keys = {key for key in (*a, *b) if a.get(key) != b.get(key)}
    return sorted(keys, key=lambda key: key.order)
