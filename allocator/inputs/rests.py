"""What the word `rest` comes to as the quantity of a commitment: what is left of a nation's units
after its other standing commitments, all of them in full and as they are stated.

So that releasing, lifting or ranging one of those leaves the rest as it was, it is worked out once,
before anything is released or lifted; a change of availability alone moves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from allocator.inputs.schema import AvailabilityRow, CommitmentRow, OfferRow
from allocator.inputs.schema.calendar import Calendar

Pair = tuple[str, str]
"""A nation and a capability."""


def stated(row: AvailabilityRow | CommitmentRow | OfferRow, calendar: Calendar) -> list[int]:
    """The row's units by period, where it says how many."""
    inside = set(row.periods.within(calendar))
    units = row.quantity if isinstance(row.quantity, int) else 0
    return [units if period in inside else 0 for period in range(1, calendar.horizon + 1)]


def summed(
    rows: Iterable[AvailabilityRow | CommitmentRow], calendar: Calendar
) -> dict[Pair, tuple[int, ...]]:
    """By nation and capability, what its rows state together, by period; sorted."""
    totals: dict[Pair, list[int]] = {}
    for row in rows:
        known = totals.setdefault((row.nation, row.capability), [0] * calendar.horizon)
        known[:] = map(sum, zip(known, stated(row, calendar), strict=True))
    return {pair: tuple(units) for pair, units in sorted(totals.items())}


def standing(
    commitments: Iterable[CommitmentRow], calendar: Calendar
) -> Mapping[Pair, tuple[int, ...]]:
    """What the standing commitments state together, those that take the rest apart."""
    return summed((row for row in commitments if not row.rotating), calendar)


def left(
    inside: Iterable[int], held: Sequence[int] | None, beside: Sequence[int]
) -> tuple[int, ...]:
    """What is left in the periods `inside`, 0 where nothing is. held: available, by period; None
    for nothing at all. beside: what the other standing commitments state."""
    inside = set(inside)
    held = held or [0] * len(beside)
    pairs = enumerate(zip(held, beside, strict=True), 1)
    return tuple(max(0, have - gone) if period in inside else 0 for period, (have, gone) in pairs)
