"""A run's folder as the run that it was, so that its reports can be written again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from allocator.inputs.problem import World, build
from allocator.results.result import counted_on
from allocator.results.run import PlanNotes, RunRecord
from allocator.results.store.kept_files import READ, compared
from allocator.results.store.kept_inputs import read_inputs
from allocator.results.store.reading import NOTES, KeptResultError, KeptRun
from allocator.results.store.references import reference_faults

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace


def restored(kept: KeptRun) -> RunRecord:
    """The run, made of its result, its notes and its own copy of the inputs.

    Raises InputsUnknownError where the copy is missing or was changed, KeptResultError where the
    other files do not hold what a run writes.
    """
    workspace = read_inputs(kept.folder, kept.provenance)
    if kept.notes is None:
        raise KeptResultError(f"{kept.folder} holds no {NOTES}; solve it again")
    refuse_changed(kept)
    return run_of(kept, workspace)


def run_of(kept: KeptRun, workspace: Workspace) -> RunRecord:
    """The run as one of this workspace. Raises KeptResultError where it is of another."""
    try:
        return _run(kept, workspace)
    except (KeyError, TypeError, ValueError) as error:
        raise KeptResultError(f"{kept.folder} is damaged: {error}") from error


def refuse_changed(kept: KeptRun) -> None:
    """Raises KeptResultError where what would be told again is not what the run found."""
    files = compared(kept.folder, kept.provenance, READ)
    changed = sorted({*files.changed, *files.missing} & READ)
    if files.sealed is False:
        changed.append("run.json")
    if changed:
        raise KeptResultError(
            f"{kept.folder}: {', '.join(changed)} changed after the run was written, so that it "
            "says what no search found; put back what was written, or solve again"
        )


def _run(kept: KeptRun, workspace: Workspace) -> RunRecord:
    told: Any = kept.provenance
    if kept.result.model not in workspace.models:
        raise ValueError(f"its copy of the inputs has no model {kept.result.model!r}")
    problem = build(workspace, kept.result.model, *counted_on(kept.result))
    for fault in reference_faults(kept, problem):
        raise ValueError(fault)
    return RunRecord(
        command=told["command"],
        problem=problem.without(told["options"].get("without", ())),
        world=World(kept.result.world.name, dict(kept.result.world.holds)),
        result=kept.result,
        notes=kept.notes or {},
        certificates=kept.certificate.tasks if kept.certificate else (),
        plan_notes=kept.plan_notes or PlanNotes(),
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
