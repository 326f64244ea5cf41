"""Where a figure comes from, and how far it can be trusted."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from allocator.inputs.schema.types import Date, Text, Word

BasisWord: TypeAlias = Literal["reported", "general_knowledge", "estimate", "assumption"]
"""From what can be trusted most to what can be trusted least."""
Basis: TypeAlias = Annotated[
    BasisWord,
    Word,
    Field(description="How far the figure can be trusted; travels to every report."),
]
MaybeBasis: TypeAlias = Annotated[
    BasisWord | None,
    Word,
    Field(description="How far the row's figure can be trusted; travels to every report."),
]
AsOf: TypeAlias = Annotated[Date | None, Field(description="The day of which it speaks.")]
Note: TypeAlias = Annotated[Text, Field(description="Anything a reader should know.")]
Source: TypeAlias = Annotated[Text, Field(description="Where the row is from.")]
