"""A repair's folder, read: what `allocator repair` kept, checked as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.row import Kind
from allocator.inputs.problem import World
from allocator.results.repair import Clash, Clashes, Repair
from allocator.results.result import Level, Plan, WorldRecord
from allocator.results.store.kept_answers import Kept, KeptEdit, holds, read_answer
from allocator.results.store.reading import KeptResultError

REPAIR = "repair.json"


class KeptRow(Kept):
    """One row of the given plan."""

    nation: str
    task: str
    line: str
    capability: str
    periods: tuple[int, ...]
    quantity: int
    kind: Kind


class KeptGiven(Kept):
    """The given plan."""

    file: str
    rows: tuple[KeptRow, ...]


Pair = tuple[str, str]


class KeptRepair(Kept):
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
    return holds(folder, REPAIR)


def read_repair(folder: Path) -> tuple[KeptRepair, Mapping[str, Any]]:
    """The repair and what it was asked with. Raises KeptResultError for a damaged folder."""
    kept, said = read_answer(folder, REPAIR, KeptRepair)
    if len(kept.clashes) != len(kept.clash_rules):
        raise KeptResultError(f"{folder} is damaged: clash_rules are not one for each clash")
    return kept, said
