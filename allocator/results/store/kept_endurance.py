"""What `allocator endure` kept, checked as it is read. The models are the form of `endure.json`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from allocator.inputs.problem.losses import Kind, Loss
from allocator.results.certificate import Proof, Witness
from allocator.results.endurance import HowLong, Outcome, State, TaskUnder
from allocator.results.repair import Edit
from allocator.results.result import Family, Level, Plan, WorldRecord
from allocator.results.store.kept_answers import Kept, KeptEdit, holds, read_answer

ENDURANCE = "endure.json"


def _edit(kept: KeptEdit) -> Edit:
    named = kept.nation, kept.task, kept.line, kept.capability, kept.period
    return Edit(*named, kept.before, kept.after)


class KeptTask(Kept):
    """One task of the plan under an event."""

    task: str
    state: State
    edits: tuple[KeptEdit, ...]
    broken: tuple[str, ...]
    proof: Proof | None
    witness: Witness | None
    unlocking: Family | None


class KeptEvent(Kept):
    """One event."""

    lost: str
    kind: Kind
    period: int
    touches: bool
    tasks: tuple[KeptTask, ...]
    levels: tuple[Level, ...]
    nearest: bool
    after: Witness | None

    def outcome(self) -> Outcome:
        """What it says, as data."""
        tasks = tuple(
            TaskUnder(
                one.task,
                one.state,
                tuple(map(_edit, one.edits)),
                one.broken,
                one.proof,
                one.witness,
                one.unlocking,
            )
            for one in self.tasks
        )
        loss = Loss(self.kind, self.lost, self.period)
        return Outcome(loss, self.touches, tasks, self.levels, self.after)


class KeptHowLong(Kept):
    """How long some tasks can be kept up."""

    tasks: tuple[str, ...]
    for_ever: bool
    periods: int | None
    impossible: int | None
    proved_by: str | None
    ended: bool
    repeats: tuple[int, int] | None
    plan: Witness | None

    def how_long(self) -> HowLong:
        """The same as data."""
        return HowLong(
            self.tasks,
            self.periods,
            self.impossible,
            self.proved_by,
            self.for_ever,
            self.repeats,
            self.plan,
            self.ended,
        )


class KeptEndurance(Kept):
    """`endure.json`."""

    schema_: Literal[1] = Field(alias="schema")
    model: str
    world: WorldRecord
    plan: Plan
    events: tuple[KeptEvent, ...]
    how_long: tuple[KeptHowLong, ...]
    timed_out: bool
    interrupted: bool
    faults: tuple[str, ...]


def is_endurance(folder: Path) -> bool:
    """Whether the folder holds what a plan endures."""
    return holds(folder, ENDURANCE)


def read_endurance(folder: Path) -> tuple[KeptEndurance, Mapping[str, Any]]:
    """What was kept, and what it was asked with. Raises KeptResultError for a damaged folder."""
    return read_answer(folder, ENDURANCE, KeptEndurance)
