"""Levers as tables and as JSON data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from allocator.report.tables.table import Columns, Table, joined, make_table, whole, yes_no
from allocator.results.levers import Levers


def data(found: Levers) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "schema": 1,
        "model": found.problem.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "budget": found.budget,
        "levers": [asdict(one) for one in found.levers],
        "sequence": [
            {"budget": size, **asdict(one), "proved": proved}
            for size, (one, proved) in enumerate(zip(found.sequence, found.proved, strict=False), 1)
        ],
        "proved": found.is_proved,
        "holders": list(found.holders),
        "nobody": list(found.nobody),
        "timed_out": found.timed_out,
        "interrupted": found.interrupted,
        "faults": list(found.faults),
    }


def levers(found: Levers) -> Table:
    columns: Columns = {
        "budget": whole("at most so many holders", "holder"),
        "holders": "a best set of them; for the largest budget every smallest one",
        "acts": "what they bring about in turn",
        "opens": "tasks that are ready then, and not already",
        "ready": whole("tasks that are ready then, those ready already among them", "task"),
        "proved": "yes where no set of so many does better",
    }
    smaller = zip(range(1, found.budget), found.sequence, found.proved, strict=False)
    best = ((found.budget, one, found.is_proved) for one in found.levers)
    rows = (
        (
            budget,
            joined(one.holders),
            joined(one.acts),
            joined(one.opens),
            len(one.ready),
            yes_no(proved),
        )
        for budget, one, proved in (*smaller, *best)
    )
    return make_table("levers", "One row a best set of holders.", columns, rows)


def lever_parts(found: Levers) -> Table:
    columns: Columns = {
        "holders": "a best set of holders",
        "holder": "one of them",
        "adds": "tasks that are not ready without it, the others as they are",
    }
    rows = (
        (joined(one.holders), part.holder, joined(part.ready))
        for one in found.levers
        for part in one.adds
    )
    return make_table("lever_parts", "One row a holder of a best set: what it adds.", columns, rows)


def tables(found: Levers) -> tuple[Table, ...]:
    """All of them, in reading order."""
    return (levers(found), lever_parts(found))
