"""The table `availability`: what nations hold ready."""

from __future__ import annotations

from pydantic import Field

from allocator.inputs.schema.base import Row
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.provenance import AsOf, Basis, Note, Source
from allocator.inputs.schema.ranged import Group, High, Low
from allocator.inputs.schema.types import HeldPeriods, Id, Whole


class AvailabilityRow(Row):
    """Units of a capability that a nation holds ready; rows of the same pair add up."""

    nation: Id = Field(description="The nation that holds them.")
    capability: Id = Field(description="The kind of unit.")
    quantity: Whole = Field(description="Units held ready in each of the periods.")
    periods: HeldPeriods = Field(
        default=ALL_PERIODS, description="When: 1-4, 3-, -2, 2 or 1;3; blank is always."
    )
    low: Low = None
    high: High = None
    group: Group = ""
    as_of: AsOf = None
    basis: Basis
    note: Note = ""
    source: Source = ""
