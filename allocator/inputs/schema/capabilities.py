"""The table `capabilities`: the kinds of unit."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from allocator.inputs.schema.base import Row
from allocator.inputs.schema.domain import Domain
from allocator.inputs.schema.provenance import Note, Source
from allocator.inputs.schema.types import Id, Positive, Text, Unit, Whole


class CapabilityRow(Row):
    """A kind of unit in one domain, counted in whole units."""

    id_field: ClassVar[str | None] = "capability"

    capability: Id = Field(description="Its id.")
    name: Text = Field(description="Its name, as reports show it.")
    domain: Domain = Field(description="land, air, naval or enabler; caveats may name it.")
    unit: Unit = Field(
        description="What one unit is, such as 'battalion'; its plural may follow, as in "
        "company;companies."
    )
    personnel: Whole = Field(default=0, description="People per unit.")
    rotation: Positive = Field(
        default=1,
        description="A unit that serves one period recovers for rotation - 1 further periods.",
    )
    note: Note = ""
    source: Source = ""
