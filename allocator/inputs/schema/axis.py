"""The lines of effort of an operation."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from allocator.inputs.schema.types import Word

Axis: TypeAlias = Annotated[Literal["regeneration", "industry", "presence"], Word]
