"""A run of tables in memory as one of the copy of them that its folder gets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from allocator.inputs.inspection import load
from allocator.inputs.problem import Problem, build
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
    problem = _placed(run.problem, build(workspace, run.problem.model))
    return replace(run, workspace=workspace, problem=problem)


def _placed(problem: Problem, as_copied: Problem) -> Problem:
    """The problem with the places of another that states the same."""
    place = as_copied.preconditions
    return replace(
        problem,
        tasks=tuple(replace(t, place=as_copied.task(t.id).place) for t in problem.tasks),
        caveats=tuple(replace(c, place=as_copied.caveat(c.id).place) for c in problem.caveats),
        commitments=tuple(
            replace(c, place=as_copied.commitment(c.id).place) for c in problem.commitments
        ),
        preconditions={
            name: replace(one, place=place[name].place)
            for name, one in problem.preconditions.items()
        },
    )
