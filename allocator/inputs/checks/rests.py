"""Commitments that take the rest of what a nation holds."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.offered import standing_today, taken_from_offers
from allocator.inputs.rests import left, standing, summed
from allocator.inputs.schema import CommitmentRow
from allocator.inputs.schema.types import REST
from allocator.inputs.show import quoted


def rests(draft: Draft) -> Iterator[CommitmentRow]:
    """The commitments whose quantity is the word."""
    return (row for row in draft.commitments if row.quantity == REST)


def rests_that_rotate(draft: Draft) -> Iterator[Issue]:
    """A rest is held in place: what is relieved has a number."""
    for row in rests(draft):
        if row.rotating:
            yield issue("W408", draft.place(row, "quantity"), quoted(REST))


def rests_beside_each_other(draft: Draft) -> Iterator[Issue]:
    """Two of one nation and capability, whatever their periods."""
    firsts: dict[tuple[str, str], CommitmentRow] = {}
    for row in rests(draft):
        first = firsts.setdefault((row.nation, row.capability), row)
        if first is not row and row.nation and row.capability:
            nation, capability = quoted(row.nation), quoted(row.capability)
            more = {"nation": nation, "capability": capability, "first": str(draft.place(first))}
            yield issue("W409", draft.place(row, "quantity"), quoted(REST), **more)


def rests_of_offers(draft: Draft) -> Iterator[Issue]:
    """Where availability of a period is taken from offers (R11), nothing says what a rest is of.
    An offer that has run out by today gives none. An error, and asked once there is no other: it
    takes all that offers and availability say."""
    open_ = [*rests(draft)] if draft.offers else []
    rotations = {row.capability: row.rotation for row in draft.capabilities}
    offers = standing_today(draft.offers)
    for calendar in draft.calendars if open_ else ():
        taken = taken_from_offers(draft.availability, offers, rotations, calendar)
        for row in open_:
            found = taken.get((row.nation, row.capability))
            if found and {*found.periods} & {*row.periods.within(calendar)}:
                nation, capability = quoted(row.nation), quoted(row.capability)
                place, more = draft.place(row, "quantity"), {"nation": nation}
                yield issue("W410", place, quoted(REST), capability=capability, **more)


def rests_with_a_range(draft: Draft) -> Iterator[Issue]:
    """What is left is as certain as what it is left of."""
    for row in rests(draft):
        for column in ("low", "high"):
            if (value := getattr(row, column)) is not None:
                yield issue("W541", draft.place(row, column), str(value))


def rests_of_nothing(draft: Draft) -> Iterator[Issue]:
    """A rest that is 0 in every period of every model, of units that the nation has."""
    held = {(row.nation, row.capability) for row in draft.availability if row.quantity}
    open_ = [row for row in rests(draft) if (row.nation, row.capability) in held]
    for row in open_:
        pair = (row.nation, row.capability)
        nothing = True
        for calendar in draft.calendars:
            beside = standing(draft.commitments, calendar)[pair]
            have = summed(draft.availability, calendar)[pair]
            nothing &= not any(left(row.periods.within(calendar), have, beside))
        if nothing:
            yield issue("W503", draft.place(row, "quantity"), f"{quoted(REST)}, 0 units,")
