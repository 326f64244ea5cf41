"""The nearest valid plan to a given one, or the rows that cannot all stand. Data and look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field

from allocator.inputs.given import GivenPlan, Pair
from allocator.inputs.given.plan import Key
from allocator.inputs.problem import Problem, World
from allocator.inputs.schema.calendar import WITHOUT_MONTHS, Calendar
from allocator.results.found import Found
from allocator.results.result import Plan

Pairs = tuple[Pair, ...]

DISTANCE = ("keep_", "add_", "new_", "changed_")
"""What the levels of the distance begin with."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A minimal set of pairs (nation, task) whose rows cannot all stand, and a minimal set of
    rules that they clash over; no rules where those are not known."""

    pairs: Pairs
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clashes:
    """The minimal sets of pairs that clash, and those whose freeing does; none where all rows can
    stand. complete: whether these are all."""

    clashes: tuple[Clash, ...] = ()
    frees: tuple[Pairs, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell in which the repaired plan sends other units than the given one."""

    nation: str
    task: str
    line: str
    capability: str
    period: int
    before: int
    after: int

    @property
    def key(self) -> Key:
        return self.nation, self.task, self.line, self.capability, self.period


@dataclass(frozen=True)
class Repair(Found):
    """A given plan, and the valid plan nearest to it: `plan`, whose levels are those of the
    distance and then the model's objectives but `staff_tasks`. With a clash there is no plan.

    added: tasks that were asked for beside those of the given plan.
    """

    model: str
    world: World
    given: GivenPlan
    added: tuple[str, ...] = ()
    plan: Plan = field(default_factory=Plan)
    clashes: Clashes = field(default_factory=Clashes)
    seconds: float = 0.0
    calendar: Calendar = WITHOUT_MONTHS
    problem: Problem | None = field(default=None, repr=False, compare=False)

    @property
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        if self.clashes.clashes:
            return not self.clashes.complete
        return self.plan.status != "optimal"

    @property
    def answered(self) -> bool:
        """Whether there is a plan, or a clash is proved."""
        return self.plan.status != "unknown" or bool(self.clashes.clashes)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Where the plan differs from the given one, by nation, task, line, capability, period."""
        if self.plan.status == "unknown":
            return ()
        return edits(self.given, self.plan)


def edits(given: GivenPlan, plan: Plan) -> tuple[Edit, ...]:
    """The cells in which the plan sends other units than the given one."""
    sent = {(c.nation, c.task, c.line, c.capability, c.period): c.quantity for c in plan.allocation}
    keys = sorted(sent.keys() | given.units.keys())
    pairs = ((key, given.units.get(key, 0), sent.get(key, 0)) for key in keys)
    return tuple(Edit(*key, before, after) for key, before, after in pairs if before != after)
