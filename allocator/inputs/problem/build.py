"""From a workspace without errors to the problem that one of its models states."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from allocator.inputs.firmness import INVENTORY
from allocator.inputs.problem.offers import offers_of, stale, taken, uncovered, with_taken
from allocator.inputs.problem.parts import (
    Capability,
    Caveat,
    Commitment,
    Precondition,
    Rest,
)
from allocator.inputs.problem.problem import Problem
from allocator.inputs.problem.ranges import with_ranges
from allocator.inputs.problem.tasks import Task, task_of
from allocator.inputs.rests import standing, stated, summed
from allocator.inputs.schema.types import REST

if TYPE_CHECKING:
    from allocator.inputs.schema import AvailabilityRow, OfferRow
    from allocator.inputs.schema.calendar import Calendar
    from allocator.inputs.workspace import Workspace


def build(
    workspace: Workspace, model_name: str, count: str = INVENTORY, on: date | None = None
) -> Problem:
    """Return the problem that a workspace without errors states for one of its models.

    model_name: which of its models. count: the status from which offers bind what is sent, or the
    inventory. on: the day on which offers have to be valid, today where it is left out.
    """
    model = workspace.models[model_name]
    horizon = model.horizon.periods
    calendar = model.horizon.calendar
    tasks = tuple(
        sorted((task_of(t, calendar, workspace) for t in model.tasks), key=lambda t: t.id)
    )
    capabilities = _capabilities(workspace)
    day = on or date.today()
    offered = taken(workspace, day, calendar)
    availability = with_taken(summed(workspace.availability, calendar), offered, horizon)
    problem = Problem(
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
        availability=availability,
        commitments=_commitments(workspace, availability, calendar),
        caveats=_caveats(workspace, tasks, capabilities, calendar),
        tasks=tasks,
        preconditions=_preconditions(workspace),
        worlds=_worlds(workspace, calendar),
        basis=_basis(workspace, offered),
        starts=model.horizon.starts,
        offers=offers_of(workspace, day, tasks, calendar),
        stale=stale(workspace, day),
        taken=frozenset((*pair, p) for pair, what in offered.items() for p in what.periods),
        as_written=tuple(task.task for task in model.tasks),
        uncovered=uncovered(offered),
        count=count,
        on=day if workspace.offers or count != INVENTORY else None,
    )
    return with_ranges(workspace, problem)


def _capabilities(workspace: Workspace) -> dict[str, Capability]:
    found = {}
    for row in sorted(workspace.capabilities, key=lambda row: row.capability):
        unit, _, units = row.unit.partition(";")
        found[row.capability] = Capability(
            row.capability, row.name, row.domain, unit, row.personnel, row.rotation, units
        )
    return found


def _basis(
    workspace: Workspace, offered: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], set[str]] = {}
    offers = (row for row in workspace.offers if (row.nation, row.capability) in offered)
    several: tuple[AvailabilityRow | OfferRow, ...] = (*workspace.availability, *offers)
    for row in several:
        found.setdefault((row.nation, row.capability), set()).add(row.basis)
    return {key: tuple(sorted(bases)) for key, bases in sorted(found.items())}


def _commitments(
    workspace: Workspace,
    availability: Mapping[tuple[str, str], tuple[int, ...]],
    calendar: Calendar,
) -> tuple[Commitment, ...]:
    found = []
    beside = standing(workspace.commitments, calendar)
    for row in sorted(workspace.commitments, key=lambda row: row.commitment):
        pair, inside = (row.nation, row.capability), row.periods.within(calendar)
        rest = Rest(tuple(inside), beside[pair]) if row.quantity == REST else None
        quantity = rest.of(availability.get(pair)) if rest else tuple(stated(row, calendar))
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
                rest,
            )
        )
    return tuple(found)


def _caveats(
    workspace: Workspace,
    tasks: tuple[Task, ...],
    capabilities: Mapping[str, Capability],
    calendar: Calendar,
) -> tuple[Caveat, ...]:
    found = []
    for row in sorted(workspace.caveats, key=lambda row: row.caveat):
        direct = frozenset(t.id for t in tasks if row.is_about(t.id, t.axis, t.area))
        reserves = _reserves(direct, tasks)
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
                direct.union(reserves),
                counted,
                frozenset(row.periods.within(calendar)),
                row.requires,
                row.max_personnel,
                row.note,
                row.basis,
                row.source,
                str(workspace.place(row)),
                reserves,
            )
        )
    return tuple(found)


def _reserves(direct: frozenset[str], tasks: tuple[Task, ...]) -> dict[str, tuple[str, ...]]:
    """The tasks that a caveat on these binds as their reserves, with those that they reinforce.
    It does not pass on: a reserve of a reserve is none of theirs."""
    return {
        task.id: reinforced
        for task in tasks
        if task.id not in direct and (reinforced := tuple(sorted(direct & {*task.reinforces})))
    }


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
            row.after,
            row.lead_months,
        )
        for row in sorted(workspace.preconditions, key=lambda row: row.precondition)
    }


def _worlds(workspace: Workspace, calendar: Calendar) -> dict[str, dict[str, int]]:
    worlds: dict[str, dict[str, int]] = {}
    for row in workspace.worlds:
        starts = worlds.setdefault(row.world, {})
        first = calendar.first_from(row.from_period)
        starts[row.precondition] = min(first, starts.get(row.precondition, first))
    return worlds
