"""The table `worlds`: named assumptions about which preconditions hold."""

from __future__ import annotations

from pydantic import Field

from allocator.inputs.schema.base import Row
from allocator.inputs.schema.provenance import Note
from allocator.inputs.schema.types import Id, Name, Start


class WorldRow(Row):
    """In this world the precondition holds from a period on, beside all that is met already."""

    world: Name = Field(description="The world's name; `today` always exists.")
    precondition: Id = Field(description="The precondition that holds in it.")
    from_period: Start = Field(
        default=1, description="The first period in which it holds; or a month, such as 2026-07."
    )
    note: Note = ""
