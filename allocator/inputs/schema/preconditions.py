"""The table `preconditions`: facts of the world that somebody has to bring about."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from allocator.inputs.conditions import Always
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.provenance import MaybeBasis, Note, Source
from allocator.inputs.schema.types import (
    Condition,
    Effort,
    Id,
    Ids,
    Share,
    Suggested,
    Term,
    Text,
    Whole,
    Word,
)

KINDS = ("political", "legal", "military")
"""Those that are usual; any other word will do."""


class PreconditionRow(Row):
    """A fact that conditions may name: a ceasefire, a mandate, a parliament's vote."""

    id_field: ClassVar[str | None] = "precondition"

    precondition: Id = Field(description="Its id, as conditions name it.")
    name: Text = Field(description="Its name, as reports show it.")
    kind: Annotated[Term, Suggested(KINDS)] = Field(description="What sort of fact it is.")
    status: Annotated[Literal["met", "open", "ruled_out"], Word] = Field(
        description="met: holds; open: may be brought about; ruled_out: never offered as a way out."
    )
    holder: Text = Field(default="", description="Who can bring it about.")
    implies: Ids = Field(
        default=(), description="Preconditions that hold as soon as this one does."
    )
    effort: Effort = Field(default=1, description="How hard it is to bring about, 1 (least) to 10.")
    likelihood: Share | None = Field(
        default=None, description="How likely it is to come about, 0 to 1; blank is unknown."
    )
    after: Condition = Field(
        default=Always(),
        description="Its holder acts only once this holds: preconditions and staffed(TASK).",
    )
    lead_months: Whole = Field(
        default=0, description="Whole months from then until it is met; 0 is at once."
    )
    basis: MaybeBasis = None
    note: Note = ""
    source: Source = ""
