"""A repair's folder, read: what `allocator repair` kept, checked as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.row import Kind
from allocator.inputs.problem import World
from allocator.results.repair import Clash, Clashes, Repair
from allocator.results.result import Level, Plan, WorldRecord
from allocator.results.store.reading import PROVENANCE, KeptResultError
from allocator.results.store.strict_json import StrictJsonError, strict_json

REPAIR = "repair.json"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class KeptRow(_Strict):
    """One row of the given plan."""

    nation: str
    task: str
    line: str
    capability: str
    periods: tuple[int, ...]
    quantity: int
    kind: Kind


class KeptGiven(_Strict):
    """The given plan."""

    file: str
    rows: tuple[KeptRow, ...]


class KeptEdit(_Strict):
    """One cell that changes."""

    nation: str
    task: str
    line: str
    capability: str
    period: int
    before: int = Field(alias="from")
    after: int = Field(alias="to")


Pair = tuple[str, str]


class KeptRepair(_Strict):
    """`repair.json`."""

    model: str
    world: WorldRecord
    levels: tuple[Level, ...]
    plan: Plan
    edits: tuple[KeptEdit, ...]
    clashes: tuple[tuple[Pair, ...], ...]
    frees: tuple[tuple[Pair, ...], ...]
    clash_rules: tuple[tuple[str, ...], ...]
    clashes_complete: bool
    added: tuple[str, ...]
    given: KeptGiven

    def repair(self) -> Repair:
        """What it says, as data."""
        rows = tuple(
            GivenRow(r.nation, r.task, r.line, r.capability, r.periods, r.quantity, r.kind)
            for r in self.given.rows
        )
        named = zip(self.clashes, self.clash_rules, strict=True)
        clashes = tuple(Clash(pairs, rules) for pairs, rules in named)
        return Repair(
            self.model,
            World(self.world.name, dict(self.world.holds)),
            GivenPlan(rows, self.given.file),
            self.added,
            self.plan,
            Clashes(clashes, self.frees, self.clashes_complete),
        )


def is_repair(folder: Path) -> bool:
    """Whether the folder holds a repair."""
    return all((folder / name).is_file() for name in (REPAIR, PROVENANCE))


def read_repair(folder: Path) -> tuple[KeptRepair, Mapping[str, Any]]:
    """The repair and what it was asked with. Raises KeptResultError for a damaged folder."""
    try:
        data, _ = strict_json(folder / REPAIR)
        _, said = strict_json(folder / PROVENANCE)
        kept = KeptRepair.model_validate_json(data, strict=True)
        if not isinstance(said, dict) or not isinstance(said.get("options"), dict):
            raise StrictJsonError(f"{PROVENANCE} says not what was asked")
        if len(kept.clashes) != len(kept.clash_rules):
            raise StrictJsonError("clash_rules are not one for each clash")
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in found["loc"])
        raise KeptResultError(f"{folder} is damaged: {REPAIR}: {place}: {found['msg']}") from None
    except StrictJsonError as error:
        raise KeptResultError(f"{folder} is damaged: {error}") from None
    return kept, said
