"""A run of tables in memory as one of the copy of them that its folder gets."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from allocator.inputs.draft import identity_of
from allocator.inputs.inspection import load
from allocator.inputs.problem import Problem
from allocator.inputs.schema import CaveatRow, CommitmentRow, PreconditionRow, TaskRow
from allocator.inputs.schema.offers import OfferRow
from allocator.inputs.workspace import Workspace
from allocator.results.run import RunRecord
from allocator.results.store.kept_inputs import write_inputs

R = TypeVar("R", bound=RunRecord)


def settled(run: R) -> R:
    """Name places in the copy instead of rows in memory, so that whoever opens the folder finds
    them. A run of files, or of no known inputs, is as it was."""
    if run.workspace is None or run.workspace.path:
        return run
    with TemporaryDirectory() as folder:
        write_inputs(run.workspace, Path(folder))
        workspace = replace(load(folder), path="", files={})
    return replace(run, workspace=workspace, problem=_placed(run.problem, workspace))


def _placed(problem: Problem, workspace: Workspace) -> Problem:
    """The problem with the places of another workspace that states the same."""
    rows = (workspace.caveats, workspace.commitments, workspace.offers, workspace.preconditions)
    tasks = workspace.models[problem.model].tasks
    place = {
        (type(row), identity_of(row)): str(workspace.place(row)) for row in chain(*rows, tasks)
    }
    return replace(
        problem,
        tasks=tuple(replace(t, place=place[TaskRow, t.id]) for t in problem.tasks),
        caveats=tuple(replace(c, place=place[CaveatRow, c.id]) for c in problem.caveats),
        commitments=tuple(
            replace(c, place=place[CommitmentRow, c.id]) for c in problem.commitments
        ),
        offers=tuple(replace(o, place=place[OfferRow, o.id]) for o in problem.offers),
        preconditions={
            name: replace(one, place=place[PreconditionRow, name])
            for name, one in problem.preconditions.items()
        },
    )
