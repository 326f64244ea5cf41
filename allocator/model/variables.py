"""The decision variables of a scope, and how an allocation is read off their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import gcd

from allocator.inputs.problem import Line, Problem, Task
from allocator.model.cover import Cover
from allocator.model.literals import Literals
from allocator.model.program import Check, Program, Term, go_on
from allocator.model.room import Room
from allocator.model.scope import Scope
from allocator.results.blocking import Switch
from allocator.results.result import Allocation


@dataclass(frozen=True, slots=True)
class Assignment:
    """One decision: the units of a capability that a nation sends to a line in a period."""

    nation: str
    task: str
    line: str
    capability: str
    period: int
    personnel: int
    weight: int
    variable: int

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        return (self.nation, self.task, self.line, self.capability, self.period)


@dataclass(frozen=True, slots=True)
class Measure:
    """The largest of the parts, each (constant + sum of terms) / divisor rounded up; at least 0."""

    parts: tuple[tuple[int, tuple[Term, ...], int], ...]

    def value(self, values: Sequence[int]) -> int:
        sums = (
            -(-(constant + sum(c * values[x] for c, x in terms)) // divisor)
            for constant, terms, divisor in self.parts
        )
        return max((0, *sums))


class Variables:
    """All decision variables of a scope, with look-ups by what a rule speaks of.

    `switches` maps the kind and name of what the scope leaves open to its 0/1 variable;
    `measures` says of each variable that only measures what others decide how it is measured;
    `covers` how far offers cover what is sent, and `defined` when a literal may be 1, likewise.
    """

    def __init__(self, problem: Problem, scope: Scope, check: Check = go_on) -> None:
        self.problem = problem
        self.scope = scope
        self.program = Program()
        self.program.check = check
        self.tasks = tuple(task for task in problem.tasks if task.id in scope.tasks)
        self.staffed = {task.id: self.program.boolean() for task in self.tasks}
        for task_id in scope.must:
            self.program.fix(self.staffed[task_id], 1)
        self.switches = {switch: self.program.boolean() for switch in switches(problem, scope)}
        self.room = Room(problem, scope)
        self.sent: list[Assignment] = []
        self._by_task: dict[str, list[Assignment]] = {task.id: [] for task in self.tasks}
        self._by_task_period: dict[tuple[str, int], list[Assignment]] = {}
        self._by_line: dict[tuple[str, str, int], list[Assignment]] = {}
        self._by_pool: dict[tuple[str, str], dict[int, list[Assignment]]] = {}
        self._make_sent()
        self.added: dict[tuple[str, str, int], int] = {}
        self.released: dict[tuple[str, int], int] = {}
        self.measures: dict[int, Measure] = {}
        self.defined: dict[int, slice] = {}
        self.covers: list[Cover] = []
        self.contributes: dict[tuple[str, str], int] = {}
        self.leads: dict[tuple[str, str], int] = {}
        self._deployed: dict[tuple[str, int], list[Term]] = {}
        self.literals = Literals(self)

    # --- look-ups -------------------------------------------------------------------------

    def at(self, task: str, period: int | None = None) -> list[Assignment]:
        """All that is sent to the task, in the period or in any."""
        if period is None:
            return self._by_task[task]
        return self._by_task_period.get((task, period), [])

    def at_line(self, task: str, line: str, period: int) -> list[Assignment]:
        """Return the units sent to a line as terms. task, line: by id. period: counted from 1."""
        return self._by_line.get((task, line, period), [])

    def pools(self) -> dict[tuple[str, str], dict[int, list[Assignment]]]:
        """By nation and capability, then by period."""
        return self._by_pool

    def nations_at(self, task: str) -> list[str]:
        return sorted({sent.nation for sent in self._by_task[task]})

    def added_at(self, line: Line, period: int) -> list[tuple[str, int]]:
        """Capability and variable of the units that may be added to a line of `scope.task`."""
        return [
            (capability, self.added[line.id, capability, period])
            for capability in line.weights
            if (line.id, capability, period) in self.added
        ]

    def filled(self, task: Task, line: Line, period: int) -> list[Term]:
        """Return the weighted units at a line as terms.

        task, line: of the model. period: counted from 1.
        """
        terms = [(sent.weight, sent.variable) for sent in self.at_line(task.id, line.id, period)]
        if task.id == self.scope.task:
            terms += [(line.weights[c], v) for c, v in self.added_at(line, period)]
        return terms

    def personnel(self, task: str, period: int, *, with_added: bool = False) -> list[Term]:
        """Return the people at a task as terms.

        task: its id. period: counted from 1. with_added: whether units to add count.
        """
        terms = [(sent.personnel, sent.variable) for sent in self.at(task, period)]
        if with_added and task == self.scope.task:
            terms += [
                (self.problem.capabilities[capability].personnel, variable)
                for line in self.problem.task(task).lines
                for capability, variable in self.added_at(line, period)
            ]
        return terms

    # --- made on demand -------------------------------------------------------------------

    def contribution(self, nation: str, task: str) -> int:
        """1 exactly where the nation sends the task anything in any period."""
        key = (nation, task)
        if key not in self.contributes:
            variable = self.contributes[key] = self.program.boolean()
            units = [(1, s.variable) for s in self._by_task[task] if s.nation == nation]
            self.program.at_least([*units, (-1, variable)], 0)
            self.program.at_most([*units, (-self.program.most(units), variable)], 0)
        return self.contributes[key]

    def deployed(self, task: str, period: int) -> list[Term]:
        """The task's personnel in the period, added units apart, as one variable for the rows of
        all nations to share."""
        if (task, period) not in self._deployed:
            people = self.personnel(task, period)
            unit = gcd(*(personnel for personnel, _ in people))
            if len(people) < 2 or not unit:
                return people
            total = self.program.variable(0, self.program.most(people) // unit)
            self.program.between([*people, (-unit, total)], 0, 0)
            self._deployed[task, period] = [(unit, total)]
        return self._deployed[task, period]

    def drop(self, task: str, rule: str, amount: int) -> list[Term]:
        """Return the term that makes a rule of the scope's task give way, where it may be dropped.

        amount: how much the rule has to give way.
        """
        switch = self.switches.get(("rule", rule)) if task == self.scope.task else None
        return [] if switch is None else [(amount, switch)]

    # --- reading a solution ---------------------------------------------------------------

    def allocation(self, values: Sequence[int]) -> Allocation:
        return Allocation(
            frozenset(task for task, variable in self.staffed.items() if values[variable]),
            {sent.key: values[sent.variable] for sent in self.sent if values[sent.variable]},
            {key: values[v] for key, v in sorted(self.released.items()) if values[v]},
        )

    def measured(self, values: Sequence[int]) -> tuple[int, ...]:
        """The solution with every measure at what it comes to: rows alone leave room above it."""
        exact = list(values)
        if self.covers:
            self._raise_literals(exact)
            for cover in self.covers:
                cover.fill(exact)
        for variable, measure in self.measures.items():
            exact[variable] = measure.value(values)
        return tuple(exact)

    def _raise_literals(self, values: list[int]) -> None:
        """Sets every literal that may be 1: nothing forces it to be, and it only ever allows."""
        for variable, rows in self.defined.items():
            if not values[variable] and self.program.high[variable]:
                values[variable] = 1
                if not all(row.holds(values) for row in self.program.rows[rows]):
                    values[variable] = 0

    @contextmanager
    def defining(self, variable: int) -> Iterator[None]:
        """Remembers which rows, those added meanwhile, say when a literal may be 1."""
        first = len(self.program.rows)
        yield
        self.defined[variable] = slice(first, len(self.program.rows))

    def nothing(self) -> tuple[int, ...]:
        """Doing nothing: all zero, but for what every line is then short of."""
        return self.measured([0] * len(self.program.low))

    def added_units(self, values: Sequence[int]) -> dict[tuple[str, str, int], int]:
        """Units added, by line, capability and period."""
        return {key: values[v] for key, v in sorted(self.added.items()) if values[v]}

    # --- building -------------------------------------------------------------------------

    def _make_sent(self) -> None:
        for task in self.tasks:
            for line in task.lines:
                for capability_id, weight in line.weights.items():
                    for nation in self._possible_nations(task):
                        self._make_cells(task, line, capability_id, weight, nation)

    def _possible_nations(self, task: Task) -> Sequence[str]:
        if task.id == self.scope.task and self.scope.nations is not None:
            return self.scope.nations
        return self.problem.nations

    def _make_cells(self, task: Task, line: Line, cap: str, weight: int, nation: str) -> None:
        personnel = self.problem.capabilities[cap].personnel
        self.program.check()
        for period in task.periods:
            most = self.room.units(nation, task.id, cap, period)
            if most > 0:
                variable = self.program.variable(0, most)
                self._file(
                    Assignment(nation, task.id, line.id, cap, period, personnel, weight, variable)
                )

    def _file(self, sent: Assignment) -> None:
        self.sent.append(sent)
        self._by_task[sent.task].append(sent)
        self._by_task_period.setdefault((sent.task, sent.period), []).append(sent)
        self._by_line.setdefault((sent.task, sent.line, sent.period), []).append(sent)
        pool = self._by_pool.setdefault((sent.nation, sent.capability), {})
        pool.setdefault(sent.period, []).append(sent)


def switches(problem: Problem, scope: Scope) -> Iterator[Switch]:
    """What the scope leaves open, from question to question."""
    yield from (("precondition", name) for name in scope.preconditions)
    yield from (("nation", name) for name in scope.nations or ())
    yield from (("caveat", name) for name in scope.caveats)
    yield from (("commitment", name) for name in scope.commitments)
    yield from (("rule", name) for name in scope.droppable)
    if scope.optional_lines and scope.task is not None:
        yield from (("line", line.id) for line in problem.task(scope.task).lines)
