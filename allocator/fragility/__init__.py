"""How far a single figure may be wrong before a verdict changes."""

from allocator.fragility.figures import changed, figures
from allocator.fragility.search import Question, fragility
from allocator.results.fragility import Figure, Flip, Fragility

__all__ = ["Figure", "Flip", "Fragility", "Question", "changed", "figures", "fragility"]
