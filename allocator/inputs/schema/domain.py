"""The domains of capabilities."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from allocator.inputs.schema.types import Suggested, Term

DOMAINS = ("land", "air", "naval", "enabler")
"""Those that are usual; any other word will do."""

Domain: TypeAlias = Annotated[Term, Suggested(DOMAINS)]
