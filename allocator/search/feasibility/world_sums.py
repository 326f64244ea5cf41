"""Sums over all worlds at once: which are no for certain, and which are yes.

As `SupplyBound`, with what every pool brings as units that come on in some worlds. What could come
at the most refutes; what comes for sure and steadily, enough for every group of lines, proves. A
task that cannot be staffed without another is refuted where the other is, and where both together
need too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial

from allocator.inputs.conditions import tasks_always_in
from allocator.inputs.problem import Line, Problem, Task
from allocator.search.feasibility.splits import components, grouped, ways
from allocator.search.feasibility.supply_bound import Need, SupplyBound, needs_of
from allocator.search.feasibility.world_supply import WorldSupply
from allocator.search.feasibility.world_units import WorldQuestion
from allocator.search.minimal_sets.algebra import Worlds


class WorldSums:
    """The sums of one question over the sets of its switches."""

    def __init__(self, asked: WorldQuestion) -> None:
        self._asked = asked
        self._problem = asked.problem
        self._scope = asked.scope
        self._worlds = asked.worlds
        self._task = asked.problem.task(asked.scope.task or "")
        self._tasks = [self._task] if asked.sure else [*_together(asked.problem, self._task)]
        self._bounds = {task.id: SupplyBound(asked.problem, task) for task in self._tasks}
        self._left = [*self._single()]
        self._said = [asked.worlds.everything()]
        self._runs = [*self._needs()]

    @cached_property
    def _supply(self) -> WorldSupply:
        """Made when first asked for: of tasks that sums cannot prove nothing is."""
        return WorldSupply(self._asked, self._tasks)

    @property
    def refuted_so_far(self) -> Worlds:
        return self._worlds.invert(self._worlds.all_of(self._said))

    def refuted(self) -> Worlds:
        """The worlds in which everybody together has too little. Where `check` gives the sums up,
        what they said by then stays, and asked again they go on."""
        while self._left:
            self._said.append(self._left[0]())
            del self._left[0]
        self._said = [self._worlds.all_of(self._said)]
        while self._runs:
            need, tasks, shared = self._runs[0]
            if self._binds(need, tasks, shared):
                brought = self._supply.brought(dict(need.weights), need.periods, tasks)
                parts = self._supply.parts(brought)
                self._said = [self._worlds.narrowed(self._said[0], need.units, parts)]
            del self._runs[0]
        return self.refuted_so_far

    def _binds(self, need: Need, tasks: Sequence[Task], shared: bool) -> bool:
        """Whether a need says more than what lines can share in each of its periods: where some
        pool sends less over them together, or where it is not known how lines could share.

        shared: whether that is known.
        """
        if len(need.periods) == 1:
            return not shared
        return self._supply.binds(need, tasks)

    def _single(self) -> Iterator[Callable[[], Worlds]]:
        """What is asked of every task and in every period."""
        for task in self._tasks:
            yield partial(self._possible, task)
            yield partial(self._led, task)
        for lines, tasks in self._groups():
            yield partial(self._shared_out, lines, tasks)

    def _needs(self) -> Iterator[tuple[Need, list[Task], bool]]:
        """What lines need together, of which tasks, and whether it is known how they, and all
        that draw on the same, can share what comes in one period."""
        for task in self._tasks:
            known = {
                line.id: ways(lines) is not None for lines in components(task) for line in lines
            }
            for need in self._bounds[task.id].needs:
                yield need, [task], known[need.lines[0]]
        for lines, tasks in self._groups():
            if len(tasks) > 1:
                shared = ways([line for line, _ in lines]) is not None
                for need in needs_of(self._problem, lines):
                    yield need, tasks, shared

    def proved(self) -> Worlds:
        """The worlds in which steady contributions alone are sure to do."""
        if not self._bounds[self._task.id].simple:
            return self._worlds.nothing()
        tables = [self._possible(self._task)]
        for lines in components(self._task):
            shared = self._shared(lines, self._task.periods, self._tasks)
            if shared is None:
                return self._worlds.nothing()
            tables.append(shared)
        return self._worlds.all_of(tables)

    def _possible(self, task: Task) -> Worlds:
        """Where the task's own condition holds in all its periods."""
        table = self._worlds.everything()
        for period in task.periods:
            table &= self._supply.holds(task.requires, period, task)
        return table

    def _led(self, task: Task) -> Worlds:
        """Where enough of those that may lead the task can send what its leader provides, in
        every period."""
        lead = task.lead
        if lead is None or self._scope.droppable:
            return self._worlds.everything()
        provided = sorted(task.capabilities) if lead.provides is None else [lead.provides]
        nations = lead.all_of or lead.any_of or self._problem.nations
        tables = []
        for nation in nations:
            table = self._worlds.everything()
            for period in task.periods:
                sent = self._worlds.nothing()
                for capability in provided:
                    sent |= self._supply.present(nation, capability, period, task)
                table &= sent
            tables.append((1, table))
        return self._worlds.at_least(len(nations) if lead.all_of else 1, tables)

    def _groups(self) -> Iterator[tuple[list[tuple[Line, Task]], list[Task]]]:
        """The groups of lines that draw on the same capabilities: of each task, and of tasks that
        do so together."""
        for task in self._tasks:
            for lines in grouped([(line, task) for line in task.lines]):
                yield lines, [task]
        for lines in grouped([(line, task) for task in self._tasks for line in task.lines]):
            tasks = [task for task in self._tasks if any(of is task for _, of in lines)]
            if len(tasks) > 1:
                yield lines, tasks

    def _shared_out(self, lines: Sequence[tuple[Line, Task]], tasks: Sequence[Task]) -> Worlds:
        """Where in every period what could come can be shared out between lines."""
        table = self._worlds.everything()
        capabilities = {capability: 1 for line, _ in lines for capability in line.weights}
        seen = set()
        for period in sorted({period for task in tasks for period in task.periods}):
            active = frozenset(task.id for task in tasks if period in task.periods)
            brought = self._supply.brought(capabilities, (period,), tasks)
            if (active, brought) not in seen:
                seen.add((active, brought))
                asked = [line for line, task in lines if task.id in active]
                if (shared := self._shared(asked, (period,), tasks)) is not None:
                    table &= shared
        return table

    def _shared(
        self, lines: Sequence[Line], periods: tuple[int, ...], tasks: Sequence[Task]
    ) -> Worlds | None:
        """Where supplies can be shared out between lines so that all are met; None where there
        is no short way to say so. For sure, supplies are those kept up in all the periods."""
        found = ways(lines)
        if found is None:
            return None
        brought = (self._supply.brought(weights, periods, tasks) for weights in found.sums)
        totals = [self._worlds.total(self._supply.parts(one)) for one in brought]
        reached: dict[tuple[int, int], Worlds] = {}
        table = self._worlds.nothing()
        for needs in found.needs:
            met = self._worlds.everything()
            for step in enumerate(needs):
                if step not in reached:
                    reached[step] = totals[step[0]].at_least(step[1])
                met &= reached[step]
            table |= met
        return table


def _together(problem: Problem, task: Task) -> Iterator[Task]:
    """The task and all that it cannot be staffed without, directly or by another of these."""
    found = {task.id: task}
    waiting = [task]
    while waiting:
        current = waiting.pop()
        yield current
        for name in sorted(tasks_always_in(current.requires)):
            if name not in found and problem.has_task(name):
                found[name] = problem.task(name)
                waiting.append(found[name])
