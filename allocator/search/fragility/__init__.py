"""How far a single figure may be wrong before a verdict changes."""

from allocator.results.fragility import Figure, Flip, Fragility
from allocator.search.feasibility.question import Question
from allocator.search.fragility.figures import changed, figures
from allocator.search.fragility.search import fragility

__all__ = ["Figure", "Flip", "Fragility", "Question", "changed", "figures", "fragility"]
