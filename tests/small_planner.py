"""A planner of two nations, two models and three tasks each, made in memory."""

from __future__ import annotations

from typing import Any

from allocator.inputs.inspection import from_tables
from allocator.planner import Planner

TABLES: dict[str, list[dict[str, Any]]] = {
    "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR")],
    "capabilities": [
        {"capability": "bn", "name": "Battalion", "domain": "land", "unit": "bn", "personnel": 10}
    ],
    "availability": [
        {"nation": n, "capability": "bn", "quantity": 2, "basis": "estimate"}
        for n in ("FRA", "GBR")
    ],
    "preconditions": [
        {"precondition": p, "name": p, "kind": "political", "status": "open"}
        for p in ("ceasefire", "mandate")
    ],
    "caveats": [],
    "commitments": [
        {"commitment": "nrf", "nation": "FRA", "capability": "bn", "quantity": 1, "to": "nato",
         "purpose": "plans", "release_requires": "always", "release_risk": 3, "basis": "estimate"}
    ],
    "worlds": [{"world": "after", "precondition": "ceasefire", "from_period": 2}],
}  # fmt: skip


def model(name: str, **more: Any) -> dict[str, Any]:
    def task(name: str, minimum: int, requires: str) -> dict[str, Any]:
        needs = {"line": "l", "any_of": {"bn": 1}, "minimum": minimum}
        return {"task": name, "requires": requires, "lines": [needs]}

    return {
        "name": name,
        "horizon": {"periods": 2, "months_per_period": 6},
        "tasks": [
            task("open_door", 1, "always"),
            task("western_presence", 1, "ceasefire and mandate"),
            task("too_large", 9, "always"),
        ],
        **more,
    }


def planner_of(*models: dict[str, Any]) -> Planner:
    workspace, issues = from_tables(TABLES, list(models))
    assert workspace is not None, [str(issue) for issue in issues]
    return Planner(workspace)
