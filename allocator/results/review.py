"""What a review of a given plan says. Data and look-ups only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.inputs.schema.calendar import WITHOUT_MONTHS, Calendar
from allocator.results.found import Found
from allocator.results.result import Allocation, Lift


@dataclass(frozen=True, slots=True)
class Shortage:
    """A line of a task that the plan counts as staffed, in one period; in weighted units. `needed`:
    its minimum, and of a scaled line what the people deployed ask for. A review keeps those below
    their target."""

    task: str
    line: str
    period: int
    needed: int
    target: int
    filled: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A row of the tables behind a rule that breaks: its place, and what it says."""

    kind: str
    id: str
    place: str
    says: str


@dataclass(frozen=True)
class Breach:
    """A rule that breaks at a place, by an amount (of units, people, nations or periods; None
    where nothing is counted). `words`: the rule. `rows`: the plan's rows that are concerned, by
    their number in the plan, from 0."""

    rule: str
    words: str
    text: str
    place: Mapping[str, str | int]
    amount: int | None
    rows: tuple[int, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Review(Found):
    """A given plan held against every rule.

    assumes: the minimal sets of open preconditions that, met on top of the world, make it pass as
    it is; the empty set where it passes now. lifts: where no set does and with all of them met
    only R3 and R5 break, the minimal sets of caveats and commitments whose lifting would do then.
    released: the fewest releases that its units need, as far as releases help. uncovered: where
    R3 breaks with the releases that were planned with it alone, and would not with all that may be.
    """

    model: str
    world: World
    given: GivenPlan
    breaches: tuple[Breach, ...] = ()
    assumes: tuple[tuple[str, ...], ...] = ()
    assumes_complete: bool = True
    lifts: tuple[Lift, ...] = ()
    lifts_complete: bool = True
    shortages: tuple[Shortage, ...] = ()
    uncovered: tuple[Breach, ...] = ()
    allocation: Allocation = field(default_factory=Allocation)
    calendar: Calendar = WITHOUT_MONTHS
    problem: Problem | None = field(default=None, repr=False, compare=False)

    @property
    def answered(self) -> bool:
        """It always is: nothing is searched, but what the plan assumes."""
        return True

    @property
    def valid(self) -> bool:
        """Whether every rule holds."""
        return not self.breaches

    @cached_property
    def broken_rules(self) -> dict[int, tuple[str, ...]]:
        """By a row's number in the plan, the rules that break where it stands."""
        found: dict[int, dict[str, None]] = {}
        for breach in self.breaches:
            for row in breach.rows:
                found.setdefault(row, {})[breach.rule] = None
        return {row: tuple(rules) for row, rules in found.items()}
