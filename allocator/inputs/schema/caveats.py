"""The table `caveats`: nations' limits on where their units may serve."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from allocator.inputs.schema.axis import Axis
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.domain import Domain
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.provenance import AsOf, Basis, Note, Source
from allocator.inputs.schema.types import Condition, Id, Ids, Periods, Several, Whole, Words


class CaveatRow(Row):
    """Unless its condition holds, the nation sends at most so many people into the scope.

    The scope is task, axis, area, domain, capability and periods; blank matches all, and several
    values in one cell are alternatives.
    """

    id_field: ClassVar[str | None] = "caveat"

    caveat: Id = Field(description="Its id.")
    nation: Id = Field(description="The nation whose caveat it is.")
    task: Ids = Field(default=(), description="Tasks in scope.")
    axis: Annotated[tuple[Axis, ...], Several] = Field(
        default=(), description="Lines of effort in scope."
    )
    area: Words = Field(default=(), description="Areas in scope.")
    domain: Annotated[tuple[Domain, ...], Several] = Field(
        default=(), description="Domains in scope."
    )
    capability: Ids = Field(default=(), description="Kinds of unit in scope.")
    periods: Periods = Field(
        default=ALL_PERIODS, description="When: 1-4, 3-, -2, 2 or 1;3; blank is always."
    )
    requires: Condition = Field(description="The condition that lifts the caveat.")
    max_personnel: Whole | None = Field(
        default=None,
        description="People allowed per task and period unless it is lifted; blank is none at all.",
    )
    as_of: AsOf = None
    basis: Basis
    note: Note = ""
    source: Source = ""

    def is_about(self, task: str, axis: str, area: str) -> bool:
        """Tell whether a task of this id, line of effort and area is in its scope.

        axis: its line of effort.
        """
        return (
            (not self.task or task in self.task)
            and (not self.axis or axis in self.axis)
            and (not self.area or area in self.area)
        )
