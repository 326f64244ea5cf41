"""Runs in folders as sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.analysis.comparison.side import Inputs, Side, side_of
from allocator.inputs.problem import build
from allocator.inputs.show import printable
from allocator.report.comparing.names import Naming, names
from allocator.results.result import counted_on
from allocator.results.store.kept_inputs import InputsUnknownError, read_inputs
from allocator.results.store.reading import KeptResultError, read_run
from allocator.results.store.references import reference_faults
from allocator.results.store.restored import refuse_changed

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace
    from allocator.results.result import Result
    from allocator.results.run import RunRecord


def sides(runs: Sequence[RunRecord | Path]) -> tuple[Side, ...]:
    """Runs, or the folders that hold them, under names that tell them apart.

    Raises RunFolderError for a folder without a run, KeptResultError for one that is damaged or
    was written in another form.
    """
    found = [_of_folder(run) if isinstance(run, Path) else side_of(run, "") for run in runs]
    named = names([_naming(side) for side in found])
    return tuple(replace(side, name=name) for side, name in zip(found, named, strict=True))


def _naming(side: Side) -> Naming:
    folder = "" if side.folder is None else printable(side.folder.resolve().name)
    return Naming(side.result.model, side.result.world.name, side.on_top, folder)


def _of_folder(folder: Path) -> Side:
    kept = read_run(folder)
    refuse_changed(kept)
    inputs, unknown = None, ""
    try:
        inputs = _inputs(read_inputs(folder, kept.provenance), kept.result)
        for fault in reference_faults(kept, inputs.problem):
            raise KeptResultError(f"{folder} is damaged: {fault}")
    except InputsUnknownError as error:
        unknown = str(error)
    return Side("", kept.result, kept.provenance, inputs, unknown, folder)


def _inputs(workspace: Workspace, result: Result) -> Inputs:
    if result.model not in workspace.models:
        raise InputsUnknownError(f"its copy of the inputs has no model {result.model}")
    return Inputs(workspace, build(workspace, result.model, *counted_on(result)))
