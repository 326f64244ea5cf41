"""A comparison as JSON: `comparison.json`, and what `--json` prints."""

from __future__ import annotations

from typing import Any

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.difference import Difference
from allocator.report.comparing.difference_words import phrase
from allocator.report.comparing.reason_tables import explained, pulls
from allocator.report.comparing.tables import MAKERS
from allocator.report.tables.table import records
from allocator.results.jsons import data_bytes

AS_THEY_STAND = (
    "runs",
    "tasks",
    "criteria",
    "levels",
    "nations",
    "contributions",
    "released",
    "gaps",
    "why",
    "plan_changes",
)
"""Tables whose rows are records in the file."""


def comparison_bytes(comparison: ComparisonRecord) -> bytes:
    return data_bytes(data(comparison))


def data(comparison: ComparisonRecord) -> dict[str, Any]:
    """Tables as lists of records; reasons as sets of differences."""
    return {
        "schema": 1,
        "base": comparison.base.name,
        **{name: records(MAKERS[name](comparison)) for name in AS_THEY_STAND},
        "changes": [_change(comparison, found) for found in comparison.changed],
        "differences": {
            side: None if found is None else [_difference(d) for d in found]
            for side, found in comparison.found.items()
        },
        "timed_out": comparison.timed_out,
        "interrupted": comparison.interrupted,
        "faults": list(comparison.faults),
    }


def _change(comparison: ComparisonRecord, found: Change) -> dict[str, Any]:
    why = found.reasons
    return {
        "run": found.side,
        "task": found.task,
        "before": found.before,
        "after": found.after,
        "explained": explained(found),
        "proof": why.proof if why and why.sets else "",
        "complete": bool(why and why.complete),
        "relevant_differences": found.relevant,
        "sets": [
            [_difference(comparison.difference(found.side, key), found.task) for key in keys]
            for keys in (why.sets if why else ())
        ],
    }


def _difference(found: Difference, task: str = "") -> dict[str, Any]:
    return {
        "kind": found.key.kind,
        "id": found.key.id,
        "column": found.key.column,
        "rule": found.rule,
        "pulls": pulls(found),
        "what": phrase(found, task),
        "cells": [
            {"column": column, "base_value": before, "value": after}
            for column, before, after in found.cells()
        ],
        "base_place": found.place_before,
        "place": found.place_after,
    }
