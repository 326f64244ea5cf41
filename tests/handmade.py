"""Problems written by hand: only what a case is about, the rest filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, build

Row = dict[str, Any]


def problem(
    tasks: Sequence[Row],
    availability: Mapping[tuple[str, str], int],
    *,
    capabilities: Mapping[str, Row] | None = None,
    preconditions: Mapping[str, Row] | Sequence[str] = (),
    commitments: Sequence[Row] = (),
    caveats: Sequence[Row] = (),
    worlds: Sequence[Row] = (),
    active_personnel: Mapping[str, int] | None = None,
    horizon: int = 1,
    objectives: Sequence[str] | None = None,
    offers: Sequence[Row] = (),
    count: str = "inventory",
    on: date = date(2026, 6, 15),
) -> Problem:
    """Units by (nation, capability) in every period; rows without their `basis` and the like.
    Preconditions are open unless a row says otherwise; capabilities have 10 people a unit."""
    nations = sorted({nation for nation, _ in availability})
    kinds = sorted({capability for _, capability in availability} | set(capabilities or {}))
    given = (
        preconditions
        if isinstance(preconditions, Mapping)
        else {name: {} for name in preconditions}
    )
    tables: dict[str, list[Row]] = {
        "nations": [
            {"nation": n, "name": n, "active_personnel": (active_personnel or {}).get(n, "")}
            for n in nations
        ],
        "capabilities": [
            {"capability": c, "name": c, "domain": "land", "unit": "unit", "personnel": 10}
            | dict((capabilities or {}).get(c, {}))
            for c in kinds
        ],
        "availability": [
            {"nation": n, "capability": c, "quantity": units, "basis": "assumption"}
            for (n, c), units in availability.items()
        ],
        "preconditions": [
            {"precondition": name, "name": name, "kind": "political", "status": "open"} | row
            for name, row in given.items()
        ],
        "commitments": [
            {"commitment": f"c{number}", "to": "nato", "purpose": "plans", "basis": "assumption"}
            | row
            for number, row in enumerate(commitments)
        ],
        "caveats": [
            {"caveat": f"v{number}", "basis": "assumption"} | row
            for number, row in enumerate(caveats)
        ],
        "worlds": list(worlds),
        "offers": [
            {"offer": f"o{number}", "basis": "assumption"} | row
            for number, row in enumerate(offers)
        ],
    }
    model: Row = {
        "name": "m",
        "horizon": {"periods": horizon, "months_per_period": 6},
        "tasks": list(tasks),
    }
    if objectives is not None:
        model["objectives"] = list(objectives)
    workspace, issues = from_tables(tables, [model])
    if workspace is None:
        raise AssertionError([str(issue) for issue in issues])
    return build(workspace, "m", count, on)


def line(minimum: int, *capabilities: str, **more: Any) -> Row:
    """A line of units that count for one each."""
    taken = capabilities or ("bn",)
    return {"line": "l", "any_of": dict.fromkeys(taken, 1), "minimum": minimum} | more
