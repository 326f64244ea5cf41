"""How far a single figure may be wrong before a verdict changes."""

from allocator.fragility.figures import Figure, changed, figures
from allocator.fragility.result import Flip, Fragility
from allocator.fragility.search import Question, fragility

__all__ = ["Figure", "Flip", "Fragility", "Question", "changed", "figures", "fragility"]
