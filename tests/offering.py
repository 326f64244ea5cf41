"""Offers on top of the tables of a seed."""

from __future__ import annotations

from random import Random
from typing import Any

from allocator.inputs.firmness import STATUSES

Row = dict[str, Any]
BASES = ("reported", "general_knowledge", "estimate", "assumption")
DAYS = ("2026-06-14", "2026-06-15", "2026-07-10", "2027-01-31")
"""Last days: before, on and after the day of the questions."""


def offers(rng: Random, tables: dict[str, list[Row]], models: list[Row]) -> list[Row]:
    """Offers of most pools. Now and then rows of availability go, and the pool is taken from
    offers: then of one unit at a time, so that it stays small."""
    found: list[Row] = []
    rotation = {r["capability"]: int(r.get("rotation") or 1) for r in tables["capabilities"]}
    for pair in sorted({(r["nation"], r["capability"]) for r in tables["availability"]}):
        rows = [r for r in tables["availability"] if (r["nation"], r["capability"]) == pair]
        few = len(tables["availability"]) > len(rows) and rng.random() < 0.3
        if few:
            tables["availability"] = [r for r in tables["availability"] if r not in rows]
        few |= any(r.get("periods") for r in rows)
        for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
            most = 1 if few and rotation[pair[1]] > 1 else rng.choice((0, 1, 1, 2, 2, 3))
            found.append(_offer(rng, tables, models, *pair, most, len(found)))
    return found


def _offer(
    rng: Random,
    tables: dict[str, list[Row]],
    models: list[Row],
    nation: str,
    capability: str,
    units: int,
    number: int,
) -> Row:
    tasks = [task["task"] for model in models for task in model["tasks"]]
    row = {"offer": f"o{number}", "nation": nation, "capability": capability}
    row |= {"quantity": str(units), "status": rng.choice(STATUSES), "basis": rng.choice(BASES)}
    if rng.random() < 0.4:
        row["task"] = ";".join(rng.sample(tasks, min(len(tasks), rng.choice((1, 1, 2)))))
    if rng.random() < 0.3:
        row["periods"] = rng.choice(("1", "2-", "-1", "1;3", "1-2"))
    if rng.random() < 0.5:
        row["requires"] = _offered_if(rng, tables, tasks)
    if rng.random() < 0.3:
        row |= {"as_of": "2026-01-15", "valid_until": rng.choice(DAYS)}
    if rng.random() < 0.2:
        row |= {"low": str(units // 2), "high": str(units + 1), "group": "together"}
    if rng.random() < 0.1:
        row |= {"note": "note 1", "source": "source 1"}
    return row


def _offered_if(rng: Random, tables: dict[str, list[Row]], tasks: list[str]) -> str:
    """A condition of one leaf, or of two."""
    names = [row["precondition"] for row in tables["preconditions"]]
    open_ = [r["precondition"] for r in tables["preconditions"] if r["status"] == "open"] or names
    joins = [f"joins({row['nation']})" for row in tables["nations"]]
    kinds = (open_, names, joins, [f"staffed({task})" for task in tasks], ["never", "always"])
    leaves = [rng.choice(rng.choices(kinds, (5, 1, 3, 2, 1))[0]) for _ in range(2)]
    if rng.random() < 0.6:
        return leaves[0]
    return rng.choice((" and ", " or ")).join(leaves)
