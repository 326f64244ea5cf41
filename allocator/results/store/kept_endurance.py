"""What `allocator endure` kept, checked as it is read. The models are the form of `endure.json`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from allocator.inputs.problem.losses import Kind, Loss
from allocator.results.certificate import Proof, Witness
from allocator.results.endurance import HowLong, Outcome, State, TaskUnder
from allocator.results.repair import Edit
from allocator.results.result import Family, Level, Plan, WorldRecord
from allocator.results.store.reading import PROVENANCE, KeptResultError
from allocator.results.store.strict_json import StrictJsonError, strict_json

ENDURANCE = "endure.json"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class KeptChange(_Strict):
    """One cell that changes."""

    nation: str
    task: str
    line: str
    capability: str
    period: int
    before: int = Field(alias="from")
    after: int = Field(alias="to")

    def edit(self) -> Edit:
        """The same as data."""
        named = self.nation, self.task, self.line, self.capability, self.period
        return Edit(*named, self.before, self.after)


class KeptTask(_Strict):
    """One task of the plan under an event."""

    task: str
    state: State
    edits: tuple[KeptChange, ...]
    broken: tuple[str, ...]
    proof: Proof | None
    witness: Witness | None
    unlocking: Family | None


class KeptEvent(_Strict):
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
                tuple(change.edit() for change in one.edits),
                one.broken,
                one.proof,
                one.witness,
                one.unlocking,
            )
            for one in self.tasks
        )
        loss = Loss(self.kind, self.lost, self.period)
        return Outcome(loss, self.touches, tasks, self.levels, self.after)


class KeptHowLong(_Strict):
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


class KeptEndurance(_Strict):
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
    return all((folder / name).is_file() for name in (ENDURANCE, PROVENANCE))


def read_endurance(folder: Path) -> tuple[KeptEndurance, Mapping[str, Any]]:
    """What was kept, and what it was asked with. Raises KeptResultError for a damaged folder."""
    try:
        data, _ = strict_json(folder / ENDURANCE)
        _, said = strict_json(folder / PROVENANCE)
        kept = KeptEndurance.model_validate_json(data, strict=True)
        if not isinstance(said, dict) or not isinstance(said.get("options"), dict):
            raise StrictJsonError(f"{PROVENANCE} says not what was asked")
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in found["loc"])
        text = f"{folder} is damaged: {ENDURANCE}: {place}: {found['msg']}"
        raise KeptResultError(text) from None
    except StrictJsonError as error:
        raise KeptResultError(f"{folder} is damaged: {error}") from None
    return kept, said
