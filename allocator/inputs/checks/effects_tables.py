"""Rows of tables that have no effect, apart from caveats and overcommitment."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.inputs.checks.conditions import every_condition
from allocator.inputs.conditions import preconditions_in
from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import AvailabilityRow, CaveatRow, CommitmentRow, OfferRow
from allocator.inputs.schema.calendar import Month
from allocator.inputs.show import quoted
from allocator.words import listing


def zero_quantities(draft: Draft) -> Iterator[Issue]:
    """Availability, commitments and offers of nothing."""
    rows: tuple[AvailabilityRow | CommitmentRow | OfferRow, ...]
    rows = (*draft.availability, *draft.commitments, *draft.offers)
    for row in rows:
        if row.quantity == 0:
            yield issue("W503", draft.place(row, "quantity"), "0")


def rows_twice(draft: Draft) -> Iterator[Issue]:
    """Rows of availability that are alike in every cell: their units add up."""
    firsts: dict[tuple[object, ...], object] = {}
    for row in draft.availability:
        key = tuple(getattr(row, name) for name in AvailabilityRow.model_fields)
        if key in firsts and row.quantity:
            yield issue("W533", draft.place(row), str(row.quantity), first=firsts[key])
        firsts.setdefault(key, draft.place(row))


def unused_nations(draft: Draft) -> Iterator[Issue]:
    """Nations that hold no unit and offer none."""
    rows: tuple[AvailabilityRow | OfferRow, ...] = (*draft.availability, *draft.offers)
    used = {row.nation for row in rows if row.quantity}
    for row in draft.nations:
        if row.nation not in used:
            place, held = draft.place(row, "nation"), draft.files["availability"]
            yield issue("W504", place, quoted(row.nation), availability=held)


def unused_capabilities(draft: Draft) -> Iterator[Issue]:
    """Capabilities that no requirement line takes."""
    used = {capability for _, line in draft.lines for capability in line.capabilities}
    for row in draft.capabilities:
        if row.capability not in used:
            yield issue("W505", draft.place(row, "capability"), quoted(row.capability))


def unused_preconditions(draft: Draft) -> Iterator[Issue]:
    """Preconditions that no condition names, nor anything that they imply."""
    used = frozenset[str]().union(*(preconditions_in(c) for _, _, c in every_condition(draft)))
    for row in draft.preconditions:
        if not implied(draft, [row.precondition]) & used:
            yield issue("W506", draft.place(row, "precondition"), quoted(row.precondition))


def implied(draft: Draft, names: list[str]) -> frozenset[str]:
    """The preconditions themselves and all that they imply, directly or not."""
    implies = {row.precondition: row.implies for row in draft.preconditions}
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += implies[name]
    return frozenset(found)


def worlds_already_met(draft: Draft) -> Iterator[Issue]:
    """World rows for what holds in every world."""
    met = implied(draft, [row.precondition for row in draft.preconditions if row.status == "met"])
    for row in draft.worlds:
        if row.precondition in met:
            yield issue("W513", draft.place(row, "precondition"), quoted(row.precondition))


def worlds_repeated(draft: Draft) -> Iterator[Issue]:
    """World rows for what the same world names already."""
    firsts: dict[tuple[str, str], object] = {}
    for row in draft.worlds:
        key, place = (row.world, row.precondition), draft.place(row, "precondition")
        if key in firsts:
            yield issue("W515", place, quoted(row.precondition), first=firsts[key])
        firsts.setdefault(key, draft.place(row))


def worlds_too_late(draft: Draft) -> Iterator[Issue]:
    """World rows that begin after the last period of every model."""
    for row in draft.worlds:
        if all(c.first_from(row.from_period) > c.horizon for c in draft.calendars):
            found, last = f"period {row.from_period}", f"{draft.longest_horizon}"
            if isinstance(row.from_period, Month):
                found = str(row.from_period)
                last = str(max((c.months(c.horizon)[0] for c in draft.calendars), default=""))
            yield issue("W514", draft.place(row, "from_period"), found, f"at most {last}")


def periods_too_late(draft: Draft) -> Iterator[Issue]:
    """Rows that name periods after the last of every model."""
    for row in _with_periods(draft):
        if all(row.periods.beyond(calendar) for calendar in draft.calendars):
            place, found = draft.place(row, "periods"), quoted(row.periods.text)
            yield issue("W518", place, found, _all_periods(draft))


def months_of_no_period(draft: Draft) -> Iterator[Issue]:
    """Rows in months that are before every model, or that hold no period as a whole."""
    for row in _with_periods(draft):
        named = (row.periods.within(calendar) for calendar in draft.calendars)
        late = all(row.periods.beyond(calendar) for calendar in draft.calendars)
        if row.periods.months and not late and not any(named):
            place, found = draft.place(row, "periods"), quoted(row.periods.text)
            part = "all months of a period" if row.periods.entire else "a month of a period"
            yield issue("W529", place, found, f"{part}; there are {_all_periods(draft)}")


def _with_periods(
    draft: Draft,
) -> tuple[AvailabilityRow | CommitmentRow | CaveatRow | OfferRow, ...]:
    return (*draft.availability, *draft.commitments, *draft.caveats, *draft.offers)


def _all_periods(draft: Draft) -> str:
    """`periods from 1 to 4`, and what their months are in models that say so."""
    months = listing(dict.fromkeys(c.whole.removeprefix(", ") for c in draft.calendars), "or")
    return f"periods from 1 to {draft.longest_horizon}{f', {months}' if months else ''}"
