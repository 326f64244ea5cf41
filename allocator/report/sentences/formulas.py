"""Monotone formulas over preconditions, in the one form that counts: so much of this must hold."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from allocator.inputs.conditions import (
    Always,
    Condition,
    Joins,
    LedBy,
    Never,
    Precondition,
    Staffed,
    needed,
)


@dataclass(frozen=True, slots=True)
class Least:
    """Holds where the weights of the parts that hold add up to `need`. No part is a constant."""

    need: int
    parts: tuple[tuple[int, Formula], ...]


Formula = bool | str | Least
"""A constant, a precondition that must hold, or so much of several."""


def least(need: int, parts: Iterable[tuple[int, Formula]]) -> Formula:
    """`Least` without what is settled: constants are counted, not kept. Weights are above 0."""
    open_parts: list[tuple[int, Formula]] = []
    for weight, part in parts:
        if part is True:
            need -= weight
        elif part is not False:
            open_parts.append((weight, part))
    if need <= 0:
        return True
    if sum(weight for weight, _ in open_parts) < need:
        return False
    return open_parts[0][1] if len(open_parts) == 1 else Least(need, tuple(open_parts))


def all_of(parts: Iterable[Formula]) -> Formula:
    found = tuple(dict.fromkeys(parts))
    return least(len(found), ((1, part) for part in found))


def any_of(parts: Iterable[Formula]) -> Formula:
    return least(1, ((1, part) for part in dict.fromkeys(parts)))


def formula(
    condition: Condition,
    starts: dict[str, Formula],
    tasks: Container[str],
    leaders: Container[str] = (),
) -> Formula:
    """Return the condition in a period. starts: what each precondition comes to in it; one that is
    not named cannot hold. `joins` counts as given, `staffed` where there is such a task, `led_by`
    where the task may be led by that nation.

    tasks: the tasks that the model has. leaders: the tasks that have a lead.
    """
    match condition:
        case Always() | Joins():
            return True
        case Never():
            return False
        case Precondition(id=name):
            return starts.get(name, False)
        case LedBy(nation=nation):
            return nation in leaders
        case Staffed(task=task):
            return task in tasks
    inner = [(1, formula(part, starts, tasks, leaders)) for part in condition.parts]
    return least(needed(condition), inner)


def value(of: Formula, held: Container[str]) -> bool:
    """Whether it holds where these preconditions do."""
    if isinstance(of, Least):
        return sum(weight for weight, part in of.parts if value(part, held)) >= of.need
    return of if isinstance(of, bool) else of in held
