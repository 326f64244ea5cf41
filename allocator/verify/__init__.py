"""The checker: the rules, the objectives and a whole result read a second time, in plain Python.

It shares no code with the solver, so that a slip in one of the two readings shows as a difference.
"""

from allocator.verify.case import AddedKey, Violation
from allocator.verify.certificate import Checked, check_certificate, left_out
from allocator.verify.liftable import liftable
from allocator.verify.objectives import objective_values
from allocator.verify.result import check_result
from allocator.verify.rules import RULES, is_valid, violations
from allocator.verify.shortfalls import shortfalls

__all__ = [
    "RULES",
    "AddedKey",
    "Checked",
    "Violation",
    "check_certificate",
    "check_result",
    "is_valid",
    "left_out",
    "liftable",
    "objective_values",
    "shortfalls",
    "violations",
]
