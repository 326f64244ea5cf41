"""Tasks and preconditions by name: titles in prose, ids where somebody has to type them."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.inputs.problem import Problem


def task(problem: Problem, task_id: str) -> str:
    """Return `“Command of the operation”`; the id where a task has no title of its own."""
    title = problem.task(task_id).title if problem.has_task(task_id) else task_id
    return _quoted(task_id, title)


def tasks(problem: Problem, ids: Iterable[str]) -> list[str]:
    """Return each by name, in the order in which they come."""
    return [task(problem, one) for one in ids]


def precondition(problem: Problem, name: str) -> str:
    """Return `“A ceasefire is in force”`; the id where it has no name of its own."""
    known = problem.preconditions.get(name)
    return _quoted(name, known.name if known else name)


def preconditions(problem: Problem, names: Iterable[str]) -> list[str]:
    """Return each by name, in the order in which they come."""
    return [precondition(problem, one) for one in names]


def _quoted(own: str, title: str) -> str:
    """Titles may be whole sentences with commas in them."""
    return own if title in ("", own) else f"“{title}”"
