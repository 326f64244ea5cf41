"""Commitments that exceed what a nation holds (rule R3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue, Place
from allocator.inputs.messages import issue
from allocator.inputs.offered import Pair, standing_today, taken_from_offers
from allocator.inputs.rests import left, stated
from allocator.inputs.schema import AvailabilityRow, CommitmentRow
from allocator.inputs.schema.calendar import Calendar
from allocator.inputs.schema.types import REST
from allocator.inputs.show import quoted


@dataclass(frozen=True, slots=True)
class _Pool:
    """Units of one nation and capability by period, the first at index 0."""

    rotation: int
    held: list[int]
    standing: list[int]
    rotating: list[int]

    def bound(self, period: int) -> int:
        """Units that stand elsewhere in the period, serve in a rotation or recover from one."""
        first = period - self.rotation + 1
        serving = sum(self.rotating[max(first, 1) - 1 : period])
        before = max(0, 1 - first) * self.rotating[0]
        return self.standing[period - 1] + serving + before

    def sustained(self, period: int) -> int:
        """The fewest units that hold the period's commitments without a surge."""
        rotating = self.rotation * self.rotating[period - 1]
        return self.standing[period - 1] + rotating - self.rotation + 1


def commitments_of_nothing(draft: Draft) -> Iterator[Issue]:
    """Commitments of a capability of which the nation has no unit at all, and offers none."""
    held = _held(draft).keys() | {(o.nation, o.capability) for o in draft.offers if o.quantity}
    for row in draft.commitments:
        if row.quantity and (row.nation, row.capability) not in held:
            place, nation = draft.place(row, "capability"), quoted(row.nation)
            more = {"nation": nation, "availability": draft.files["availability"]}
            yield issue("W510", place, quoted(row.capability), **more)


def overcommitted(draft: Draft) -> Iterator[Issue]:
    """Pairs of nation and capability with more committed than held; the first such period."""
    rotations = {row.capability: row.rotation for row in draft.capabilities}
    held = [_units_held(draft, rotations, calendar) for calendar in draft.calendars]
    for pair, rows in _committed(draft).items():
        place, rotation = draft.place(rows[0], "quantity"), rotations[pair[1]]
        found = (
            list(_excess(pair, _pool(rotation, units[pair], rows, calendar), calendar, place))
            for units, calendar in zip(held, draft.calendars, strict=True)
            if pair in units
        )
        yield from next(filter(None, found), ())


def _excess(pair: Pair, pool: _Pool, calendar: Calendar, place: Place) -> Iterator[Issue]:
    for code, needed in (("W511", pool.bound), ("W512", pool.sustained)):
        for period, held in enumerate(pool.held, 1):
            if needed(period) > held:
                figures = str(needed(period)), str(held)
                nation, unit = map(quoted, pair)
                when = calendar.named(period)
                yield issue(code, place, *figures, nation=nation, capability=unit, period=when)
                return


def _held(draft: Draft) -> dict[Pair, list[AvailabilityRow]]:
    held: dict[Pair, list[AvailabilityRow]] = {}
    for row in draft.availability:
        if row.quantity:
            held.setdefault((row.nation, row.capability), []).append(row)
    return held


def _units_held(
    draft: Draft, rotations: Mapping[str, int], calendar: Calendar
) -> dict[Pair, list[int]]:
    """By period, of each pair that is held or offered; offers count as if all were valid."""
    units = {pair: _by_period(rows, calendar) for pair, rows in _held(draft).items()}
    offers = [offer for offer in standing_today(draft.offers) if offer.quantity]
    taken = taken_from_offers(draft.availability, offers, rotations, calendar)
    for pair, found in taken.items():
        by_period = units.setdefault(pair, [0] * calendar.horizon)
        for period in found.periods:
            by_period[period - 1] = found.units
    return units


def _committed(draft: Draft) -> dict[Pair, list[CommitmentRow]]:
    committed: dict[Pair, list[CommitmentRow]] = {}
    for row in draft.commitments:
        if row.quantity:
            committed.setdefault((row.nation, row.capability), []).append(row)
    return committed


def _pool(
    rotation: int, held: list[int], committed: list[CommitmentRow], calendar: Calendar
) -> _Pool:
    standing = [row for row in committed if not row.rotating]
    rotating = [row for row in committed if row.rotating]
    gone = _by_period(standing, calendar)
    for row in standing:
        if row.quantity == REST:
            rest = left(row.periods.within(calendar), held, gone)
            gone = [units + more for units, more in zip(gone, rest, strict=True)]
    return _Pool(rotation, held, gone, _by_period(rotating, calendar))


def _by_period(rows: list[AvailabilityRow] | list[CommitmentRow], calendar: Calendar) -> list[int]:
    by_row = (stated(row, calendar) for row in rows)
    return [sum(units) for units in zip(*by_row, strict=True)] or [0] * calendar.horizon
