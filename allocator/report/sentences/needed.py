"""What no way does without: brought about itself, or with another that implies it."""

from __future__ import annotations

from allocator.inputs.problem import Problem, World
from allocator.report.sentences.names import Name
from allocator.report.sentences.waiting import brought_by
from allocator.results.result import TaskRecord
from allocator.words import listing


def comes_with(problem: Problem, world: World, record: TaskRecord, name: str) -> tuple[str, ...]:
    """Return what brings the needed precondition about in ways that do not name it, by id. Where
    there may be further ways, everything that implies it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. record: what the result says of the task.
    """
    implying = brought_by(problem, world, name)
    if not record.unlocking.complete:
        return implying
    others = {other for way in record.unlocking.sets if name not in way for other in way}
    return tuple(other for other in implying if other in others)


def in_words(
    problem: Problem, world: World, record: TaskRecord, name: Name = str
) -> tuple[str, ...]:
    """Return what is needed, one text each: `ceasefire (itself, or with peace_agreement)`.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. record: what the result says of the task. name: what is read in place of an
    id.
    """
    return tuple(
        or_with(name(one), tuple(map(name, comes_with(problem, world, record, one))))
        for one in record.necessary
    )


def or_with(name: str, others: tuple[str, ...]) -> str:
    """Return `ceasefire`, or `ceasefire (itself, or with peace_agreement)`."""
    return f"{name} (itself, or with {listing(others, 'or')})" if others else name
