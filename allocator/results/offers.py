"""What is offered, what it is enough for, and what is asked beyond it. Data and look-ups only.

Meanings are those of `docs/offers.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.inputs.firmness import COUNTS
from allocator.inputs.problem import Problem, World
from allocator.results.found import Found
from allocator.results.result import Level, PlanStatus, Verdict


@dataclass(frozen=True)
class Ladder:
    """A task's verdict at every level, the firmest first: each level allows what those before it
    do."""

    task: str
    verdicts: Mapping[str, Verdict]

    @property
    def firmest(self) -> str | None:
        """The firmest level at which it is ready; None where it is at none, or is not known."""
        return next((level for level in COUNTS if self.verdicts[level] == "ready"), None)

    @property
    def certain(self) -> bool:
        """Whether no firmer level was left open."""
        levels = COUNTS[: COUNTS.index(self.firmest)] if self.firmest else COUNTS
        return all(self.verdicts[level] != "unknown" for level in levels)


@dataclass(frozen=True)
class Asking:
    """Units that the plan sends a task and no offer covers."""

    nation: str
    task: str
    capability: str
    period: int
    quantity: int


@dataclass(frozen=True)
class Unused:
    """Units of an offer that the plan does not use; reason: blank where none is proved."""

    offer: str
    period: int
    quantity: int
    reason: str


@dataclass(frozen=True)
class Overstated:
    """Units offered in a period, all offers of the pool together, and those that the nation's own
    forces keep up in it (R3), all released that may be."""

    nation: str
    capability: str
    period: int
    offered: int
    kept: int


@dataclass(frozen=True)
class Filler:
    """What a nation could still send a line in a period beyond what it offers for the task."""

    nation: str
    capability: str
    units: int
    people: int


@dataclass(frozen=True)
class WallLine:
    """A requirement line in one period: units of the line that are offered, and their people, by
    status, as far as their condition may hold; `waiting`: those whose condition does not. gap: what
    all that is offered lacks to the minimum."""

    task: str
    line: str
    period: int
    minimum: int
    target: int
    offered: Mapping[str, int]
    people: Mapping[str, int]
    waiting: int
    gap: int
    fillers: tuple[Filler, ...]


@dataclass(frozen=True)
class OffersFound(Found):
    """The answer of one question about offers. plan: whether the plan that askings and unused
    offers are read off is the best; levels: its values; staffed: its tasks."""

    problem: Problem = field(repr=False)
    world: World
    tasks: tuple[Ladder, ...]
    plan: PlanStatus
    levels: tuple[Level, ...]
    staffed: tuple[str, ...]
    askings: tuple[Asking, ...]
    unused: tuple[Unused, ...]
    stale: tuple[str, ...]
    running_out: tuple[str, ...]
    beyond: tuple[Overstated, ...]
    wall: tuple[WallLine, ...]

    @property
    def beyond_offers(self) -> int | None:
        """What the plan asks beyond offers in all; None where there is no plan."""
        if self.plan == "unknown":
            return None
        return sum(asking.quantity for asking in self.askings)

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        known = {v for one in self.tasks for v in one.verdicts.values()} - {"unknown"}
        return bool(known) or not self.tasks or self.plan != "unknown"

    def task(self, task: str) -> Ladder:
        """Return the task's ladder. Raises KeyError for a task that the model does not have."""
        for one in self.tasks:
            if one.task == task:
                return one
        raise KeyError(task)
