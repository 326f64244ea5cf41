"""Ranges on top of the tables of a seed."""

from __future__ import annotations

from random import Random
from typing import Any

Row = dict[str, Any]


def set_ranges(seed: int, tables: dict[str, list[Row]], models: list[Row]) -> None:
    """Gives some figures ranges, and some of these a group, so that few points are in the box."""
    rng = Random(f"ranged {seed}")
    lines = [line for task in models[0]["tasks"] for line in task["lines"]]
    rows = [*tables["availability"], *tables["commitments"], *lines, *tables.get("offers", ())]
    for row in rng.sample(rows, min(len(rows), rng.choice((2, 3, 4)))):
        stated = int(row.get("quantity", row.get("minimum", 0)))
        if rng.random() < 0.8:
            row["low"] = max(0, stated - rng.choice((1, 1, 2)))
        if rng.random() < 0.8:
            row["high"] = stated + rng.choice((1, 1, 2))
        if rng.random() < 0.4:
            row["group"] = rng.choice(("g", "h"))
