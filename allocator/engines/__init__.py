"""The two engines that search a program, and how they take turns.

CP-SAT carries the logic; HiGHS brings linear bounds. Neither is believed alone where it says no.
"""

from allocator.engines.outcome import EngineName, Outcome, Prover, Settings
from allocator.engines.portfolio import Portfolio

__all__ = ["EngineName", "Outcome", "Portfolio", "Prover", "Settings"]
