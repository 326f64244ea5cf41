"""What a planner writes: one frozen model a row kind, one file a table."""

from __future__ import annotations

from allocator.schema.availability import AvailabilityRow
from allocator.schema.base import Row
from allocator.schema.capabilities import CapabilityRow
from allocator.schema.caveats import CaveatRow
from allocator.schema.commitments import CommitmentRow
from allocator.schema.model import Horizon, LeadRow, LineRow, OperationModel, TaskRow
from allocator.schema.nations import NationRow
from allocator.schema.periods import Periods
from allocator.schema.preconditions import PreconditionRow
from allocator.schema.worlds import WorldRow

TABLES: dict[str, type[Row]] = {
    "nations": NationRow,
    "capabilities": CapabilityRow,
    "availability": AvailabilityRow,
    "commitments": CommitmentRow,
    "preconditions": PreconditionRow,
    "caveats": CaveatRow,
    "worlds": WorldRow,
}
"""The row kind of each table, by the table's name."""

NEEDED_TABLES = ("nations", "capabilities", "availability")
"""The tables that need a row; the others may be missing."""

__all__ = [
    "NEEDED_TABLES",
    "TABLES",
    "AvailabilityRow",
    "CapabilityRow",
    "CaveatRow",
    "CommitmentRow",
    "Horizon",
    "LeadRow",
    "LineRow",
    "NationRow",
    "OperationModel",
    "Periods",
    "PreconditionRow",
    "Row",
    "TaskRow",
    "WorldRow",
]
