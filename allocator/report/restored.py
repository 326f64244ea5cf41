"""A run's folder as the run that it was, so that its reports can be written again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from allocator.problem import World, build
from allocator.report.jsons import read_notes, read_plan_notes
from allocator.report.kept_inputs import read_inputs
from allocator.report.runs import NOTES, PLAN_NOTES, KeptResultError, KeptRun
from allocator.run import PlanNotes, Run, TaskNotes

if TYPE_CHECKING:
    from allocator.workspace import Workspace

T = TypeVar("T")


def restored(kept: KeptRun) -> Run:
    """The run, made of its result, its notes and its own copy of the inputs.

    Raises InputsUnknownError where the copy is missing or was changed, KeptResultError where the
    other files do not hold what a run writes.
    """
    workspace = read_inputs(kept.folder, kept.provenance)
    try:
        return _run(kept, workspace)
    except (KeyError, TypeError, ValueError) as error:
        raise KeptResultError(f"{kept.folder} is damaged: {error}") from error


def _run(kept: KeptRun, workspace: Workspace) -> Run:
    told: Any = kept.provenance
    return Run(
        command=told["command"],
        problem=build(workspace, kept.result.model).without(told["options"].get("without", ())),
        world=World(kept.result.world.name, dict(kept.result.world.holds)),
        result=kept.result,
        notes=kept_notes(kept),
        certificates=kept.certificate.tasks if kept.certificate else (),
        plan_notes=kept_plan_notes(kept),
        seconds=told["seconds"],
        options=told["options"],
        inputs=told["inputs"],
        faults=tuple(told["faults"]),
        interrupted=told["interrupted"],
        timed_out=told["timed_out"],
        out_of_memory=told.get("out_of_memory", False),
        began=datetime.fromisoformat(told["began"]),
        versions=told["versions"],
        workspace=workspace,
    )


def kept_plan_notes(kept: KeptRun) -> PlanNotes:
    """What stands beside the joint plan; nothing where the folder has none. Raises
    KeptResultError."""
    path = kept.folder / PLAN_NOTES
    return _read(kept, PLAN_NOTES, read_plan_notes) if path.is_file() else PlanNotes()


def kept_notes(kept: KeptRun) -> dict[str, TaskNotes]:
    """What stands beside the tasks' records. Raises KeptResultError."""
    return _read(kept, NOTES, read_notes)


def _read(kept: KeptRun, name: str, read: Callable[[bytes], T]) -> T:
    try:
        return read((kept.folder / name).read_bytes())
    except FileNotFoundError:
        raise KeptResultError(f"{kept.folder} holds no {name}; solve it again") from None
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in found["loc"])
        said = f"{name}: {place}: {found['msg']}"
        raise KeptResultError(f"{kept.folder} is damaged: {said}") from error
