"""What a planner writes, from cells and lines to a problem without errors."""
