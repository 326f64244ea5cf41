"""The table of the runs that are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.tables.table import Figure, Table, Value, joined, make_table, yes_no


def runs(comparison: ComparisonRecord) -> Table:
    columns: dict[str, str | Figure] = {
        "run": "name of the run in this comparison",
        "base": "yes for the run that the others are compared with",
        "model": "operation model",
        "world": "world",
        "holds": "preconditions that hold, with the period from which, ';' between",
        "command": "solve, packages or blockers",
        "plan": "status of the joint plan: optimal, feasible or unknown",
        "stopped": "time limit, memory or interrupted, where the run ended early",
        "time_limit": "seconds that the run was given",
        "seed": "seed of the engines",
        "began": "when the run was made",
        "version": "of the allocator that made it",
        "inputs": "known, or why not; without them no reason is given",
        "folder": "where the run is kept",
    }
    rows: Iterable[tuple[Value, ...]] = (_run_row(comparison, side) for side in comparison.sides)
    if any(map(_starts, comparison.sides)):
        columns = columns | {"starts": "first month of period 1; blank where the model has none"}
        beside = zip(rows, map(_starts, comparison.sides), strict=True)
        rows = ((*row, starts) for row, starts in beside)
    return make_table("runs", "One row a run that is compared.", columns, rows)


def _starts(side: Side) -> str:
    return str((side.inputs and side.inputs.problem.starts) or "")


def _run_row(comparison: ComparisonRecord, side: Side) -> tuple[Value, ...]:
    told: Mapping[str, Any] = side.provenance
    options = told.get("options") or {}
    return (
        side.name,
        yes_no(side is comparison.base),
        side.result.model,
        side.result.world.name,
        joined(f"{name}@{start}" for name, start in sorted(side.result.world.holds.items())),
        _text(told.get("command")),
        side.result.plan.status,
        next((word for key, word in _STOPPED.items() if told.get(key)), ""),
        _text(options.get("time_limit")),
        _text(options.get("seed")),
        _text(told.get("began")),
        _text((told.get("versions") or {}).get("contribution-allocator")),
        side.unknown or "known",
        "" if side.folder is None else _path(side.folder),
    )


_STOPPED = {"interrupted": "interrupted", "out_of_memory": "memory", "timed_out": "time limit"}
"""What ended a run early, by the key of `run.json` that says so."""


def _path(folder: Path) -> str:
    """As text that can be written; a name on a disk may be none."""
    return str(folder).encode("utf-8", "replace").decode("utf-8")


def _text(value: object) -> str:
    return "" if value is None else str(value)
