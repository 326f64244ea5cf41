"""What a planner writes: one frozen model a row kind, one file a table."""

from __future__ import annotations

from allocator.inputs.schema.availability import AvailabilityRow
from allocator.inputs.schema.base import Row
from allocator.inputs.schema.capabilities import CapabilityRow
from allocator.inputs.schema.caveats import CaveatRow
from allocator.inputs.schema.commitments import CommitmentRow
from allocator.inputs.schema.model import Horizon, LeadRow, LineRow, OperationModel, TaskRow
from allocator.inputs.schema.nations import NationRow
from allocator.inputs.schema.offers import OfferRow
from allocator.inputs.schema.periods import Periods
from allocator.inputs.schema.preconditions import PreconditionRow
from allocator.inputs.schema.worlds import WorldRow

TABLES: dict[str, type[Row]] = {
    "nations": NationRow,
    "capabilities": CapabilityRow,
    "availability": AvailabilityRow,
    "commitments": CommitmentRow,
    "preconditions": PreconditionRow,
    "caveats": CaveatRow,
    "worlds": WorldRow,
    "offers": OfferRow,
}
"""The row kind of each table, by the table's name."""

NEEDED_TABLES = ("nations", "capabilities", "availability")
"""The tables that need a row; the others may be missing."""

TABLES_WITH_ROWS = ("offers",)
"""Tables that came later: a folder that has none of their rows is written without them."""

__all__ = [
    "NEEDED_TABLES",
    "TABLES",
    "TABLES_WITH_ROWS",
    "AvailabilityRow",
    "CapabilityRow",
    "CaveatRow",
    "CommitmentRow",
    "Horizon",
    "LeadRow",
    "LineRow",
    "NationRow",
    "OfferRow",
    "OperationModel",
    "Periods",
    "PreconditionRow",
    "Row",
    "TaskRow",
    "WorldRow",
]
