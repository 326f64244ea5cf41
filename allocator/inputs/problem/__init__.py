"""The problem: one operation model and the world it stands in, indexed, in whole numbers.

The only thing that the CP-SAT model and the checker read. It is data and look-ups; everything is
sorted by id, so that the order of rows in the tables changes nothing.
"""

from allocator.inputs.problem.build import build, thousandths
from allocator.inputs.problem.parts import (
    Capability,
    Caveat,
    Commitment,
    Lead,
    Line,
    Offer,
    Precondition,
    Rest,
    Task,
    World,
)
from allocator.inputs.problem.problem import Problem

__all__ = [
    "Capability",
    "Caveat",
    "Commitment",
    "Lead",
    "Line",
    "Offer",
    "Precondition",
    "Problem",
    "Rest",
    "Task",
    "World",
    "build",
    "thousandths",
]
