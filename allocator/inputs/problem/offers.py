"""Offers of a workspace on a day: those that stand, those that ran out, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from allocator.inputs.offered import Taken, ran_out, taken_from_offers
from allocator.inputs.problem.parts import Offer
from allocator.inputs.problem.tasks import Task

if TYPE_CHECKING:
    from allocator.inputs.schema import OfferRow
    from allocator.inputs.schema.calendar import Calendar
    from allocator.inputs.workspace import Workspace

Pair = tuple[str, str]
Units = Mapping[Pair, tuple[int, ...]]


def standing(workspace: Workspace, on: date) -> tuple[OfferRow, ...]:
    """The offers that are valid on the day."""
    return tuple(row for row in workspace.offers if not ran_out(row, on))


def stale(workspace: Workspace, on: date) -> tuple[str, ...]:
    """The ids of those that are past their last day, sorted."""
    return tuple(sorted(row.offer for row in workspace.offers if ran_out(row, on)))


def offers_of(
    workspace: Workspace, on: date, tasks: tuple[Task, ...], calendar: Calendar
) -> tuple[Offer, ...]:
    """Return the offers that are valid on the day, as the model sees them, by id.

    workspace: the tables and models behind it. tasks: of the model. calendar: the model's periods,
    and their months where they are known.
    """
    every = frozenset(task.id for task in tasks)
    return tuple(
        Offer(
            row.offer,
            row.nation,
            row.capability,
            row.quantity,
            every & frozenset(row.task) if row.task else every,
            frozenset(row.periods.within(calendar)),
            row.status,
            row.requires,
            row.valid_until,
            str(workspace.place(row)),
            row.basis,
        )
        for row in sorted(standing(workspace, on), key=lambda row: row.offer)
    )


def taken(workspace: Workspace, on: date, calendar: Calendar) -> dict[Pair, Taken]:
    """Return what stands in for rows of availability that are not there.

    workspace: the tables and models behind it. on: the day on which they have to be valid.
    calendar: the model's periods, and their months where they are known.
    """
    rotations = {row.capability: row.rotation for row in workspace.capabilities}
    offers = standing(workspace, on)
    return taken_from_offers(workspace.availability, offers, rotations, calendar)


def with_taken(availability: Units, found: Mapping[Pair, Taken], horizon: int) -> Units:
    """Return availability with what is taken from offers in the periods that no row names.

    availability: what rows give. found: what offers give, by nation and capability. horizon: the
    number of periods.
    """
    if not found:
        return availability
    filled = {pair: list(units) for pair, units in availability.items()}
    for pair, what in found.items():
        units = filled.setdefault(pair, [0] * horizon)
        for period in what.periods:
            units[period - 1] = what.units
    return {pair: tuple(units) for pair, units in sorted(filled.items())}


def uncovered(found: Mapping[Pair, Taken]) -> frozenset[tuple[str, str, int]]:
    """Nation, capability and period of what is taken from offers that do not cover it."""
    return frozenset((*pair, period) for pair, what in found.items() for period in what.uncovered)
