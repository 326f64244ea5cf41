"""What one unit of each capability counts for, in one cell: `mech_company: 1; tank_company: 2`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def shown(weights: Mapping[str, Any]) -> str:
    """Weights as the text of a cell."""
    return "; ".join(f"{name}: {weight}" for name, weight in weights.items())


def parsed(text: str) -> dict[str, str] | None:
    """The weights that a cell's text gives, as they are written; None where it gives none."""
    weights: dict[str, str] = {}
    for entry in text.split(";"):
        name, colon, weight = (part.strip() for part in entry.partition(":"))
        if not (name and colon and weight) or name in weights:
            return None
        weights[name] = weight
    return weights
