"""The lines of effort of an operation."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from allocator.inputs.schema.types import Suggested, Term

AXES = ("regeneration", "industry", "presence")
"""Those of the reference case; any other word will do."""

Axis: TypeAlias = Annotated[Term, Suggested(AXES)]
