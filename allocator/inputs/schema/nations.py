"""The table `nations`: who may contribute."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from allocator.inputs.schema.base import Row
from allocator.inputs.schema.provenance import MaybeBasis, Note, Source
from allocator.inputs.schema.types import Id, Positive, Text, Word


class NationRow(Row):
    """A contributor: a country, or an organisation such as the EU."""

    id_field: ClassVar[str | None] = "nation"

    nation: Id = Field(description="Its code; ISO 3166 alpha-3 by convention.")
    name: Text = Field(description="Its name, as reports show it.")
    kind: Annotated[Literal["nation", "organisation"], Word] = Field(
        default="nation", description="A country or an organisation."
    )
    active_personnel: Positive | None = Field(
        default=None, description="Active military personnel (people); for burden sharing."
    )
    basis: MaybeBasis = None
    note: Note = ""
    source: Source = ""
