"""The table `offers`: what nations would keep in place, and how firmly they say so."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from allocator.inputs.conditions import Always
from allocator.inputs.firmness import Status
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.provenance import Basis, Note, Source
from allocator.inputs.schema.ranged import Group, High, Low
from allocator.inputs.schema.types import Condition, Date, HeldPeriods, Id, Ids, Whole, Word


class OfferRow(Row):
    """Units that a nation would keep in place for tasks, on a condition of its own."""

    id_field: ClassVar[str | None] = "offer"

    offer: Id = Field(description="Its id.")
    nation: Id = Field(description="The nation whose offer it is.")
    capability: Id = Field(description="The kind of unit.")
    quantity: Whole = Field(description="Units kept in place in each of the periods.")
    task: Ids = Field(default=(), description="Tasks that it is for; blank is any.")
    periods: HeldPeriods = Field(
        default=ALL_PERIODS, description="When: 1-4, 3-, -2, 2 or 1;3; blank is always."
    )
    status: Annotated[Status, Word] = Field(
        description="How firm it is, the firmest first: in_place, firm, indicated, possible."
    )
    requires: Condition = Field(
        default=Always(), description="The condition on which it is made, as a caveat's is read."
    )
    as_of: Date | None = Field(default=None, description="The day of which it speaks.")
    valid_until: Date | None = Field(
        default=None, description="The last day on which it stands; blank is no end."
    )
    low: Low = None
    high: High = None
    group: Group = ""
    basis: Basis
    note: Note = ""
    source: Source = ""
