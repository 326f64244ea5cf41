"""A first allocation for a task alone, line by line, without a search.

Each nation sends the same number in every period. It is a guess that the checker judges: where
it passes, no engine need be asked; where it does not, nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from allocator.inputs.problem import Line, Problem, Task
from allocator.results.result import Allocation, UnitKey

Steady = Callable[[str, str], int]
"""nation, capability: units that can be kept at the task in all its periods alike"""


def fill(problem: Problem, task: Task, nations: Iterable[str], steady: Steady) -> Allocation | None:
    """Return an allocation that meets every minimum, or None where this simple way finds none.

    Lines with the fewest substitutes choose first. Scaled lines are beyond it.

    problem: the model that is asked about, with its tables. task: one of the model. nations: who
    may send. steady: what each can keep up.
    """
    if any(line.scaled for line in task.lines):
        return None
    left: dict[tuple[str, str], int] = {}
    units: dict[UnitKey, int] = {}
    nations = tuple(nations)
    for line in sorted(task.lines, key=lambda line: (len(line.weights), line.id)):
        sent = _sent(problem, line, nations, steady, left)
        if sent is None:
            return None
        for (nation, capability), number in sent.items():
            for period in task.periods:
                units[nation, task.id, line.id, capability, period] = number
    return Allocation(frozenset({task.id}), units)


def _sent(
    problem: Problem,
    line: Line,
    nations: tuple[str, ...],
    steady: Steady,
    left: dict[tuple[str, str], int],
) -> dict[tuple[str, str], int] | None:
    """Who sends the line what of what is left, until its minimum is met; None where it is not."""
    need = line.minimum
    sent: dict[tuple[str, str], int] = {}
    for capability, weight in sorted(line.weights.items(), key=lambda item: -item[1]):
        for nation in nations:
            pool = (nation, capability)
            if need <= 0 or pool not in problem.availability:
                continue
            if pool not in left:
                left[pool] = steady(nation, capability)
            wanted = max(-(-need // weight), line.min_contribution)
            number = min(left[pool], wanted)
            if number and number >= line.min_contribution:
                sent[pool] = number
                left[pool] -= number
                need -= weight * number
    return sent if need <= 0 else None
