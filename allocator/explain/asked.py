"""Which preconditions the blocked tasks of an operation ask for, and how many tasks each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allocator.explain.likelihood import phrase
from allocator.problem import Problem
from allocator.result import TaskRecord


@dataclass(frozen=True, slots=True)
class Asked:
    """`needed`: tasks that need it whichever way is taken; `named`: tasks with it in some way."""

    name: str
    holder: str
    likelihood: str
    needed: int
    named: int


def asked_for(problem: Problem, records: Iterable[TaskRecord]) -> tuple[Asked, ...]:
    """One for each precondition asked for, those that most tasks need first."""
    needed: dict[str, int] = {}
    named: dict[str, int] = {}
    for record in records:
        for name in record.necessary:
            needed[name] = needed.get(name, 0) + 1
        for name in {*record.necessary}.union(*record.unlocking.sets):
            named[name] = named.get(name, 0) + 1
    found = (
        Asked(n, known.holder, phrase(known.likelihood), needed.get(n, 0), named[n])
        for n, known in problem.preconditions.items()
        if n in named
    )
    return tuple(sorted(found, key=lambda a: (-a.needed, -a.named, a.name)))
