"""The problem: one operation model and the world it stands in, indexed, in whole numbers.

The only thing that the CP-SAT model and the checker read. It is data and look-ups; everything is
sorted by id, so that the order of rows in the tables changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from allocator.conditions import Condition, tasks_in

if TYPE_CHECKING:
    from allocator.schema import model as rows
    from allocator.workspace import Workspace

OBJECTIVES = (
    "staff_tasks",
    "meet_targets",
    "protect_commitments",
    "economy",
    "fewer_contingents",
    "share_burden",
)


@dataclass(frozen=True, slots=True)
class Capability:
    """`personnel` people per unit; a unit serves one period in `rotation`."""

    id: str
    name: str
    domain: str
    unit: str
    personnel: int
    rotation: int


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement line. `weights`: what one unit of a capability counts for, in the units of
    `minimum` and `target`. A scaled line has `one_per` (people per unit filled) and, where it
    scales with other tasks than its own, `of`."""

    id: str
    weights: Mapping[str, int]
    minimum: int
    target: int
    one_per: int | None
    of: tuple[str, ...] | None
    min_contribution: int

    @property
    def scaled(self) -> bool:
        return self.one_per is not None


@dataclass(frozen=True, slots=True)
class Lead:
    """The framework nation: one of `any_of` (None: any nation), or each of `all_of`.
    `min_share` in thousandths of the task's personnel."""

    any_of: tuple[str, ...] | None
    all_of: tuple[str, ...] | None
    provides: str | None
    min_share: int


@dataclass(frozen=True, slots=True)
class Task:
    """`max_share` in thousandths of the task's personnel; `periods` ascending."""

    id: str
    title: str
    axis: str
    area: str
    priority: int
    requires: Condition
    periods: tuple[int, ...]
    min_nations: int
    max_nations: int | None
    max_share: int | None
    lead: Lead | None
    lines: tuple[Line, ...]
    place: str = field(default="", compare=False)

    def line(self, line_id: str) -> Line:
        return next(line for line in self.lines if line.id == line_id)

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset(c for line in self.lines for c in line.weights)


@dataclass(frozen=True, slots=True)
class Commitment:
    """`quantity[p - 1]` units in period p; `release_risk` per unit and period."""

    id: str
    nation: str
    capability: str
    quantity: tuple[int, ...]
    rotating: bool
    release_requires: Condition
    release_risk: int
    to: str = field(default="", compare=False)
    purpose: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    basis: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Caveat:
    """A nation's limit. `capabilities` is already resolved from domain and capability, `tasks`
    from task, axis and area. `max_personnel` None: nothing at all."""

    id: str
    nation: str
    tasks: frozenset[str]
    capabilities: frozenset[str]
    periods: frozenset[int]
    requires: Condition
    max_personnel: int | None
    note: str = field(default="", compare=False)
    basis: str = field(default="", compare=False)
    source: str = field(default="", compare=False)
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Precondition:
    id: str
    name: str
    kind: str
    status: str
    holder: str
    implies: tuple[str, ...]
    effort: int
    likelihood: float | None
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class World:
    """Which preconditions hold, and from which period; closed under implication."""

    name: str
    starts: Mapping[str, int]

    def holding(self, period: int) -> frozenset[str]:
        return frozenset(name for name, start in self.starts.items() if start <= period)


