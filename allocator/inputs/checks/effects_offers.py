"""Offers that serve nothing, and pools that are known by offers alone."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.offered import Pair, standing_today, taken_from_offers
from allocator.inputs.schema import OfferRow, OperationModel, TaskRow
from allocator.inputs.show import quoted


def offers_without_match(draft: Draft) -> Iterator[Issue]:
    """Offers of which no task that they are for could take a unit."""
    for row in draft.offers:
        if not any(_may_serve(row, model, task) for model, task in draft.tasks):
            yield issue("W532", draft.place(row, "offer"), quoted(row.offer))


def _may_serve(row: OfferRow, model: OperationModel, task: TaskRow) -> bool:
    calendar = model.horizon.calendar
    return (
        (not row.task or task.task in row.task)
        and any(row.capability in line.capabilities for line in task.lines)
        and not set(task.periods.within(calendar)).isdisjoint(row.periods.within(calendar))
    )


def pools_taken_from_offers(draft: Draft) -> Iterator[Issue]:
    """Nations whose offers stand where no row says what they hold: taken at their word. One that
    has run out by today gives nothing."""
    offers = standing_today(draft.offers)
    rotations = {row.capability: row.rotation for row in draft.capabilities}
    told: set[Pair] = set()
    for calendar in draft.calendars:
        taken = taken_from_offers(draft.availability, offers, rotations, calendar)
        for row in offers:
            pair = (row.nation, row.capability)
            if pair in taken and pair not in told:
                told.add(pair)
                held = draft.files["availability"]
                place, nation = draft.place(row, "quantity"), quoted(row.nation)
                units = str(taken[pair].units)
                more = {"nation": nation, "capability": quoted(row.capability)}
                yield issue("W531", place, units, availability=held, **more)
