"""What can be had for what: the plans of a task, or of all together, that no other plan beats."""

from allocator.results.front import Front, Point
from allocator.search.front.search import front

__all__ = ["Front", "Point", "front"]
