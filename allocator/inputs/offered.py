"""Availability that is taken from offers, where a nation has no row of a capability for a period.

An offer says what a nation keeps in place, its relief included; so the pool behind it is the most
that is offered in any one period, times the rotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from allocator.inputs.schema import AvailabilityRow, OfferRow
from allocator.inputs.schema.calendar import Calendar

Pair = tuple[str, str]
"""nation, capability"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Of one nation and capability: the units of its pool in each of `periods`, for which it has
    no row, and those of them that no offer covers, in which it does not serve."""

    units: int
    periods: tuple[int, ...]
    uncovered: tuple[int, ...]


def ran_out(offer: OfferRow, on: date) -> bool:
    """Whether it is past its last day; on that day it still stands."""
    return offer.valid_until is not None and offer.valid_until < on


def standing_today(offers: Iterable[OfferRow]) -> list[OfferRow]:
    """Those that have not run out by today: for checks, which are asked of no other day."""
    today = date.today()
    return [offer for offer in offers if not ran_out(offer, today)]


def taken_from_offers(
    rows: Iterable[AvailabilityRow],
    offers: Iterable[OfferRow],
    rotations: Mapping[str, int],
    calendar: Calendar,
) -> dict[Pair, Taken]:
    """Return what is taken from these offers, by nation and capability, where anything is.

    rows: what is held by a row. rotations: by capability. calendar: the model's periods, and their
    months where they are known.
    """
    said: dict[Pair, set[int]] = {}
    for row in rows:
        said.setdefault((row.nation, row.capability), set()).update(row.periods.within(calendar))
    found = {}
    for pair, offered in sorted(_in_periods(offers, calendar).items()):
        every = range(1, calendar.horizon + 1)
        periods = tuple(period for period in every if period not in said.get(pair, ()))
        if periods:
            units = rotations[pair[1]] * max(offered.values(), default=0)
            found[pair] = Taken(units, periods, tuple(p for p in periods if p not in offered))
    return found


def _in_periods(offers: Iterable[OfferRow], calendar: Calendar) -> dict[Pair, dict[int, int]]:
    """Units offered by pair, then by each period that an offer covers."""
    found: dict[Pair, dict[int, int]] = {}
    for offer in offers:
        by_period = found.setdefault((offer.nation, offer.capability), {})
        for period in offer.periods.within(calendar):
            by_period[period] = by_period.get(period, 0) + offer.quantity
    return found
