"""What in a plan is decided together: the cells of a task, a capability or a nation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from random import Random
from typing import Literal

from allocator.engines.part import Part, Parts
from allocator.model.objectives import Objective
from allocator.model.variables import Assignment, Variables

Kind = Literal["task", "capability", "nation"]
KINDS: tuple[Kind, ...] = ("task", "capability", "nation")

Block = tuple[Kind, str]
"""A kind, and the id of one of it."""

UNLIKELY = 0.1
"""The share freed of those cells in which neither the plan nor the relaxation has anything."""

DRAWN = 5
"""Variables of the objective that are tried as the middle of a part."""


class Blocks:
    """Sets of variables to free while the rest of a plan stays."""

    def __init__(self, variables: Variables, rows: int | None = None) -> None:
        self._variables = variables
        self._cells: dict[Block, list[Assignment]] = {}
        self._at: dict[int, Assignment] = {}
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
        """All that is decided about these tasks, those among them that nobody can send to."""
        tasks = list(tasks)
        cells = [s.variable for task in tasks for s in self._cells.get(("task", task), ())]
        staffed = {self._variables.staffed[task] for task in tasks}
        return self._parts.with_followers(self._whole(cells) | staffed)

    def rivals(self, task: str, among: Iterable[str], rng: Random) -> list[str]:
        """Return the tasks that draw on the same pools, those that share most first, shaken a
        little.

        task: its id. among: the tasks that may be named. rng: what decides between those alike.
        """
        pools = self._pools(task)
        shared = {other: len(pools & self._pools(other)) for other in among if other != task}
        rank = {other: -n * rng.uniform(0.5, 1.5) for other, n in shared.items() if n}
        return sorted(rank, key=lambda other: (rank[other], other))

    def lines(
        self, tasks: Collection[str], others: Collection[str], capabilities: Collection[str],
        whole: Collection[str] = (),
    ) -> set[int]:  # fmt: skip
        """All that is decided about the tasks, and the lines of others that may use one of these
        capabilities.

        whole: those of the others of which then all is decided, so that they may be left out.
        """
        drawing = {
            (s.task, s.line)
            for capability in capabilities
            for s in self._cells.get(("capability", capability), ())
            if s.task in others
        }
        free = [s.variable for task in tasks for s in self._cells.get(("task", task), ())]
        for other in {name for name, _ in drawing}:
            cells = self._cells["task", other]
            free += [s.variable for s in cells if other in whole or (s.task, s.line) in drawing]
        staffed = {self._variables.staffed[task] for task in tasks}
        return self._whole(free) | self._parts.with_followers(staffed)

    def likely(
        self, variables: Iterable[int], values: Sequence[int], relaxed: Sequence[float], rng: Random
    ) -> set[int]:
        """The variables, but for most of those cells in which neither the plan nor the relaxation
        has anything.

        values: of the plan so far. relaxed: of the relaxation. rng: draws those that stay.
        """
        variables = set(variables)
        cells = sorted(variables & self._at.keys())
        return variables.difference(cells) | {*_likely(cells, values, relaxed, rng)}

    def around(
        self, kind: Kind, objective: Objective, values: Sequence[int],
        relaxed: Sequence[float] | None, size: int, rng: Random,
    ) -> set[int]:  # fmt: skip
        """Return about `size` cells, around one that the objective could gain by: one in which it
        is worse than in the relaxation, where that is known.

        kind: how cells are chosen. values: of the plan so far. relaxed: of the relaxation, where it
        is known. rng: what decides between those alike.
        """
        seed = self._seed(objective, values, relaxed, rng)
        cells: dict[int, None] = {}
        for block in self._growing(seed, kind, rng):
            more = [s.variable for s in self._cells[block]]
            if relaxed is not None and block != ("task", seed.task):
                more = _likely(more, values, relaxed, rng)
            room = size - len(cells)
            if len(more) > room:
                more = rng.sample(more, room) if not cells else []
            cells |= dict.fromkeys(more)
            if len(cells) >= 0.8 * size or (cells and not more):
                break
        return self._whole(cells)

    def _seed(
        self, objective: Objective, values: Sequence[int], relaxed: Sequence[float] | None,
        rng: Random,
    ) -> Assignment:  # fmt: skip
        """A cell beside a variable that counts in the objective; any, where that finds none."""
        for variable in _to_gain(objective, values, relaxed, rng):
            if variable in self._at:
                return self._at[variable]
            beside = sorted({v for v in self._parts.beside(variable) if v in self._at})
            if beside:
                return self._at[rng.choice(beside)]
        return rng.choice(self._variables.sent)

    def _growing(self, seed: Assignment, kind: Kind, rng: Random) -> Iterator[Block]:
        """Blocks that are decided together with the seed: what its task needs, then more."""
        if kind == "task":
            everyone = [task.id for task in self._variables.tasks]
            yield "task", seed.task
            yield from (("task", other) for other in self.rivals(seed.task, everyone, rng))
        elif kind == "capability":
            own = {s.capability for s in self._cells["task", seed.task]} - {seed.capability}
            yield "capability", seed.capability
            yield "task", seed.task
            yield from (("capability", other) for other in rng.sample(sorted(own), len(own)))
        yield from self._shuffled("nation", seed, rng)

    def _shuffled(self, kind: Kind, seed: Assignment, rng: Random) -> Iterator[Block]:
        """The seed's own, then all others of the kind."""
        first = next(block for block in _blocks(seed) if block[0] == kind)
        others = sorted(block for block in self._cells if block[0] == kind and block != first)
        yield from (first, *rng.sample(others, len(others)))

    def _pools(self, task: str) -> set[tuple[str, str]]:
        return {(s.nation, s.capability) for s in self._cells.get(("task", task), ())}

    def _whole(self, cells: Iterable[int]) -> set[int]:
        """With what follows from the cells, and whether their tasks are staffed."""
        cells = set(cells)
        staffed = {self._variables.staffed[self._at[v].task] for v in cells}
        return self._parts.with_followers(cells | staffed)


def _to_gain(
    objective: Objective, values: Sequence[int], relaxed: Sequence[float] | None, rng: Random
) -> Sequence[int]:
    """Some variables of the objective, drawn by what the relaxation gains in each."""
    best = relaxed or [0] * len(values)
    sign = -1 if objective.maximise else 1
    gains = {v: sign * c * (values[v] - best[v]) for c, v in objective.terms}
    gains = {v: gain for v, gain in gains.items() if gain > 1e-6}
    if not gains:
        counted = [v for _, v in objective.terms]
        return rng.sample(counted, min(len(counted), DRAWN))
    return rng.choices(list(gains), list(gains.values()), k=DRAWN)


def _likely(
    cells: Sequence[int], values: Sequence[int], relaxed: Sequence[float], rng: Random
) -> list[int]:
    return [v for v in cells if values[v] or relaxed[v] > 1e-6 or rng.random() < UNLIKELY]


def _blocks(sent: Assignment) -> tuple[Block, ...]:
    return (("task", sent.task), ("capability", sent.capability), ("nation", sent.nation))
