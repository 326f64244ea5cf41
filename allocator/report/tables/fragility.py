"""Fragility as a table and as JSON data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allocator.report.tables.table import Table, Value, make_table, records, yes_no
from allocator.results.fragility import FRAGILE, Figure, Flip, Fragility

COLUMNS = {
    "model": "operation model",
    "world": "world of the verdict",
    "task": "id of the task",
    "verdict": "its verdict as the figures stand",
    "kind": "availability, commitment, minimum (of a line), rotation or offer",
    "row": "nation and capability, commitment, task.line, or capability",
    "figure": "what the figure is",
    "basis": "of the row; requirement for a minimum, convention for a rotation",
    "unit": "what one of it is",
    "value": "the figure as it stands",
    "turns_at": "the nearest value that turns the verdict, all other figures as they stand",
    "change": "turns_at less value",
    "percent": "change in per cent of value, to the nearest whole, at least 1",
    "verdict_then": "the verdict at that value",
    "fragile": (
        f"yes where the change is within {FRAGILE} per cent; blank where a smaller one may be"
    ),
    "exact": "no where the time limit came first: a smaller change may do",
    "place": "file and row of the figure",
    "source": "where the figure is from",
}


def table(found: Iterable[Fragility]) -> Table:
    """One row a figure and direction that turns a verdict, nearest first."""
    rows = (_row(one, flip) for one in found for flip in one.flips)
    return make_table(
        "fragility", "One row a figure that alone turns a task's verdict.", COLUMNS, rows
    )


def _row(one: Fragility, flip: Flip) -> tuple[Value, ...]:
    figure = flip.figure
    return (
        one.model,
        one.world,
        one.task,
        one.verdict,
        figure.kind,
        figure.row,
        figure.name,
        figure.basis,
        figure.unit,
        figure.value,
        flip.at,
        flip.change,
        flip.percent,
        flip.verdict,
        yes_no(flip.fragile) if flip.fragile or flip.exact else None,
        yes_no(flip.exact),
        figure.place,
        figure.source,
    )


def data(found: Fragility) -> dict[str, Any]:
    """What `--json` prints."""
    whole = table([found])
    left_out = ("model", "world", "task", "verdict")
    flips = records(whole)
    return {
        "schema": 1,
        "model": found.model,
        "world": found.world,
        "task": found.task,
        "verdict": found.verdict,
        "flips": [{k: v for k, v in flip.items() if k not in left_out} for flip in flips],
        "steady": [_short(figure) for figure in found.steady],
        "undecided": [_short(figure) for figure in found.undecided],
        **_not_asked(found),
    }


def _not_asked(found: Fragility) -> dict[str, Any]:
    """Only where there is any."""
    rows = [{"kind": "rotation", "row": one} for one in found.not_asked]
    return {"not_asked": rows} if rows else {}


def _short(figure: Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "row": figure.row,
        "value": figure.value,
        "place": figure.place,
    }
