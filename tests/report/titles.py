"""Texts of a report with ids where they have titles, for checks that compare ids."""

from __future__ import annotations

from functools import lru_cache

from allocator.inputs.problem import Problem
from allocator.results.run import RunRecord


def with_ids(run: RunRecord, text: str) -> str:
    """The text with the id of every task and precondition whose title stands in it in quotes."""
    for title, own in _titles(id(run.problem), _Held(run.problem)):
        text = text.replace(title, own)
    return text


class _Held:
    """Keeps a problem alive as long as its titles are kept; alike to every other for the cache."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.problem is self.problem

    def __hash__(self) -> int:
        return id(self.problem)


@lru_cache(maxsize=64)
def _titles(key: int, held: _Held) -> tuple[tuple[str, str], ...]:
    problem = held.problem
    named = {f"“{task.title}”": task.id for task in problem.tasks}
    named |= {f"“{known.name}”": known.id for known in problem.preconditions.values()}
    assert len(named) == len(problem.tasks) + len(problem.preconditions)
    return tuple(named.items())
