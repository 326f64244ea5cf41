"""Periods of the operation models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import (
    AvailabilityRow,
    CaveatRow,
    CommitmentRow,
    OfferRow,
    OperationModel,
    Row,
)
from allocator.inputs.schema.calendar import Month
from allocator.inputs.show import quoted
from allocator.words import count, listing


def windows_beyond_the_horizon(draft: Draft) -> Iterator[Issue]:
    """A task's window that names a period after the last."""
    for model, task in draft.tasks:
        if model.horizon is None or model.horizon.periods is None or task.periods is None:
            continue
        calendar, last = model.horizon.calendar, model.horizon.periods
        if not calendar.months_per_period:
            calendar = replace(calendar, starts=None)
        if task.periods.months and not calendar.starts:
            continue
        if task.periods.beyond(calendar) or not task.periods.within(calendar):
            expected = f"periods from 1 to {last}{calendar.whole}"
            yield issue("W309", draft.place(task, "periods"), quoted(task.periods.text), expected)


def unequal_periods(draft: Draft) -> Iterator[Issue]:
    """Models whose periods are not as long as those of the first."""
    sound = [m for m in draft.models if m.horizon is not None and m.horizon.months_per_period]
    for model in sound[1:]:
        found, expected = (m.horizon.months_per_period for m in (model, sound[0]))
        if found != expected:
            first = draft.place(sound[0]).source
            place = draft.place(model.horizon, "months_per_period")
            place = place if place.file else draft.place(model, "horizon")
            yield issue("W312", place, str(found), str(expected), first=first)


_TOUR = range(4, 7)
"""How long a deployment is relieved after, as people think of it (months)."""


def rotation_of_odd_periods(draft: Draft) -> Iterator[Issue]:
    """A rotation that counts periods which are no usual tour; where months are spoken of at all.

    A workspace has periods of one length: it is said once, of the longest rotation.
    """
    dated = next((m for m in draft.models if m.horizon.starts), None)
    used = {capability for _, line in draft.lines for capability in line.capabilities}
    rows = [row for row in draft.capabilities if row.capability in used and row.rotation > 1]
    if not rows or dated is None or dated.horizon.months_per_period in _TOUR:
        return
    row, months = max(rows, key=lambda row: row.rotation), dated.horizon.months_per_period
    yield issue(
        "W530",
        draft.place(row, "rotation"),
        count(months, "month"),
        f"a tour of {_TOUR[0]} to {_TOUR[-1]} months",
        capability=quoted(row.capability),
        rotation=row.rotation,
        rest=count((row.rotation - 1) * months, "month"),
    )


def months_without_a_start(draft: Draft) -> Iterator[Issue]:
    """Months in a task whose model has no start, or in a table while some model has none."""
    without = [model for model in draft.models if not _may_start(model)]
    for model, task in draft.tasks:
        if task.periods and task.periods.months and not _may_start(model):
            place, name = draft.place(task, "periods"), _model(model)
            yield issue("W313", place, quoted(task.periods.text), model=name)
    names = listing(map(_model, without))
    for row, column in _in_months(draft) if without else ():
        found = quoted(str(getattr(row, column)))
        yield issue("W313", draft.place(row, column), found, model=names)


def _in_months(draft: Draft) -> Iterator[tuple[Row, str]]:
    rows: tuple[AvailabilityRow | CommitmentRow | CaveatRow | OfferRow, ...]
    rows = (*draft.availability, *draft.commitments, *draft.caveats, *draft.offers)
    for row in rows:
        if row.periods and row.periods.months:
            yield row, "periods"
    for world in draft.worlds:
        if isinstance(world.from_period, Month):
            yield world, "from_period"


def _may_start(model: OperationModel) -> bool:
    """Whether it has a start, or one that could not be read, which is an error of its own."""
    horizon = model.horizon
    return horizon is None or horizon.has_holes or horizon.starts is not None


def _model(model: OperationModel) -> str:
    return f"the model {quoted(model.name)}" if model.name else "a model"
