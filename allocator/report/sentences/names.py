"""Tasks and preconditions by name: titles in prose, ids where somebody has to type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from allocator.inputs.problem import Problem

Name = Callable[[str], str]
"""What is read in place of an id; `str` leaves ids as they are."""


def task(problem: Problem, task_id: str) -> str:
    """Return `“Command of the operation”`; the id where a task has no title of its own."""
    return _quoted(task_id, plain_task(problem, task_id))


def plain_task(problem: Problem, task_id: str) -> str:
    """Return the title without quotes, for pictures and tables; the id where there is none."""
    return problem.task(task_id).title if problem.has_task(task_id) else task_id


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


def of_tasks(problem: Problem | None) -> Name:
    """Return what names tasks; ids as they are where no problem is known."""
    return str if problem is None else partial(task, problem)


def of_preconditions(problem: Problem | None) -> Name:
    """Return what names preconditions; ids as they are where no problem is known."""
    return str if problem is None else partial(precondition, problem)


def condition(problem: Problem | None, written: str) -> str:
    """Return a condition with its preconditions and tasks by name.

    problem: the model that is asked about; None where it is not known. written: the condition in
    its own language.
    """
    if problem is None:
        return written

    def named(match: re.Match[str]) -> str:
        if match["of"]:
            return (
                match[0] if match["of"] != "staffed" else (f"{task(problem, match['who'])} staffed")
            )
        return precondition(problem, match[0]) if match[0] in problem.preconditions else match[0]

    return re.sub(r"(?P<of>staffed|joins|led_by)\((?P<who>\w+)\)|\w+", named, written)


def _quoted(own: str, title: str) -> str:
    """Titles may be whole sentences with commas in them."""
    return own if title in ("", own) else f"“{title}”"
