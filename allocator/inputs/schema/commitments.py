"""The table `commitments`: units that are locked elsewhere."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from allocator.inputs.conditions import Never
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.provenance import AsOf, Basis, Note, Source
from allocator.inputs.schema.ranged import Group, High, Low
from allocator.inputs.schema.types import (
    Condition,
    Id,
    Periods,
    Quantity,
    Suggested,
    Term,
    Text,
    Whole,
    YesNo,
)

HOLDERS = ("nato", "national", "eu", "other")
"""Those that are usual; any other word will do."""


class CommitmentRow(Row):
    """Units of a nation's availability that serve elsewhere unless they are released."""

    id_field: ClassVar[str | None] = "commitment"

    commitment: Id = Field(description="Its id.")
    nation: Id = Field(description="The nation that is committed.")
    capability: Id = Field(description="The kind of unit.")
    quantity: Quantity = Field(
        description="Units committed in each of the periods; rest: what is left of the nation's "
        "after its other standing commitments."
    )
    to: Annotated[Term, Suggested(HOLDERS)] = Field(description="Who holds the commitment.")
    purpose: Text = Field(description="What for, as reports show it.")
    rotating: YesNo = Field(
        default=False,
        description="yes: a deployment that is relieved like ours; no: held in place.",
    )
    release_requires: Condition = Field(
        default=Never(), description="The condition under which units may be released."
    )
    release_risk: Whole = Field(default=1, description="Risk per unit released and period.")
    periods: Periods = Field(
        default=ALL_PERIODS, description="When: 1-4, 3-, -2, 2 or 1;3; blank is always."
    )
    low: Low = None
    high: High = None
    group: Group = ""
    as_of: AsOf = None
    basis: Basis
    note: Note = ""
    source: Source = ""
