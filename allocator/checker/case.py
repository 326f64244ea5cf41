"""One allocation under one question, with the sums that the rules ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from allocator.inputs.conditions import Condition, holds
from allocator.inputs.problem import Commitment, Lead, Offer, Problem, Task, World
from allocator.results.result import Allocation

AddedKey = tuple[str, str, str, int]
"""task, line, capability, period"""


@dataclass(frozen=True)
class Violation:
    """A rule that an allocation breaks: the message says both figures, `places` where they stand
    (`task`, `line`, `nation`, `capability`, `period`, `caveat`, `commitment`). `amount`: by how
    much, in what the rule counts (units, people, nations or periods); None where it counts
    nothing."""

    rule: str
    message: str
    places: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    amount: int | None = field(default=None, compare=False)


class Row(NamedTuple):
    """Units sent; those that no nation sends have a blank `nation`."""

    nation: str
    task: str
    line: str
    capability: str
    period: int
    quantity: int


@dataclass(frozen=True)
class Case:
    """What the rules look at. Rows that name nothing in the problem are left to rule 1; the other
    rules do not see them."""

    problem: Problem
    world: World
    allocation: Allocation
    only: frozenset[str] | None = None
    nations: tuple[str, frozenset[str]] | None = None
    added: Mapping[AddedKey, int] = field(default_factory=dict)

    def when(self, period: int) -> str:
        """The period in words, with its months where they are known."""
        return f"period {self.problem.calendar.named(period)}"

    def elsewhere(
        self, world: World, released: Mapping[tuple[str, int], int], problem: Problem | None = None
    ) -> Case:
        """Return the same units in another world, with other releases; their sums are not made
        again. problem: the same one with other caveats or commitments.

        released: units by commitment and period.
        """
        allocation = replace(self.allocation, released=released)
        other = replace(self, problem=problem or self.problem, world=world, allocation=allocation)
        other.__dict__.update({name: getattr(self, name) for name in _OF_UNITS})
        return other

    @cached_property
    def staffed(self) -> frozenset[str]:
        return frozenset(t for t in self.allocation.staffed if self.problem.has_task(t))

    @cached_property
    def staffed_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.problem.tasks if task.id in self.staffed)

    @cached_property
    def claims(self) -> tuple[Row, ...]:
        """All rows as they stand, those that belong to no nation last."""
        sent = [Row(*key, units) for key, units in sorted(self.allocation.units.items())]
        return (*sent, *(Row("", *key, units) for key, units in sorted(self.added.items())))

    @cached_property
    def named(self) -> frozenset[Row]:
        """The rows that name only what the problem has."""
        nations = {"", *self.problem.nations}
        lines = {(task.id, line.id) for task in self.problem.tasks for line in task.lines}
        return frozenset(
            row
            for row in self.claims
            if type(row.quantity) is int
            and row.nation in nations
            and (row.task, row.line) in lines
            and row.capability in self.problem.capabilities
            and row.period in self.problem.periods
        )

    @cached_property
    def rows_at(self) -> dict[tuple[str, int], list[Row]]:
        """Rows by task and period."""
        found: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for row in self.claims:
            if row in self.named:
                found[row.task, row.period].append(row)
        return dict(found)

    @cached_property
    def serving(self) -> dict[tuple[str, str], dict[int, int]]:
        """All that a nation sends of a capability: by (nation, capability), by period."""
        found: dict[tuple[str, str], dict[int, int]] = {}
        for rows in self.rows_at.values():
            for row in rows:
                if row.nation:
                    by_period = found.setdefault((row.nation, row.capability), {})
                    by_period[row.period] = by_period.get(row.period, 0) + row.quantity
        return found

    @cached_property
    def rows_of(self) -> dict[tuple[str, int, str], list[Row]]:
        """Rows by task, period and nation."""
        found: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
        for (task, period), rows in self.rows_at.items():
            for row in rows:
                found[task, period, row.nation].append(row)
        return dict(found)

    @cached_property
    def joining(self) -> dict[tuple[str, int], frozenset[str]]:
        """The nations at a task in a period."""
        return {
            key: frozenset(row.nation for row in rows if row.nation)
            for key, rows in self.rows_at.items()
        }

    @cached_property
    def serves(self) -> dict[str, list[tuple[str, int]]]:
        """The tasks of the model that each nation is at, and in which of their periods; in the
        order of both."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for task in self.problem.tasks:
            for period in task.periods:
                for nation in self.joining.get((task.id, period), ()):
                    found[nation].append((task.id, period))
        return dict(found)

    @cached_property
    def offers(self) -> dict[tuple[str, str], list[Offer]]:
        """The offers that are valid on the day, of any status, by nation and capability."""
        found: dict[tuple[str, str], list[Offer]] = {}
        for offer in self.problem.offers:
            found.setdefault((offer.nation, offer.capability), []).append(offer)
        return found

    def at(self, task: str, period: int) -> list[Row]:
        return self.rows_at.get((task, period), [])

    def filled(self, task: Task, line_id: str, period: int) -> int:
        """Return the weighted units at a line.

        task: of the model. line_id: the line's id. period: counted from 1.
        """
        weights = task.line(line_id).weights
        return sum(
            weights.get(row.capability, 0) * row.quantity
            for row in self.at(task.id, period)
            if row.line == line_id
        )

    def people(self, row: Row) -> int:
        return self.problem.capabilities[row.capability].personnel * row.quantity

    def deployed(self, task: str, period: int) -> int:
        """People at the task, those that belong to no nation counted."""
        return sum(self.people(row) for row in self.at(task, period))

    def national(self, task: str, period: int) -> dict[str, int]:
        """People at the task by nation; a nation whose units have no people stands with 0."""
        found: dict[str, int] = {}
        for row in self.at(task, period):
            if row.nation:
                found[row.nation] = found.get(row.nation, 0) + self.people(row)
        return found

    def contributors(self, task: Task) -> frozenset[str]:
        """The nations that send the task anything in any period."""
        return frozenset(
            row.nation for p in self.problem.periods for row in self.at(task.id, p) if row.nation
        )

    def holds(self, condition: Condition, task: str, period: int, own: str | None = None) -> bool:
        """Whether the condition holds at the task in the period; `own` counts as joining."""
        joining = self.joining.get((task, period), frozenset())
        if own is not None:
            joining |= {own}
        leading = _Leading(self, task)
        return holds(condition, self.world.holding(period), joining, self.staffed, leading)

    def leads(self, task_id: str, nation: str) -> bool:
        """Whether the nation meets R8 for the task: its lead names it, or any; and in every
        period it provides and carries its share. Units of no nation count for nothing here."""
        task = self.problem.task(task_id) if self.problem.has_task(task_id) else None
        if task is None or task.lead is None:
            return False
        named = task.lead.any_of if task.lead.all_of is None else task.lead.all_of
        if named is not None and nation not in named:
            return False
        return all(self._leads_in(task, task.lead, nation, period) for period in task.periods)

    def _leads_in(self, task: Task, lead: Lead, nation: str, period: int) -> bool:
        units = sum(
            row.quantity
            for row in self.at(task.id, period)
            if row.nation == nation and lead.provides in (None, row.capability)
        )
        national = self.national(task.id, period)
        share_short = 1000 * national.get(nation, 0) < lead.min_share * sum(national.values())
        return units >= 1 and not share_short

    def committed(self, commitment: Commitment, period: int) -> int:
        """Units of the commitment still locked in the period; before period 1 as in period 1,
        unreleased."""
        if period < 1:
            return commitment.quantity[0]
        released = self.allocation.released.get((commitment.id, period), 0)
        return commitment.quantity[period - 1] - released

    def standing(self, nation: str, capability: str, period: int) -> int:
        """Return the units of standing commitments, less what is released of them.

        nation, capability: by id. period: counted from 1.
        """
        found = self.problem.commitments_of(nation, capability)
        return sum(self.committed(c, period) for c in found if not c.rotating)

    def rotating(self, nation: str, capability: str, period: int) -> int:
        """Return the units of rotating commitments, less what is released of them.

        nation, capability: by id. period: counted from 1; before it as in period 1.
        """
        found = self.problem.commitments_of(nation, capability)
        return sum(self.committed(c, period) for c in found if c.rotating)

    def window_free(self, nation: str, capability: str, last: int) -> int:
        """Return units that may serve in the rotation that ends with this period, all together.

        nation: its code. capability: its id. last: the period that ends the window.
        """
        rotation = self.problem.capabilities[capability].rotation
        first = last - rotation + 1
        # All that lies before period 1 is like period 1, unreleased.
        before = max(0, 1 - first) * self.rotating(nation, capability, 0)
        within = range(max(1, first), last + 1)
        free = (
            self.problem.available(nation, capability, last)
            - self.standing(nation, capability, last)
            - sum(self.rotating(nation, capability, period) for period in within)
            - before
            - self.problem.past.owing(nation, capability, last)
        )
        return max(0, free)

    def surge_free(self, nation: str, capability: str, period: int) -> int:
        """Return units that may serve in this one period, each counted with its relief.

        nation: its code. capability: its id.
        """
        if (nation, capability, period) in self.problem.uncovered:
            return 0
        rotation = self.problem.capabilities[capability].rotation
        free = (
            self.problem.available(nation, capability, period)
            - self.standing(nation, capability, period)
            - rotation * self.rotating(nation, capability, period)
            + rotation
            - 1
        )
        return max(0, free)


_OF_UNITS = (
    "staffed",
    "staffed_tasks",
    "claims",
    "named",
    "rows_at",
    "serving",
    "rows_of",
    "joining",
    "serves",
)
"""What a case knows of its units, whatever the world."""


@dataclass(frozen=True)
class _Leading:
    """The nations that lead a task; none leads what is no task. Worked out for those asked for."""

    case: Case
    task: str

    def __contains__(self, nation: object) -> bool:
        return isinstance(nation, str) and self.case.leads(self.task, nation)
