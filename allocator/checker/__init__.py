"""The checker: the rules, the objectives and a whole result read a second time, in plain Python.

It shares no code with the solver, so that a slip in one of the two readings shows as a difference.
"""

from allocator.checker.case import AddedKey, Violation
from allocator.checker.certificate import Checked, check_certificate, left_out
from allocator.checker.liftable import liftable
from allocator.checker.objectives import objective_values
from allocator.checker.result import check_result
from allocator.checker.rules import RULES, is_valid, violations
from allocator.checker.shortfalls import shortfalls

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
