"""The tables of a comparison, by name: one row a thing and run."""

from __future__ import annotations

from collections.abc import Callable

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.report.comparing import (
    criteria_tables,
    force_tables,
    plan_change_tables,
    reason_tables,
    run_table,
    task_table,
    why,
)
from allocator.report.tables.table import Table

MAKERS: dict[str, Callable[[ComparisonRecord], Table]] = {
    "runs": run_table.runs,
    "changes": reason_tables.changes,
    "reasons": reason_tables.reasons,
    "tasks": task_table.tasks,
    "why": why.why,
    "criteria": criteria_tables.criteria,
    "levels": criteria_tables.levels,
    "nations": force_tables.nations,
    "contributions": force_tables.contributions,
    "released": force_tables.released,
    "gaps": force_tables.gaps,
    "plan_changes": plan_change_tables.plan_changes,
    "differences": reason_tables.differences,
}
"""By name, in reading order."""
