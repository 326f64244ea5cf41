"""Runs in folders as sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.comparison.names import Naming, names, world_of
from allocator.comparison.side import Inputs, Side, side_of
from allocator.problem import build
from allocator.report.kept_inputs import InputsUnknownError, read_inputs
from allocator.report.runs import KeptRun, read_run
from allocator.workspace.show import printable

if TYPE_CHECKING:
    from allocator.run import Run
    from allocator.workspace import Workspace


def sides(runs: Sequence[Run | Path]) -> tuple[Side, ...]:
    """Runs, or the folders that hold them, under names that tell them apart.

    Raises RunFolderError for a folder without a run, KeptResultError for one that is damaged or
    was written in another form.
    """
    read = [read_run(run) if isinstance(run, Path) else run for run in runs]
    found = names([_naming(run) for run in read])
    return tuple(
        _of_folder(run, name) if isinstance(run, KeptRun) else side_of(run, name)
        for run, name in zip(read, found, strict=True)
    )


def _naming(run: Run | KeptRun) -> Naming:
    options: Any = run.provenance.get("options") if isinstance(run, KeptRun) else run.options
    with_ = options.get("with") if isinstance(options, dict) else None
    world = world_of(run.result.world.name, list(map(str, with_ or ())))
    folder = printable(run.folder.resolve().name) if isinstance(run, KeptRun) else ""
    return Naming(run.result.model, world, folder)


def _of_folder(kept: KeptRun, name: str) -> Side:
    inputs, unknown = None, ""
    try:
        inputs = _inputs(read_inputs(kept.folder, kept.provenance), kept.result.model)
    except InputsUnknownError as error:
        unknown = str(error)
    return Side(name, kept.result, kept.provenance, inputs, unknown, kept.folder)


def _inputs(workspace: Workspace, model: str) -> Inputs:
    if model not in workspace.models:
        raise InputsUnknownError(f"its copy of the inputs has no model {model}")
    return Inputs(workspace, build(workspace, model))
