"""The operation model: a horizon, tasks, and their requirement lines (`models/NAME.yaml`)."""

from __future__ import annotations

from typing import Annotated, ClassVar, final

from pydantic import Field, model_validator

from allocator.inputs.conditions import Always
from allocator.inputs.schema.axis import Axis
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.calendar import Calendar
from allocator.inputs.schema.objectives import OBJECTIVES
from allocator.inputs.schema.parts import Lead, Lines, Objectives, Weights
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.provenance import Note, Source
from allocator.inputs.schema.ranged import Group, High, Low
from allocator.inputs.schema.rules import LEAD_RULES, LINE_RULES, TASK_RULES, Rule, require
from allocator.inputs.schema.types import (
    Condition,
    GivenIds,
    Id,
    Ids,
    Month,
    Name,
    PeriodCount,
    Periods,
    Positive,
    Share,
    Text,
    TrueFalse,
    Whole,
)


class Horizon(Row):
    """How far the model looks: periods 1 to `periods`."""

    may_have_own: ClassVar[bool] = False

    periods: PeriodCount = Field(default=1, description="Number of periods.")
    months_per_period: PeriodCount = Field(
        default=6, description="Length of a period (months); the same in all models of a workspace."
    )
    starts: Month | None = Field(
        default=None, description="The first month of period 1, such as 2026-01."
    )

    @property
    def calendar(self) -> Calendar:
        """Its periods with their months, where it says when they start."""
        return Calendar(self.periods, self.starts, self.months_per_period)


class LineRow(Row):
    """A requirement line: units of one capability, or of several that substitute for another."""

    id_field: ClassVar[str | None] = "line"

    line: Id | None = Field(
        default=None, description="Its id; where it is left out, the capability's."
    )
    capability: Id | None = Field(
        default=None, description="The kind of unit, where only one fits."
    )
    any_of: Weights | None = Field(
        default=None,
        description="What one unit of each capability counts for, in units of `minimum`.",
    )
    minimum: Whole | None = Field(
        default=None, description="Units needed for the task to be staffed."
    )
    target: Whole | None = Field(
        default=None, description="Units wanted; the minimum where left out."
    )
    one_per: Positive | None = Field(
        default=None, description="Scaled line: one unit for every so many people deployed."
    )
    of: Ids | None = Field(
        default=None,
        description="Scaled line: the tasks whose people count; its own where left out.",
    )
    min_contribution: Whole | None = Field(
        default=None, description="The least units a nation sends to the line in a period, if any."
    )
    note: Note = ""
    source: Source = ""
    # Last: columns of a sheet stay where people have them.
    low: Low = None
    high: High = None
    group: Group = ""

    @model_validator(mode="after")
    def _whole_line(self) -> LineRow:
        require(self, LINE_RULES)
        return self

    @property
    def id(self) -> str:
        """The line's id within its task."""
        return self.line or self.capability or ""

    @property
    def capabilities(self) -> tuple[str, ...]:
        """The capabilities that fill the line, as they were written."""
        return tuple(self.any_of or ()) or ((self.capability,) if self.capability else ())


@final
class LeadRow(Row):
    """The framework nation of a task: one of `any_of` (any, where left out), or all of `all_of`."""

    blank_is_wrong: ClassVar[frozenset[str]] = frozenset({"any_of", "all_of"})
    may_have_own: ClassVar[bool] = False

    any_of: GivenIds = Field(default=None, description="Nations of which one leads.")
    all_of: GivenIds = Field(default=None, description="Nations that each lead.")
    provides: Id | None = Field(
        default=None,
        description="The capability of which it sends at least one unit; any if left out.",
    )
    min_share: Share | None = Field(
        default=None, description="The least part of the task's personnel it sends, 0 to 1."
    )

    @model_validator(mode="after")
    def _whole_lead(self) -> LeadRow:
        require(self, LEAD_RULES)
        return self


class TaskRow(Row):
    """A job with a place, a line of effort, a priority, a condition, and requirement lines."""

    id_field: ClassVar[str | None] = "task"
    blank_is_wrong: ClassVar[frozenset[str]] = frozenset({"lead"})

    task: Id = Field(description="Its id.")
    title: Text = Field(default="", description="Its title, as reports show it.")
    axis: Axis | None = Field(default=None, description="Its line of effort.")
    area: Text = Field(default="", description="Where it is; caveats may name it.")
    priority: Positive = Field(default=1, description="1 comes first.")
    requires: Condition = Field(
        default=Always(), description="What must hold in every period of its window."
    )
    periods: Periods = Field(
        default=ALL_PERIODS, description="Its window; blank is the whole horizon."
    )
    min_nations: Whole | None = Field(
        default=None, description="The fewest nations that contribute."
    )
    max_nations: Whole | None = Field(default=None, description="The most nations that contribute.")
    max_share: Share | None = Field(
        default=None, description="The largest part of its personnel that one nation sends, 0 to 1."
    )
    lead: Annotated[LeadRow | None, Lead] = Field(default=None, description="The framework nation.")
    members: Ids = Field(
        default=(), description="Nations that each contribute in at least one of its periods."
    )
    reinforces: Ids = Field(
        default=(), description="Tasks of the model that it is a reserve for; caveats follow."
    )
    lines: Annotated[tuple[LineRow, ...], Lines] = Field(description="Its requirement lines.")
    note: Note = ""
    source: Source = ""

    @model_validator(mode="after")
    def _whole_task(self) -> TaskRow:
        require(self, TASK_RULES)
        return self


class OperationModel(Row):
    """One version of the operation."""

    id_field: ClassVar[str | None] = "name"

    name: Name = Field(description="Its name; by custom that of its file.")
    title: Text = Field(default="", description="Its title, as reports show it.")
    default: TrueFalse = Field(
        default=False, description="Whether it is meant where none is named."
    )
    horizon: Horizon = Field(default=Horizon(), description="Number and length of the periods.")
    objectives: Objectives = Field(
        default=OBJECTIVES, description="What is optimised, in this order."
    )
    tasks: tuple[TaskRow, ...] = Field(default=(), description="Its tasks.")
    note: Note = ""
    source: Source = ""


RULES: dict[type[Row], tuple[Rule, ...]] = {
    LineRow: LINE_RULES,
    LeadRow: LEAD_RULES,
    TaskRow: TASK_RULES,
}
"""What the fields of each part say to each other."""
