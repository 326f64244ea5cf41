"""The integer program of a problem: decision variables, rules R1 … R10, objectives.

Plain data: no solver is imported here. Every rule is a linear row without enforcement, so that
CP-SAT and HiGHS read the very same program.
"""

from allocator.model.build import RULES, build
from allocator.model.program import Program
from allocator.model.scope import Scope
from allocator.model.variables import Variables

__all__ = ["RULES", "Program", "Scope", "Variables", "build"]
