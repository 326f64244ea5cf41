"""What a side states, value by value, under keys that two sides share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from allocator.analysis.comparison import cells
from allocator.analysis.comparison.side import Inputs
from allocator.analysis.comparison.values import (
    Committed,
    Counted,
    Held,
    Limit,
    Offered,
    Standing,
    Unit,
    Value,
    Whole,
)
from allocator.inputs.conditions import leaders_in
from allocator.inputs.problem import Problem, Task, World
from allocator.inputs.rests import stated as stated_units
from allocator.inputs.rests import summed
from allocator.inputs.schema import OfferRow, Periods
from allocator.inputs.schema.calendar import Calendar
from allocator.words import listing

Kind = Literal[
    "precondition",
    "availability",
    "commitment",
    "caveat",
    "offer",
    "capability",
    "horizon",
    "count",
    "task",
    "line",
]
KINDS: tuple[Kind, ...] = (
    "precondition",
    "task",
    "line",
    "horizon",
    "count",
    "caveat",
    "offer",
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


Pairs = frozenset[tuple[str, str]]
"""Nations and capabilities."""


@dataclass(frozen=True)
class Somewhere:
    """What stands on one side or the other, and takes the direction from other differences.

    reinforced: tasks that have a reserve. led: whether a condition asks who leads its task.
    rests: the commitments that take the rest of a pool, by pool.
    offered: nations and capabilities of the offers that are valid on a side's day.
    """

    reinforced: frozenset[str] = frozenset()
    led: bool = False
    rests: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    offered: Pairs = frozenset()

    @classmethod
    def of(cls, *problems: Problem) -> Somewhere:
        tasks = [task for problem in problems for task in problem.tasks]
        offers = [offer for problem in problems for offer in problem.offers]
        conditions = [task.requires for task in tasks]
        conditions += [caveat.requires for problem in problems for caveat in problem.caveats]
        conditions += [offer.requires for offer in offers]
        rests: dict[tuple[str, str], frozenset[str]] = {}
        for commitment in (c for problem in problems for c in problem.commitments if c.rest):
            known = rests.get(commitment.pool, frozenset())
            rests[commitment.pool] = known | {commitment.id}
        return cls(
            frozenset(name for task in tasks for name in task.reinforces),
            any(map(leaders_in, conditions)),
            rests,
            frozenset((offer.nation, offer.capability) for offer in offers),
        )


def stated(
    inputs: Inputs,
    world: World,
    horizon: int,
    both: frozenset[str],
    somewhere: Somewhere | None = None,
) -> dict[Key, Value]:
    """Return all that one side states. `horizon` is the longer of both sides' own; `both` are the
    ids of tasks, and `task.line` of lines, that both have; `somewhere` what only one may have.

    inputs: of the side. world: which preconditions hold, and from which period.
    """
    somewhere = somewhere or Somewhere.of(inputs.problem)
    found: dict[Key, Value] = {}
    found.update(_standings(inputs.problem, world))
    calendar = replace(inputs.problem.calendar, horizon=horizon)
    found.update(_rows(inputs, calendar, somewhere))
    found.update(_offers(inputs, calendar))
    rows = {row.task: row for row in inputs.model.tasks}
    for task in inputs.problem.tasks:
        window = tuple(rows[task.id].periods.within(calendar))
        named = replace(task, periods=window)
        found.update(_of_task(named, both, somewhere, calendar))
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
        yield (
            Key("precondition", name),
            Standing(starts.get(name), row.status, implies, problem.calendar),
        )


def _offers(inputs: Inputs, calendar: Calendar) -> Iterator[tuple[Key, Value]]:
    """Those that are valid on the side's day: one that is past it is as good as none."""
    if inputs.problem.on is None:
        return
    yield Key("count", "offers"), Counted(inputs.problem.count)
    for row in valid_offers(inputs):
        units = tuple(stated_units(row, calendar))
        when = frozenset(row.periods.within(calendar))
        tasks, asks = frozenset(row.task), row.requires
        told = Offered(row.nation, row.capability, units, when, tasks, row.status, asks)
        yield Key("offer", row.offer), told


def valid_offers(inputs: Inputs) -> tuple[OfferRow, ...]:
    """The rows of the offers that are valid on the side's day."""
    stale = set(inputs.problem.stale)
    return tuple(row for row in inputs.workspace.offers if row.offer not in stale)


def _rows(inputs: Inputs, calendar: Calendar, somewhere: Somewhere) -> Iterator[tuple[Key, Value]]:
    workspace = inputs.workspace
    yield from _availability(inputs, calendar, somewhere)
    for row in workspace.commitments:
        units = _units(row.quantity, row.periods, calendar)
        pair, release = (row.nation, row.capability), row.release_requires
        yield (
            Key("commitment", row.commitment),
            Committed(*pair, units, row.rotating, release, calendar, pair in somewhere.rests),
        )
    for caveat in workspace.caveats:
        columns = ("task", "axis", "area", "domain", "capability")
        scope = tuple((column, frozenset(getattr(caveat, column))) for column in columns)
        when = frozenset(caveat.periods.within(calendar))
        yield (
            Key("caveat", caveat.caveat),
            Limit(caveat.nation, scope, when, caveat.requires, caveat.max_personnel, calendar),
        )
    for unit in workspace.capabilities:
        yield (
            Key("capability", unit.capability),
            Unit(
                unit.personnel,
                unit.rotation,
                unit.domain,
                any(capability == unit.capability for _, capability in somewhere.offered),
            ),
        )
    yield Key("horizon", "model"), cells.of_horizon(inputs.problem.horizon)


def _availability(
    inputs: Inputs, calendar: Calendar, somewhere: Somewhere
) -> Iterator[tuple[Key, Value]]:
    named: dict[tuple[str, str], set[int]] = {}
    for row in inputs.workspace.availability:
        pair = (row.nation, row.capability)
        if pair in somewhere.offered:
            named.setdefault(pair, set()).update(row.periods.within(calendar))
    for pair, units in summed(inputs.workspace.availability, calendar).items():
        periods = frozenset(named[pair]) if pair in named else None
        taken_twice = len(somewhere.rests.get(pair, ())) > 1
        yield Key("availability", " ".join(pair)), Held(units, calendar, periods, taken_twice)


def _units(quantity: int | str, when: Periods, calendar: Calendar) -> tuple[int | str, ...]:
    inside = set(when.within(calendar))
    return tuple(quantity if period in inside else 0 for period in range(1, calendar.horizon + 1))


def _of_task(
    task: Task, both: frozenset[str], somewhere: Somewhere, calendar: Calendar
) -> Iterator[tuple[Key, Value]]:
    if task.id not in both:
        lines = listing(line.id for line in task.lines)
        reinforced = task.id in somewhere.reinforced
        yield Key("task", task.id), Whole("task", f"{task.title}: {lines}", reinforced)
        return
    for cell in cells.of_task(task, calendar, led=somewhere.led):
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
