"""What a random workspace of `generator.py` gets on top: members, reserves, months.

Each is drawn by itself, so that one more leaves the others, and all else of the seed, as they were.
"""

from __future__ import annotations

from random import Random
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def compose(seed: int | str, tables: Tables, models: list[Row]) -> None:
    """Puts them into the tables and into the first of the models."""
    models[0].setdefault("horizon", {})["starts"] = "2026-01"
    _members(Random(f"composed {seed}"), tables, models[0]["tasks"])
    _reserves(Random(f"reserves {seed}"), models[0]["tasks"])


def _members(rng: Random, tables: Tables, tasks: list[Row]) -> None:
    nations = [row["nation"] for row in tables["nations"]]
    for task in tasks:
        if rng.random() < 0.6:
            task["members"] = rng.sample(nations, rng.choice((1, 1, 2)))


def _reserves(rng: Random, tasks: list[Row]) -> None:
    for task in tasks:
        others = [other["task"] for other in tasks if other is not task]
        if others and rng.random() < 0.5:
            task["reinforces"] = rng.sample(others, rng.choice((1, len(others))))
