"""One command from its question to its run: phase by phase, each with its share of the time."""

from allocator.analysis.analysis import Analysis
from allocator.analysis.request import Request
from allocator.analysis.scheduler import naming

__all__ = ["Analysis", "Request", "naming"]
