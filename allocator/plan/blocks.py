"""What in a plan is decided together: the cells of a task, a capability or a nation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from allocator.engines.part import Part, Parts
from allocator.model.objectives import Objective
from allocator.model.variables import Sent, Variables

Block = tuple[str, str]
"""`task`, `capability` or `nation`, and its id"""

KINDS = ("task", "task", "capability", "nation")
"""What is freed first: tasks twice as often as the others."""


class Blocks:
    """Sets of variables to free while the rest of a plan stays."""

    def __init__(self, variables: Variables, rows: int | None = None) -> None:
        self._variables = variables
        self._cells: dict[Block, list[Sent]] = {}
        self._at: dict[int, Sent] = {}
        for sent in variables.sent:
            self._at[sent.variable] = sent
            for block in _blocks(sent):
                self._cells.setdefault(block, []).append(sent)
        decided = self._at.keys() | set(variables.staffed.values())
        follows = [v not in decided for v in range(len(variables.program.low))]
        self._parts = Parts(variables.program, follows, rows)

    def part(self, values: Sequence[int], free: Iterable[int]) -> Part:
        """The part of the program in which these variables are free."""
        return self._parts.cut(values, free)

    def alone(self, tasks: Iterable[str]) -> Part:
        """These tasks while all others get nothing, whatever levels have reached."""
        return self._parts.cut(self._variables.nothing(), self.tasks(tasks), later=False)

    def tasks(self, tasks: Iterable[str]) -> set[int]:
        """All that is decided about these tasks."""
        cells = [s.variable for task in tasks for s in self._cells.get(("task", task), ())]
        return self._whole(cells)

    def rivals(self, task: str, among: Iterable[str], rng: Random) -> list[str]:
        """The tasks that draw on the same pools, those that share most first, shaken a little."""
        pools = self._pools(task)
        shared = {other: len(pools & self._pools(other)) for other in among if other != task}
        rank = {other: -n * rng.uniform(0.5, 1.5) for other, n in shared.items() if n}
        return sorted(rank, key=lambda other: (rank[other], other))

    def around(
        self, objective: Objective, values: Sequence[int], size: int, rng: Random
    ) -> set[int]:
        """About `size` cells, around one that the objective could gain by."""
        seed = self._seed(objective, values, rng)
        if seed is None:
            return set()
        cells: dict[int, None] = {}
        for block in self._growing(seed, rng):
            more = self._cells[block]
            room = size - len(cells)
            if len(more) > room:
                more = rng.sample(more, room) if not cells else []
            cells |= dict.fromkeys(s.variable for s in more)
            if len(cells) >= 0.8 * size or (cells and not more):
                break
        return self._whole(cells)

    def _seed(self, objective: Objective, values: Sequence[int], rng: Random) -> Sent | None:
        """A cell beside a variable that counts in the objective."""
        counted = [v for c, v in objective.terms if (c > 0) != objective.maximise and values[v]]
        if objective.maximise or not counted:
            counted = [v for _, v in objective.terms]
        for variable in rng.sample(counted, min(len(counted), 5)):
            if variable in self._at:
                return self._at[variable]
            beside = sorted({v for v in self._parts.beside(variable) if v in self._at})
            if beside:
                return self._at[rng.choice(beside)]
        return None

    def _growing(self, seed: Sent, rng: Random) -> Iterator[Block]:
        """The seed's block of one kind, then more of that kind that have to do with it."""
        kind = rng.choice(KINDS)
        first = next(block for block in _blocks(seed) if block[0] == kind)
        yield first
        if kind == "task":
            everyone = [task.id for task in self._variables.tasks]
            yield from (("task", other) for other in self.rivals(first[1], everyone, rng))
            return
        others = sorted(block for block in self._cells if block[0] == kind and block != first)
        yield from rng.sample(others, len(others))

    def _pools(self, task: str) -> set[tuple[str, str]]:
        return {(s.nation, s.capability) for s in self._cells.get(("task", task), ())}

    def _whole(self, cells: Iterable[int]) -> set[int]:
        """With what follows from the cells, and whether their tasks are staffed."""
        cells = set(cells)
        staffed = {self._variables.staffed[self._at[v].task] for v in cells}
        return self._parts.with_followers(cells | staffed)


def _blocks(sent: Sent) -> tuple[Block, ...]:
    return (("task", sent.task), ("capability", sent.capability), ("nation", sent.nation))
