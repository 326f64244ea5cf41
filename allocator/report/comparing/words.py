"""What the columns of several tables mean, and a sentence of several renderings."""

from __future__ import annotations

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.words import listing

RUN = "name of the run, as in the table runs"
BASE = "the same in the base, the first run"
LESS = "in this run less in the base"


def other_periods(comparison: ComparisonRecord) -> str:
    """When period 1 is not the same months for all; blank where it is, or is not known."""
    known = {s.name: s.inputs.problem.calendar for s in comparison.sides if s.inputs is not None}
    if len({calendar.starts for calendar in known.values()}) < 2:
        return ""
    told = (f"{c.months_of(1) or 'no month'} in {name}" for name, c in known.items())
    return f"period 1 is {listing(told)}; figures by period are compared number by number"
