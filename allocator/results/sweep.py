"""What a sweep came to: its cases, and what is known of each. Data and look-ups only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from allocator.results.found import Found
from allocator.results.result import PlanStatus, Verdict

State = Literal["decided", "open", "fault", "waiting"]


class CaseLevel(BaseModel):
    """One objective of the joint plan. Nothing is said of what proved it: where two engines could,
    which of them was first hangs on the machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    objective: str
    value: int
    bound: int
    status: Literal["optimal", "feasible"]


class CasePlan(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    status: PlanStatus
    levels: tuple[CaseLevel, ...] = ()


class CaseRecord(BaseModel):
    """What is known of a case: a line of the journal.

    tasks: the verdicts. plan: None where it was not asked for. fault: why there is no answer.
    engines: what engines did on the way that they should not have. lost: the fault is not of the
    case, so that a sweep that goes on asks it again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tasks: Mapping[str, Verdict] = {}
    plan: CasePlan | None = None
    fault: str | None = None
    engines: tuple[str, ...] = ()
    lost: bool = False

    @property
    def decided(self) -> bool:
        """Whether all that was asked is proved, so that it is the same wherever it is asked."""
        whole = self.plan is None or self.plan.status == "optimal"
        return self.fault is None and whole and "unknown" not in self.tasks.values()


@dataclass(frozen=True, slots=True)
class Case:
    """One combination. world, change: as the sweep's file calls them; draw: None where figures
    stand as stated. question: all that its answer hangs on, beside the workspace, as JSON. key:
    the hash of both and of the versions."""

    number: int
    model: str
    world: str
    change: str
    draw: int | None
    question: str
    key: str


SweptCase: TypeAlias = tuple[Case, CaseRecord | None]
"""A case, and what is known of it; None where its turn has not come."""


def state_of(record: CaseRecord | None) -> State:
    """Whether a case is decided, left open by something, at fault, or has not had its turn."""
    if record is None:
        return "waiting"
    if record.fault is not None:
        return "fault"
    return "decided" if record.decided else "open"


@dataclass(frozen=True, slots=True)
class Share:
    """How often a task is ready in the cases of a model, a world and a change, and how often
    otherwise."""

    model: str
    world: str
    change: str
    task: str
    verdicts: Mapping[Verdict, int]

    @property
    def cases(self) -> int:
        return sum(self.verdicts.values())


@dataclass(frozen=True)
class SweepFound(Found):
    """All cases in the order of the sweep's file. journal: where finished ones are kept; None
    where they are not. before: how many of them the journal had already."""

    name: str
    cases: tuple[SweptCase, ...]
    journal: Path | None = None
    before: int = 0

    @property
    def states(self) -> dict[State, int]:
        """How many cases are in each state."""
        found: dict[State, int] = {"decided": 0, "open": 0, "fault": 0, "waiting": 0}
        for _, record in self.cases:
            found[state_of(record)] += 1
        return found

    @property
    def finished(self) -> int:
        return len(self.cases) - self.states["waiting"]

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        states = self.states
        return states["decided"] + states["open"] > 0

    def by_task(self) -> tuple[Share, ...]:
        """By model, world, change and task, in the order of the cases."""
        found: dict[tuple[str, str, str, str], dict[Verdict, int]] = {}
        for case, record in self.cases:
            for task, verdict in record.tasks.items() if record else ():
                counted = found.setdefault((case.model, case.world, case.change, task), _nothing())
                counted[verdict] += 1
        return tuple(Share(*place, verdicts) for place, verdicts in found.items())


def _nothing() -> dict[Verdict, int]:
    return {"ready": 0, "blocked": 0, "short": 0, "unknown": 0}
