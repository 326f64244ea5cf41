"""What can be had for what: the plans of a task, or of all together, that no other plan beats."""

from allocator.results.front import Front, Point
from allocator.search.front.search import MOST_OBJECTIVES, OBJECTIVES, front

__all__ = ["MOST_OBJECTIVES", "OBJECTIVES", "Front", "Point", "front"]
