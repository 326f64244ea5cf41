"""The matrix of reasons and the plan's changed cells, made ready for the page of a comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.plan_change_tables import (
    Moved,
    Turned,
    calendar,
    grouped,
    summary,
    turned,
)
from allocator.report.comparing.task_table import in_reading_order, title
from allocator.report.comparing.why import reason, stands
from allocator.report.page.text import short
from allocator.results.result import Verdict

ROWS_SHOWN = 100
"""Cells of a plan, those alike in one; the table has all."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One task in one run. text: after the verdict."""

    verdict: Verdict | None
    changed: bool
    text: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    task: str
    title: str
    runs: tuple[Reasoned, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """What the plan of a run sends otherwise. rows: cells, with their periods in words; more: so
    many beside them."""

    name: str
    summary: str
    turned: tuple[Turned, ...]
    rows: tuple[tuple[Moved, str], ...]
    more: int


def matrix(comparison: ComparisonRecord) -> tuple[ReasonRow, ...]:
    """A row a task, a cell a run."""
    return tuple(
        ReasonRow(
            task,
            short(title(comparison, task)),
            tuple(_reasoned(comparison, side, task) for side in comparison.sides),
        )
        for task in in_reading_order(comparison)
    )


def _reasoned(comparison: ComparisonRecord, side: Side, task: str) -> Reasoned:
    record = side.records.get(task)
    changed = stands(comparison, side, task) == "changed"
    told = reason(comparison, side, task, by_name=True).partition(": ")
    still = "still, " if told[0].startswith("still ") else ""
    return Reasoned(record.verdict if record else None, changed, f"{still}{told[2]}")


def plans(comparison: ComparisonRecord) -> tuple[PlanView, ...]:
    """Of each run but the base whose plan is known, as the base's is."""
    return tuple(_plan(comparison, side) for side in comparison.others if summary(comparison, side))


def _plan(comparison: ComparisonRecord, side: Side) -> PlanView:
    groups, when = grouped(comparison, side), calendar(comparison, side)
    rows = tuple(
        (_titled(comparison, one), when.phrase(one.periods)) for one in groups[:ROWS_SHOWN]
    )
    told = summary(comparison, side)
    more = max(0, len(groups) - ROWS_SHOWN)
    whole = tuple(_titled(comparison, one) for one in turned(comparison, side))
    return PlanView(short(side.name, 80), f"{told[0].upper()}{told[1:]}.", whole, rows, more)


Told = TypeVar("Told", Moved, Turned)


def _titled(comparison: ComparisonRecord, one: Told) -> Told:
    """With the title in place of the task's id."""
    return replace(one, task=short(title(comparison, one.task)))
