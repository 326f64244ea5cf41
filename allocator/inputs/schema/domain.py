"""The domains of capabilities."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from allocator.inputs.schema.types import Word

Domain: TypeAlias = Annotated[Literal["land", "air", "naval", "enabler"], Word]
