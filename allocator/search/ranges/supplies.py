"""What pools hold in all draws at once: which sums fall short, and which allocations may stand.

A sum is an inequality in the figures: evaluated at all draws it settles those on its side. Each
pool is looked at once for every combination of its own figures, which are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import Figure, at
from allocator.results.certificate import Proof
from allocator.results.result import Allocation
from allocator.search.feasibility.pool import Assumptions, Pool
from allocator.search.feasibility.supply_bound import Need, SupplyBound
from allocator.search.ranges.draws import Draws, Marks, Numbers

Key = tuple[str, str]

_EXACT = 1 << 61
"""Beyond this sums of 64-bit numbers are left alone."""


@dataclass(frozen=True)
class _Kind:
    """A pool in all draws. of: by draw, the number of its combination of figures; by combination
    its `pools`, what a window leaves, and what may serve at once (by period)."""

    of: Numbers
    pools: tuple[Pool, ...]
    rests: Numbers
    at_once: Numbers


class Supplies:
    """The pools of one task in all draws."""

    def __init__(self, problem: Problem, world: World, task: str, draws: Draws) -> None:
        self._problem = problem
        self._task = problem.task(task)
        self._beside = problem.companions(task)
        self._draws = draws
        self._around = Assumptions(world)
        self._columns = {one.figure: n for n, one in enumerate(draws.ranges)}
        self._kinds: dict[Key, _Kind] = {}
        self._bound = SupplyBound(self._at_most_asked(), self._task_at_most)

    def refuted(self) -> tuple[Marks, Numbers, tuple[Proof, ...]]:
        """In which draws a sum falls short, by which of the proofs (the one of fewest lines and
        periods), and the proofs."""
        needs = sorted(self._bound.needs, key=_size)
        short = np.zeros((self._draws.number, len(needs)), bool)
        for number, need in enumerate(needs):
            short[:, number] = self._short(need)
        fired: Marks = np.asarray(short.any(axis=1))
        nowhere = np.zeros(self._draws.number, np.int64)
        which: Numbers = np.asarray(short.argmax(axis=1)) if needs else nowhere
        return fired, which, tuple(_proof(need) for need in needs)

    def condition_holds(self) -> bool:
        """Whether the task's own condition could hold: no figure changes that."""
        return self._bound.condition_holds(self._around)

    def stands(self, allocation: Allocation) -> Marks:
        """In which draws R1 and R3 let the allocation stand, by these sums; the checker judges."""
        found = self._filled(allocation)
        for key, by_period in sent_by_pool(allocation).items():
            found &= self._holds(key, by_period)
        return found

    def _holds(self, key: Key, sent: Mapping[int, int]) -> Marks:
        kind, rotation = self._kind(key), self._problem.capabilities[key[1]].rotation
        fine = np.ones(len(kind.pools), bool)
        for period in self._problem.periods:
            if period in sent:
                fine &= sent[period] <= kind.at_once[:, period - 1]
            window = sum(sent.get(q, 0) for q in range(period - rotation + 1, period + 1))
            if window:
                fine &= window <= kind.rests[:, period - 1]
        held: Marks = fine[kind.of]
        return held

    def _filled(self, allocation: Allocation) -> Marks:
        """In which draws what is sent meets the minimums that were drawn."""
        found = np.ones(self._draws.number, bool)
        for figure, column in self._columns.items():
            if figure.kind == "minimum":
                task_id, line_id = figure.row.split(".", 1)
                if task_id in allocation.staffed:
                    least = least_filled(self._problem, allocation, task_id, line_id)
                    found &= self._draws.values[:, column] <= least
        return found

    def _short(self, need: Need) -> Marks:
        """In which draws all that could come is less than what is needed."""
        supplied = np.zeros(self._draws.number, np.int64)
        total = 0
        for capability, weight in need.weights:
            for key in self._problem.availability:
                if key[1] == capability:
                    kind = self._kind(key)
                    most = [pool.most(need.periods) * weight for pool in kind.pools]
                    total += max(most)
                    if total > _EXACT:
                        return np.zeros(self._draws.number, bool)
                    supplied += np.array(most, np.int64)[kind.of]
        return supplied < self._needed(need)

    def _needed(self, need: Need) -> Numbers:
        needed = np.zeros(self._draws.number, np.int64)
        for name in need.lines:
            column = self._line_columns.get(name)
            if column is None:
                needed += self._task.line(name).minimum
            else:
                needed += self._draws.values[:, column]
        return needed * len(need.periods)

    @property
    def _line_columns(self) -> dict[str, int]:
        """The columns of minimums of the task's own lines, by line."""
        own = f"{self._task.id}."
        return {
            figure.row.removeprefix(own): column
            for figure, column in self._columns.items()
            if figure.kind == "minimum" and figure.row.startswith(own)
        }

    def _at_most_asked(self) -> Problem:
        """The problem with minimums at their highest: no line that may ask for units is left out
        of the sums."""
        highest = {
            one.figure: one.high for one in self._draws.ranges if one.figure.kind == "minimum"
        }
        asked = at(self._problem, highest)
        self._task_at_most = asked.task(self._task.id)
        return asked

    def _kind(self, key: Key) -> _Kind:
        if key not in self._kinds:
            self._kinds[key] = self._looked_at(key)
        return self._kinds[key]

    def _looked_at(self, key: Key) -> _Kind:
        own = {f: n for f, n in self._columns.items() if (f.nation, f.capability) == key}
        rows, of = np.unique(self._draws.values[:, [*own.values()]], axis=0, return_inverse=True)
        small = replace(
            self._problem,
            availability={key: self._problem.availability[key]},
            commitments=self._problem.commitments_of(*key),
            caveats=self._problem.caveats_on(key[0], self._task.id),
        )
        pools = tuple(self._pool(small, key, own, row) for row in rows.tolist())
        return _Kind(
            of.reshape(-1),
            pools,
            np.array([pool.rests for pool in pools], np.int64),
            np.array([pool.at_once for pool in pools], np.int64),
        )

    def _pool(self, small: Problem, key: Key, own: Mapping[Figure, int], row: list[int]) -> Pool:
        here = at(small, dict(zip(own, row, strict=True)))
        return Pool(here, self._task, self._beside, key, self._around)


def _size(need: Need) -> tuple[int, int, tuple[int, ...]]:
    return len(need.lines), len(need.periods), need.periods


def _proof(need: Need) -> Proof:
    """Without figures: these differ from draw to draw."""
    return Proof(by="sum", lines=need.lines, periods=need.periods)


def sent_by_pool(allocation: Allocation) -> dict[Key, dict[int, int]]:
    """Units by nation and capability, by period, whatever task they go to."""
    found: dict[Key, dict[int, int]] = {}
    for (nation, _, _, capability, period), units in allocation.units.items():
        by_period = found.setdefault((nation, capability), {})
        by_period[period] = by_period.get(period, 0) + units
    return found


def least_filled(problem: Problem, allocation: Allocation, task_id: str, line_id: str) -> int:
    """Return how far the line is filled in its emptiest period.

    problem: the model that is asked about, with its tables. allocation: the units sent, and what is
    released for them. task_id: the task's id. line_id: the line's id.
    """
    task = problem.task(task_id)
    filled = dict.fromkeys(task.periods, 0)
    weights = task.line(line_id).weights
    for (_, sent_to, line, capability, period), units in allocation.units.items():
        if (sent_to, line) == (task_id, line_id) and period in filled:
            filled[period] += weights.get(capability, 0) * units
    return min(filled.values(), default=0)
