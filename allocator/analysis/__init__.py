"""One command from its question to its run: phase by phase, each with its share of the time."""

from allocator.analysis.analysis import Analysis
from allocator.analysis.asked import Asked
from allocator.analysis.rounds import naming

__all__ = ["Analysis", "Asked", "naming"]
