"""Whether a task alone can be staffed with these switches on: sums first, then the engines."""
