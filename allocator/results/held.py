"""The rows of a given plan that a run held, as `run.json` keeps them among its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.row import Kind

PLAN, HELD = "plan", "held"
"""The options: the file of the plan, and its rows that are more than planned."""


class HeldRow(BaseModel):
    """One cell and what its rows ask for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nation: str
    task: str
    line: str
    capability: str
    period: int
    kind: Kind
    quantity: int


def held_options(given: GivenPlan) -> dict[str, object]:
    """The options of a run that holds the plan's rows."""
    cells = ((key, cell) for key, cell in given.cells.items() if cell.kind != "planned")
    rows = [
        HeldRow(
            nation=key[0], task=key[1], line=key[2], capability=key[3], period=key[4],
            kind=cell.kind, quantity=cell.quantity,
        ).model_dump()
        for key, cell in cells
    ]  # fmt: skip
    return {PLAN: given.file, HELD: rows}


def held_plan(options: Mapping[str, Any]) -> GivenPlan | None:
    """The rows that a run held; None where it was given no plan. Raises pydantic.ValidationError
    for what no run writes."""
    if HELD not in options:
        return None
    rows = TypeAdapter(tuple[HeldRow, ...]).validate_python(options[HELD])
    return GivenPlan(
        tuple(
            GivenRow(r.nation, r.task, r.line, r.capability, (r.period,), r.quantity, r.kind)
            for r in rows
        ),
        str(options.get(PLAN, "")),
    )