@dataclass(frozen=True)
class Problem:
    """One operation model with the tables it uses. Periods are 1…`horizon`."""

    model: str
    title: str
    horizon: int
    months_per_period: int
    objectives: tuple[str, ...]
    nations: tuple[str, ...]
    names: Mapping[str, str]
    active_personnel: Mapping[str, int]
    capabilities: Mapping[str, Capability]
    availability: Mapping[tuple[str, str], tuple[int, ...]]
    commitments: tuple[Commitment, ...]
    caveats: tuple[Caveat, ...]
    tasks: tuple[Task, ...]
    preconditions: Mapping[str, Precondition]
    worlds: Mapping[str, Mapping[str, int]]
    basis: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False)
    """By nation and capability: how far the rows that its availability adds up from can be
    trusted."""

    @property
    def periods(self) -> range:
        return range(1, self.horizon + 1)

    def task(self, task_id: str) -> Task:
        return self._task_by_id[task_id]

    def has_task(self, task_id: str) -> bool:
        return task_id in self._task_by_id

    def available(self, nation: str, capability: str, period: int) -> int:
        return self.availability.get((nation, capability), self._nothing)[period - 1]

    def commitment(self, commitment_id: str) -> Commitment:
        return self._commitment_by_id[commitment_id]

    def caveat(self, caveat_id: str) -> Caveat:
        return self._caveat_by_id[caveat_id]

    def commitments_of(self, nation: str, capability: str) -> tuple[Commitment, ...]:
        return self._commitments_of.get((nation, capability), ())

    def caveats_on(self, nation: str, task: str) -> tuple[Caveat, ...]:
        """The caveats of the nation that have the task in their scope, by id."""
        return self._caveats_on.get((nation, task), ())

    def companions(self, task_id: str) -> frozenset[str]:
        """The task and those that may be staffed beside it when it is asked about alone: named by
        `staffed(…)` in its condition or in a caveat on it, and so on from those."""
        found: set[str] = set()
        waiting = [task_id]
        while waiting:
            current = waiting.pop()
            if current in found or not self.has_task(current):
                continue
            found.add(current)
            waiting += tasks_in(self.task(current).requires)
            for caveat in self.caveats:
                if current in caveat.tasks:
                    waiting += tasks_in(caveat.requires)
        return frozenset(found)

    def implied_by(self, precondition: str) -> frozenset[str]:
        """The precondition itself and all that it implies, directly or not."""
        return self._closure[precondition]

    def world(self, name: str = "today", with_: Mapping[str, int] | None = None) -> World:
        """The named world, with further preconditions from the given periods on.

        Raises KeyError for a world or a precondition that the workspace does not have.
        """
        starts = {p.id: 1 for p in self.preconditions.values() if p.status == "met"}
        named = self.worlds[name] if name != "today" or name in self.worlds else {}
        return World(name, self._closed((*starts.items(), *named.items(), *(with_ or {}).items())))

    def meeting(self, world: World, preconditions: Iterable[str]) -> World:
        """The world in which these, and all that they imply, hold from period 1 as well."""
        met = ((name, 1) for name in preconditions)
        return World(world.name, self._closed((*world.starts.items(), *met)))

    def open_preconditions(self, world: World) -> tuple[str, ...]:
        """Those that may be brought about and do not hold from period 1 in the world, by id."""
        return tuple(
            name
            for name, precondition in self.preconditions.items()
            if precondition.status == "open" and world.starts.get(name) != 1
        )

    def _closed(self, starts: Iterable[tuple[str, int]]) -> dict[str, int]:
        closed: dict[str, int] = {}
        for name, start in starts:
            if start > self.horizon:
                continue
            for implied in self.implied_by(name):
                closed[implied] = min(start, closed.get(implied, start))
        return dict(sorted(closed.items()))

    @cached_property
    def _nothing(self) -> tuple[int, ...]:
        return (0,) * self.horizon

    @cached_property
    def _task_by_id(self) -> dict[str, Task]:
        return {task.id: task for task in self.tasks}

    @cached_property
    def _commitment_by_id(self) -> dict[str, Commitment]:
        return {commitment.id: commitment for commitment in self.commitments}

    @cached_property
    def _caveat_by_id(self) -> dict[str, Caveat]:
        return {caveat.id: caveat for caveat in self.caveats}

    @cached_property
    def _commitments_of(self) -> dict[tuple[str, str], tuple[Commitment, ...]]:
        return _grouped(((c.nation, c.capability), c) for c in self.commitments)

    @cached_property
    def _caveats_on(self) -> dict[tuple[str, str], tuple[Caveat, ...]]:
        return _grouped(((c.nation, task), c) for c in self.caveats for task in c.tasks)

    @cached_property
    def _closure(self) -> dict[str, frozenset[str]]:
        return {name: self._reachable(name) for name in self.preconditions}

    def _reachable(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += self.preconditions[current].implies
        return frozenset(found)


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def thousandths(share: float | None) -> int | None:
    """A share as thousandths, halves to even; the decimal that was written counts, not its
    nearest binary fraction."""
    from decimal import ROUND_HALF_EVEN, Decimal

    if share is None:
        return None
    return int((Decimal(str(share)) * 1000).to_integral_value(rounding=ROUND_HALF_EVEN))


def build(workspace: Workspace, model_name: str) -> Problem:
    """The problem that a workspace without errors states for one of its models."""
    model = workspace.models[model_name]
    horizon = model.horizon.periods
    tasks = tuple(sorted((_task(t, horizon, workspace) for t in model.tasks), key=lambda t: t.id))
    capabilities = {
        row.capability: Capability(
            row.capability, row.name, row.domain, row.unit, row.personnel, row.rotation
        )
        for row in sorted(workspace.capabilities, key=lambda row: row.capability)
    }
    return Problem(
        model=model_name,
        title=model.title or model_name,
        horizon=horizon,
        months_per_period=model.horizon.months_per_period,
        objectives=tuple(model.objectives),
        nations=tuple(sorted(row.nation for row in workspace.nations)),
        names={row.nation: row.name for row in workspace.nations},
        active_personnel={
            row.nation: row.active_personnel
            for row in workspace.nations
            if row.active_personnel is not None
        },
        capabilities=capabilities,
        availability=_availability(workspace, horizon),
        commitments=_commitments(workspace, horizon),
        caveats=_caveats(workspace, tasks, capabilities, horizon),
        tasks=tasks,
        preconditions=_preconditions(workspace),
        worlds=_worlds(workspace),
        basis=_basis(workspace),
    )


def _availability(workspace: Workspace, horizon: int) -> dict[tuple[str, str], tuple[int, ...]]:
    """Several rows for the same nation and capability add up."""
    totals: dict[tuple[str, str], list[int]] = {}
    for row in workspace.availability:
        units = totals.setdefault((row.nation, row.capability), [0] * horizon)
        for period in row.periods.within(horizon):
            units[period - 1] += row.quantity
    return {key: tuple(units) for key, units in sorted(totals.items())}


def _basis(workspace: Workspace) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], set[str]] = {}
    for row in workspace.availability:
        found.setdefault((row.nation, row.capability), set()).add(row.basis)
    return {key: tuple(sorted(bases)) for key, bases in sorted(found.items())}


