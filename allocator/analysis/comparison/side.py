"""One run as a side of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.inputs.problem import Problem, World
from allocator.results.result import Result, TaskRecord

if TYPE_CHECKING:
    from allocator.inputs.schema import OperationModel
    from allocator.inputs.workspace import Workspace
    from allocator.results.run import RunRecord


@dataclass(frozen=True)
class Inputs:
    """What a run was made from."""

    workspace: Workspace
    problem: Problem

    @property
    def model(self) -> OperationModel:
        return self.workspace.models[self.problem.model]


@dataclass(frozen=True)
class Side:
    """A run by its `name`, which no other side of the comparison has.

    inputs: None where nobody knows them; `unknown` then says why. provenance: as in `run.json`.
    folder: where it is kept; None for a run that was never kept.
    """

    name: str
    result: Result
    provenance: Mapping[str, Any]
    inputs: Inputs | None
    unknown: str = ""
    folder: Path | None = field(default=None, compare=False)

    @property
    def world(self) -> World:
        return World(self.result.world.name, dict(self.result.world.holds))

    @property
    def on_top(self) -> tuple[str, ...]:
        """What was said to hold on top of the named world."""
        options = self.provenance.get("options")
        found = options.get("with") if isinstance(options, dict) else None
        return tuple(map(str, found)) if isinstance(found, list) else ()

    @property
    def records(self) -> dict[str, TaskRecord]:
        return {record.task: record for record in self.result.tasks}


def side_of(run: RunRecord, name: str) -> Side:
    """A run that was just made, under this name."""
    known = None if run.workspace is None else Inputs(run.workspace, run.problem)
    unknown = "" if known else "it was made in memory, without a workspace"
    return Side(name, run.result, run.provenance(), known, unknown)
