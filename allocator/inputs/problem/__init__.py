"""The problem: one operation model and the world it stands in, indexed, in whole numbers.

The only thing that the CP-SAT model and the checker read. It is data and look-ups; everything is
sorted by id, so that the order of rows in the tables changes nothing.
"""

from allocator.inputs.problem.build import build
from allocator.inputs.problem.parts import (
    Capability,
    Caveat,
    Commitment,
    Offer,
    Precondition,
    Rest,
    World,
)
from allocator.inputs.problem.problem import Problem
from allocator.inputs.problem.tasks import Lead, Line, Task, thousandths

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
