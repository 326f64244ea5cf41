"""How far a figure may be off: the columns that every ranged figure has."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from allocator.inputs.schema.types import Text, Whole

Low: TypeAlias = Annotated[
    Whole | None,
    Field(description="The least that the figure may be; blank is the figure itself."),
]
High: TypeAlias = Annotated[
    Whole | None,
    Field(description="The most that the figure may be; blank is the figure itself."),
]
Group: TypeAlias = Annotated[
    Text,
    Field(description="Figures of one group are off together, helpful or harmful alike."),
]
