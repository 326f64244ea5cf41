"""Whether weights alone decide which coalitions can staff a task.

They do where every line draws on capabilities of its own, every nation can send its most to all
lines at once whoever else comes, and nothing else is asked for. Then a coalition can staff the
task exactly where its members' most adds up to every line's minimum in every period. Wherever
one of these is not certain, no rule is claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from allocator.inputs.conditions import Condition, holds
from allocator.inputs.problem import Caveat, Line, Problem, Task, World
from allocator.model import RULES
from allocator.results.threshold_game import ThresholdGame
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound

Brought = dict[str, int]
"""Units by nation."""


def threshold_game(
    problem: Problem, world: World, task: str, nations: Sequence[str]
) -> ThresholdGame | None:
    """Return the rule by which coalitions of these nations can staff the task alone, or None where
    weights alone may not decide it. `nations`: all that could come.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    return _Task(problem, world, problem.task(task)).rule(tuple(nations))


class _UnclearError(Exception):
    """What a nation can send depends on more than the nation."""


class _Task:
    def __init__(self, problem: Problem, world: World, task: Task) -> None:
        self._problem = problem
        self._world = world
        self._task = task
        self._around = Assumptions(world)
        self._reaches: dict[tuple[int, ...], SupplyBound] = {}

    def rule(self, nations: tuple[str, ...]) -> ThresholdGame | None:
        try:
            if not self._plain():
                return None
            rows = dict.fromkeys(
                (tuple(brought[nation] for nation in nations), need)
                for brought, need in self._rows(nations)
                if need > 0
            )
        except _UnclearError:
            return None
        weights = zip(*(units for units, _ in rows), strict=True) if rows else [()] * len(nations)
        return ThresholdGame(nations, tuple(map(tuple, weights)), tuple(need for _, need in rows))

    def _plain(self) -> bool:
        """Whether lines are all that the task asks for, each on capabilities of its own, and
        no task beside it or company can make a difference to its own condition."""
        task = self._task
        plain = all(rule.weights_suffice(self._problem, task) for rule in RULES.values())
        alone = self._problem.companions(task.id) == {task.id}
        shared = Counter(c for line in task.lines if line.minimum for c in line.weights)
        own_lines = all(number == 1 for number in shared.values())
        return (
            plain
            and alone
            and own_lines
            and all(self._certain(task.requires, period, None) for period in task.periods)
        )

    def _rows(self, nations: tuple[str, ...]) -> Iterator[tuple[Brought, int]]:
        """What each nation brings, and what is needed, row by row."""
        for line in self._task.lines:
            if line.minimum:
                yield from self._line_rows(line, nations)
        if self._task.min_nations:
            able = {nation: int(self._contributes(nation)) for nation in nations}
            yield able, self._task.min_nations

    def _line_rows(self, line: Line, nations: tuple[str, ...]) -> Iterator[tuple[Brought, int]]:
        if self._one_by_one(line):
            for period in self._task.periods:
                yield {n: self._most(n, line, (period,)) for n in nations}, line.minimum
            return
        steady = {n: self._most(n, line, self._task.periods) for n in nations}
        if not self._nothing_beyond(steady, line, nations):
            raise _UnclearError
        yield steady, line.minimum

    def _one_by_one(self, line: Line) -> bool:
        """Whether what is sent in one period takes nothing from another."""
        rotations = [self._problem.capabilities[c].rotation for c in line.weights]
        return len(self._task.periods) == 1 or max(rotations) == 1

    def _nothing_beyond(self, steady: Brought, line: Line, nations: tuple[str, ...]) -> bool:
        """Whether what is kept up in all periods alike is all that counts: over some run of
        periods no nation can bring more than that."""
        reach = self._reach(self._task.periods)
        for number, need in enumerate(reach.needs):
            if need.lines == (line.id,) and all(
                reach.supply(n, self._around)[number] == len(need.periods) * steady[n]
                for n in nations
            ):
                return True
        return False

    def _contributes(self, nation: str) -> bool:
        """Whether the nation can send anything in some period."""
        return any(
            self._most(nation, line, (period,)) > 0
            for line in self._task.lines
            for period in self._task.periods
        )

    def _most(self, nation: str, line: Line, periods: tuple[int, ...]) -> int:
        """Weighted units that the nation can send the line in all the periods alike."""
        reach = self._reach(periods)
        units = {
            capability: min(
                reach.kept(nation, capability, self._around),
                *(self._allowed(nation, capability, period) for period in periods),
            )
            for capability in line.weights
            if (nation, capability) in self._problem.availability
        }
        if sum(units.values()) < line.min_contribution:
            return 0
        return sum(line.weights[capability] * number for capability, number in units.items())

    def _reach(self, periods: tuple[int, ...]) -> SupplyBound:
        if periods not in self._reaches:
            self._reaches[periods] = SupplyBound(
                self._problem, replace(self._task, periods=periods)
            )
        return self._reaches[periods]

    def _allowed(self, nation: str, capability: str, period: int) -> int:
        """The most that caveats let go, whatever else the nation sends."""
        allowed = 1 << 40
        for caveat in self._problem.caveats_on(nation, self._task.id):
            if period not in caveat.periods or capability not in caveat.capabilities:
                continue
            if self._certain(caveat.requires, period, nation):
                continue
            if caveat.max_personnel is None:
                return 0
            personnel = self._problem.capabilities[capability].personnel
            if personnel and not self._alone_in_scope(caveat, capability):
                raise _UnclearError
            if personnel:
                allowed = min(allowed, caveat.max_personnel // personnel)
        return allowed

    def _alone_in_scope(self, caveat: Caveat, capability: str) -> bool:
        """Whether no other people of the nation count against the caveat's limit."""
        return not any(
            other != capability
            and other in caveat.capabilities
            and self._problem.capabilities[other].personnel
            and (caveat.nation, other) in self._problem.availability
            for other in self._task.capabilities
        )

    def _certain(self, condition: Condition, period: int, own: str | None) -> bool:
        """Whether the condition holds; raises where that depends on company."""
        holding = self._world.holding(period)
        joining = frozenset() if own is None else frozenset({own})
        everybody = frozenset(self._problem.nations)
        without = holds(condition, holding, joining, {self._task.id})
        if without != holds(condition, holding, everybody, {self._task.id}, everybody):
            raise _UnclearError
        return without
