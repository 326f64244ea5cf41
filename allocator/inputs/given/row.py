"""The columns of a given plan, and those of a run's `allocation` that say nothing new in it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Field

from allocator.inputs.schema.base import Row
from allocator.inputs.schema.periods import ALL_PERIODS
from allocator.inputs.schema.provenance import Note, Source
from allocator.inputs.schema.types import Id, Periods, Text, Whole, Word

Kind: TypeAlias = Literal["planned", "exactly", "at_least", "at_most"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class PlanRow(Row):
    """Units of a capability that a nation is to send to a line of a task in these periods."""

    nation: Id = Field(description="The nation that sends.")
    task: Id = Field(description="The task of the model that it sends to.")
    line: Id | None = Field(
        default=None,
        description="The requirement line; may be left out where one line takes the capability.",
    )
    capability: Id = Field(description="The capability that it sends.")
    periods: Periods = Field(
        default=ALL_PERIODS, description="When, by numbers or months; blank is the task's window."
    )
    quantity: Whole = Field(description="Units sent in each of the periods.")
    kind: Annotated[Kind, Word] = Field(
        default="planned",
        description="planned (may change), exactly, at_least or at_most.",
    )
    note: Note = ""
    source: Source = ""


class AllocationRow(PlanRow):
    """The same in the table `allocation` of a run, one period a row."""

    period: Periods = Field(default=ALL_PERIODS, description="As `periods`.")
    months: Text = Field(default="", description="What a run says beside it; not read.")
    unit: Text = Field(default="", description="What a run says beside it; not read.")
    personnel_per_unit: Text = Field(default="", description="What a run says beside it; not read.")
    personnel: Text = Field(default="", description="What a run says beside it; not read.")
    basis: Text = Field(default="", description="What a run says beside it; not read.")


COLUMN_OF_RUNS = "period"
"""The column by which the table of a run is known."""
