"""Units that belong to no nation, and the fewest of them that fill a task's lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import ceil, prod

from allocator.checker import AddedKey
from allocator.checker.case import Case
from allocator.inputs.problem import Line, Problem, Task
from tests.brute.parts import LIMIT, Memory, NotTinyError, breaks


class Additions:
    """Adds to one problem's tasks, each in one period."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.memory = Memory()

    def least(self, case: Case, task: Task) -> Mapping[AddedKey, int] | None:
        """The cheapest units to add so that the task's lines are filled; None where none do."""
        period = task.periods[0]
        # R1 and R2 see no more than this of what nations send.
        filled = tuple(case.filled(task, line.id, period) for line in task.lines)
        key = ("added", task.id, period, filled, case.deployed(task.id, period))

        def make() -> Mapping[AddedKey, int] | None:
            for added in self._additions(task, period):
                if not breaks(replace(case, added=added), "R1", "R2"):
                    return added
            return None

        return self.memory.remembered(key, make)

    def _additions(self, task: Task, period: int) -> list[dict[AddedKey, int]]:
        return self.memory.remembered(
            ("additions", task.id, period), lambda: self._list_additions(task, period)
        )

    def _list_additions(self, task: Task, period: int) -> list[dict[AddedKey, int]]:
        """All that may be worth adding, cheapest first."""
        cells = [(line, capability) for line in task.lines for capability in line.weights]
        most = [self._most_added(task, line, capability, period) for line, capability in cells]
        if prod(m + 1 for m in most) > LIMIT // 10:
            raise NotTinyError(f"{prod(m + 1 for m in most)} ways to add to {task.id}")
        found = []
        for numbers in product(*(range(m + 1) for m in most)):
            amounts = list(zip(cells, numbers, strict=True))
            price = sum(Fraction(n, max(1, line.minimum)) for (line, _), n in amounts)
            added = {(task.id, line.id, c, period): n for (line, c), n in amounts if n}
            found.append((price, len(found), added))
        return [added for *_, added in sorted(found, key=lambda one: one[:2])]

    def _most_added(self, task: Task, line: Line, capability: str, period: int) -> int:
        """More than this on one line is never needed: the minimum, and for a scaled line as much
        as carries everybody else; nothing for that where a unit brings more people than it
        carries."""
        least = ceil(Fraction(line.minimum, line.weights[capability]))
        if line.one_per is None or (line.of is not None and task.id not in line.of):
            return least
        if sum(other.scaled for other in task.lines) > 1:
            raise NotTinyError(f"{task.id} has scaled lines that carry each other")
        own = self.problem.capabilities[capability].personnel
        net = line.one_per * line.weights[capability] - own
        return (
            least + max(0, ceil(Fraction(self._most_people(task, period), net)))
            if net > 0
            else least
        )

    def _most_people(self, task: Task, period: int) -> int:
        """No more than these are at the task, short of what carries them."""
        people = {name: c.personnel for name, c in self.problem.capabilities.items()}
        national = sum(
            people[c] * self.problem.available(n, c, period)
            for n, c in self.problem.availability
            if c in task.capabilities
        )
        return national + sum(
            people[c] * ceil(Fraction(line.minimum, weight))
            for line in task.lines
            for c, weight in line.weights.items()
        )
