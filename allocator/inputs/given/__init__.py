"""A plan that somebody drew: read from a file, a sheet or a run, and held against one model."""

from allocator.inputs.given.plan import GivenCell, GivenPlan, GivenRow, Pair
from allocator.inputs.given.reading import read_given

__all__ = ["GivenCell", "GivenPlan", "GivenRow", "Pair", "read_given"]
