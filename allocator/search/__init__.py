"""Answers about a problem: may a task be staffed, with whom, what blocks it, which plan is best."""
