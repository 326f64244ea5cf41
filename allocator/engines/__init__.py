"""The two engines that search a program, and how they take turns.

CP-SAT carries the logic; HiGHS brings linear bounds. Neither is believed alone where it says no.
"""

from allocator.engines.outcome import Engine, Outcome, Prover, Settings
from allocator.engines.portfolio import Portfolio

__all__ = ["Engine", "Outcome", "Portfolio", "Prover", "Settings"]
