"""Releases that somebody planned beside a plan of their own: a table, read and held against one
model. The table `released` of a run is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field

from allocator.inputs.given.row import COLUMN_OF_RUNS
from allocator.inputs.given.source import Given, Source, Wanted, read_source
from allocator.inputs.issues import GivenPlanError, Issue, Place, RefusedError, in_order
from allocator.inputs.messages import issue
from allocator.inputs.places import Spot
from allocator.inputs.problem import Problem
from allocator.inputs.rows.table_rows import parse_table
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.periods import Periods as ParsedPeriods
from allocator.inputs.schema.provenance import Note
from allocator.inputs.schema.types import Id, Periods, Text, Whole
from allocator.inputs.show import quoted
from allocator.near import near


class ReleaseRow(Row):
    """Units of a commitment that are to be released in each of these periods."""

    commitment: Id = Field(description="The commitment that is released.")
    periods: Periods = Field(
        default=ALL_PERIODS,
        description="When, by numbers or months; blank is whenever it commits units.",
    )
    quantity: Whole = Field(description="Units released in each of the periods.")
    note: Note = ""
    period: Periods = Field(default=ALL_PERIODS, description="As `periods`.")
    nation: Text = Field(default="", description="What a run says beside it; not read.")
    capability: Text = Field(default="", description="What a run says beside it; not read.")
    months: Text = Field(default="", description="What a run says beside it; not read.")
    risk: Text = Field(default="", description="What a run says beside it; not read.")
    to: Text = Field(default="", description="What a run says beside it; not read.")
    purpose: Text = Field(default="", description="What a run says beside it; not read.")
    basis: Text = Field(default="", description="What a run says beside it; not read.")
    source: Text = Field(default="", description="Not read.")


RELEASES = Wanted(
    ReleaseRow, "releases", ("released", "releases"), ("tables/released.csv", "released.csv")
)


@dataclass(frozen=True, slots=True)
class GivenReleases:
    """Units by commitment and period; rows of one add up. places: of the rows, by the same.
    file: what it was read from, as it was named; hashes: the sha256 (hex) of that file."""

    units: Mapping[tuple[str, int], int]
    places: Mapping[tuple[str, int], tuple[Place, ...]] = field(default_factory=dict)
    file: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)


def read_releases(given: Given, problem: Problem) -> GivenReleases:
    """The releases for this model. Raises GivenPlanError with all that is wrong with them."""
    try:
        source = read_source(given, RELEASES)
    except RefusedError as refused:
        raise GivenPlanError([refused.issue]) from None
    return _releases_of(source, problem)


def _releases_of(source: Source, problem: Problem) -> GivenReleases:
    spots, issues = parse_table(source.table, ReleaseRow)
    found = [*source.issues, *issues]
    columns = source.table.columns or ()
    column = COLUMN_OF_RUNS if COLUMN_OF_RUNS in columns else "periods"
    if {COLUMN_OF_RUNS, "periods"} <= {*columns}:
        found.append(issue("W603", Place(source.table.file, 1, "period"), "both"))
    units: dict[tuple[str, int], int] = {}
    places: dict[tuple[str, int], tuple[Place, ...]] = {}
    for spot in spots:
        row = spot.row
        assert isinstance(row, ReleaseRow)
        periods, wrong = _periods(row, spot, column, problem)
        found += wrong
        for key in ((row.commitment, period) for period in periods):
            units[key] = units.get(key, 0) + row.quantity
            places[key] = (*places.get(key, ()), spot.at("quantity"))
    if any(one.is_error for one in found):
        raise GivenPlanError(in_order(found))
    return GivenReleases(dict(sorted(units.items())), places, source.file, source.hashes)


def _periods(
    row: ReleaseRow, spot: Spot, column: str, problem: Problem
) -> tuple[tuple[int, ...], list[Issue]]:
    """The periods of the row, and what is wrong with it; none where it cannot be understood."""
    known = {one.id: one for one in problem.commitments}
    named: ParsedPeriods | None = getattr(row, column)
    if row.commitment and row.commitment not in known:
        meant = near(row.commitment, known)
        at, what = spot.at("commitment"), "a commitment"
        return (), [issue("W401", at, quoted(row.commitment), what, meant, where="commitments")]
    if row.has_holes or named is None:
        return (), []
    if not named.text:
        committed = known[row.commitment].quantity
        return tuple(p for p in problem.periods if committed[p - 1]), []
    at, calendar = spot.at(column), problem.calendar
    if named.months and calendar.starts is None:
        model = f"the model {quoted(problem.model)}"
        return (), [issue("W313", at, quoted(named.text), model=model)]
    touched = tuple(named.within(calendar))
    if not touched or named.beyond(calendar):
        expected = f"some of the periods 1 to {problem.horizon}"
        return (), [issue("W609", at, quoted(named.text), expected)]
    return touched, []
