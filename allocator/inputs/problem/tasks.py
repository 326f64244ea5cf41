"""Tasks, their requirement lines and leads, and how each comes from its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allocator.inputs.conditions import Condition

if TYPE_CHECKING:
    from allocator.inputs.schema import model as rows
    from allocator.inputs.schema.calendar import Calendar
    from allocator.inputs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement line. `weights`: what one unit of a capability counts for, in the units of
    `minimum` and `target`. A scaled line has `one_per` (people per unit filled) and, where it
    scales with other tasks than its own, `of`. `has_target`: whether its row names one; without
    one the minimum is the target, whatever it is drawn to be."""

    id: str
    weights: Mapping[str, int]
    minimum: int
    target: int
    one_per: int | None
    of: tuple[str, ...] | None
    min_contribution: int
    has_target: bool = True

    @property
    def scaled(self) -> bool:
        return self.one_per is not None


@dataclass(frozen=True, slots=True)
class Lead:
    """The framework nation: one of `any_of` (None: any nation), or each of `all_of`.
    `min_share` in thousandths of the task's personnel."""

    any_of: tuple[str, ...] | None
    all_of: tuple[str, ...] | None
    provides: str | None
    min_share: int


@dataclass(frozen=True, slots=True)
class Task:
    """`max_share` in thousandths of the task's personnel; `periods` ascending; `members`: nations
    that each contribute; `reinforces`: those that it is a reserve for."""

    id: str
    title: str
    axis: str
    area: str
    priority: int
    requires: Condition
    periods: tuple[int, ...]
    min_nations: int
    max_nations: int | None
    max_share: int | None
    lead: Lead | None
    lines: tuple[Line, ...]
    members: tuple[str, ...] = ()
    reinforces: tuple[str, ...] = ()
    place: str = field(default="", compare=False)

    def may_be_led_by(self, nation: str) -> bool:
        """Whether its lead names the nation, or asks for no nation in particular."""
        if self.lead is None:
            return False
        named = self.lead.any_of if self.lead.all_of is None else self.lead.all_of
        return named is None or nation in named

    def line(self, line_id: str) -> Line:
        return next(line for line in self.lines if line.id == line_id)

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset(c for line in self.lines for c in line.weights)


def task_of(row: rows.TaskRow, calendar: Calendar, workspace: Workspace) -> Task:
    """Return the task of a model that the row states.

    calendar: the model's periods. workspace: whose the row is, for its place.
    """
    lead = row.lead and Lead(
        None if row.lead.any_of is None else tuple(sorted(set(row.lead.any_of))),
        None if row.lead.all_of is None else tuple(sorted(set(row.lead.all_of))),
        row.lead.provides,
        thousandths(row.lead.min_share) or 0,
    )
    return Task(
        id=row.task,
        title=row.title or row.task,
        axis=row.axis or "",
        area=row.area or "",
        priority=row.priority,
        requires=row.requires,
        periods=tuple(row.periods.within(calendar)),
        min_nations=row.min_nations or 0,
        max_nations=row.max_nations,
        max_share=thousandths(row.max_share),
        lead=lead,
        lines=tuple(sorted((_line(line) for line in row.lines), key=lambda line: line.id)),
        members=tuple(sorted(set(row.members))),
        reinforces=tuple(sorted(set(row.reinforces))),
        place=str(workspace.place(row)),
    )


def _line(row: rows.LineRow) -> Line:
    minimum = row.minimum or 0
    return Line(
        id=row.line or row.capability or "",
        weights=dict(sorted((row.any_of or {row.capability or "": 1}).items())),
        minimum=minimum,
        target=minimum if row.target is None else row.target,
        one_per=row.one_per,
        of=None if row.of is None else tuple(sorted(set(row.of))),
        min_contribution=row.min_contribution or 0,
        has_target=row.target is not None,
    )


def thousandths(share: float | None) -> int | None:
    """A share as thousandths, halves to even; the decimal that was written counts, not its
    nearest binary fraction."""
    from decimal import ROUND_HALF_EVEN, Decimal

    if share is None:
        return None
    return int((Decimal(str(share)) * 1000).to_integral_value(rounding=ROUND_HALF_EVEN))
