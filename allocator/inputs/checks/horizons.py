"""Periods of the operation models."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.show import quoted


def windows_beyond_the_horizon(draft: Draft) -> Iterator[Issue]:
    """A task's window that names a period after the last."""
    for model, task in draft.tasks:
        if model.horizon is None or model.horizon.periods is None or task.periods is None:
            continue
        last = model.horizon.periods
        if task.periods.beyond(last):
            expected = f"periods from 1 to {last}"
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
