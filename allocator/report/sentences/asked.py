"""Which preconditions the blocked tasks of an operation ask for, and how many tasks each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.inputs.problem import Problem, World
from allocator.report.sentences.likelihood import phrase
from allocator.report.sentences.needed import comes_with
from allocator.results.result import TaskRecord
from allocator.words import count


@dataclass(frozen=True, slots=True)
class Asked:
    """`needed`: tasks that need it whichever way is taken; `named`: tasks with it in some way.
    `all_known`: there may not be more of either. `comes_with`: what brings it about in ways that
    do not name it."""

    name: str
    holder: str
    likelihood: str
    needed: int
    named: int
    all_known: bool
    comes_with: tuple[str, ...]

    @property
    def needed_by(self) -> str:
        return self._tasks(self.needed)

    @property
    def in_a_way_of(self) -> str:
        return self._tasks(self.named)

    def _tasks(self, number: int) -> str:
        """`2 tasks`, or of a search that was cut off `at least 2 tasks` or `not known`."""
        if self.all_known:
            return count(number, "task")
        return f"at least {count(number, 'task')}" if number else "not known"


def asked_for(problem: Problem, world: World, records: Sequence[TaskRecord]) -> tuple[Asked, ...]:
    """Return one for each precondition asked for, those that most tasks need first.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. records: what the result says of the tasks.
    """
    found = (_asked(problem, world, records, name) for name in problem.preconditions)
    asked = (one for one in found if one.needed or one.named)
    return tuple(sorted(asked, key=lambda a: (-a.needed, -a.named, a.name)))


def _asked(problem: Problem, world: World, records: Sequence[TaskRecord], name: str) -> Asked:
    known = problem.preconditions[name]
    needing = [record for record in records if name in record.necessary]
    others = {other for one in needing for other in comes_with(problem, world, one, name)}
    return Asked(
        name,
        known.holder,
        phrase(known.likelihood),
        len(needing),
        sum(any(name in way for way in record.unlocking.sets) for record in records),
        all(_all_ways_known(record) for record in records),
        tuple(sorted(others)),
    )


def _all_ways_known(record: TaskRecord) -> bool:
    return record.verdict in ("ready", "short") or record.unlocking.complete
