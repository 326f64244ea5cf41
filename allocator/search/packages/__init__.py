"""Coalitions that can staff a task."""