def _commitments(workspace: Workspace, horizon: int) -> tuple[Commitment, ...]:
    found = []
    for row in sorted(workspace.commitments, key=lambda row: row.commitment):
        inside = set(row.periods.within(horizon))
        quantity = tuple(row.quantity if p in inside else 0 for p in range(1, horizon + 1))
        found.append(
            Commitment(
                row.commitment,
                row.nation,
                row.capability,
                quantity,
                row.rotating,
                row.release_requires,
                row.release_risk,
                row.to,
                row.purpose,
                str(workspace.place(row)),
                row.basis,
            )
        )
    return tuple(found)


def _caveats(
    workspace: Workspace,
    tasks: tuple[Task, ...],
    capabilities: Mapping[str, Capability],
    horizon: int,
) -> tuple[Caveat, ...]:
    found = []
    for row in sorted(workspace.caveats, key=lambda row: row.caveat):
        in_scope = frozenset(
            task.id
            for task in tasks
            if (not row.task or task.id in row.task)
            and (not row.axis or task.axis in row.axis)
            and (not row.area or task.area in row.area)
        )
        counted = frozenset(
            capability.id
            for capability in capabilities.values()
            if (not row.domain or capability.domain in row.domain)
            and (not row.capability or capability.id in row.capability)
        )
        found.append(
            Caveat(
                row.caveat,
                row.nation,
                in_scope,
                counted,
                frozenset(row.periods.within(horizon)),
                row.requires,
                row.max_personnel,
                row.note,
                row.basis,
                row.source,
                str(workspace.place(row)),
            )
        )
    return tuple(found)


def _preconditions(workspace: Workspace) -> dict[str, Precondition]:
    return {
        row.precondition: Precondition(
            row.precondition,
            row.name,
            row.kind,
            row.status,
            row.holder,
            tuple(sorted(set(row.implies))),
            row.effort,
            row.likelihood,
            str(workspace.place(row)),
        )
        for row in sorted(workspace.preconditions, key=lambda row: row.precondition)
    }


def _worlds(workspace: Workspace) -> dict[str, dict[str, int]]:
    worlds: dict[str, dict[str, int]] = {}
    for row in workspace.worlds:
        starts = worlds.setdefault(row.world, {})
        starts[row.precondition] = min(
            row.from_period, starts.get(row.precondition, row.from_period)
        )
    return worlds


def _task(row: rows.TaskRow, horizon: int, workspace: Workspace) -> Task:
    lead = row.lead and Lead(
        None if row.lead.any_of is None else tuple(sorted(set(row.lead.any_of))),
        None if row.lead.all_of is None else tuple(sorted(set(row.lead.all_of))),
        row.lead.provides,
        thousandths(row.lead.min_share) or 0,
    )
    return Task(
        id=row.task,
        title=row.title or row.task,
        axis=row.axis or "",
        area=row.area or "",
        priority=row.priority,
        requires=row.requires,
        periods=tuple(row.periods.within(horizon)),
        min_nations=row.min_nations or 0,
        max_nations=row.max_nations,
        max_share=thousandths(row.max_share),
        lead=lead,
        lines=tuple(sorted((_line(line) for line in row.lines), key=lambda line: line.id)),
        place=str(workspace.place(row)),
    )


def _line(row: rows.LineRow) -> Line:
    minimum = row.minimum or 0
    return Line(
        id=row.line or row.capability or "",
        weights=dict(sorted((row.any_of or {row.capability or "": 1}).items())),
        minimum=minimum,
        target=minimum if row.target is None else row.target,
        one_per=row.one_per,
        of=None if row.of is None else tuple(sorted(set(row.of))),
        min_contribution=row.min_contribution or 0,
    )
