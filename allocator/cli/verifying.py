"""A kept run, checked again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator.cli import status
from allocator.cli.interrupts import interrupts
from allocator.cli.watching import watched
from allocator.deadline import Deadline

if TYPE_CHECKING:
    from allocator.problem import Problem, World
    from allocator.progress import Progress
    from allocator.recheck import Recheck
    from allocator.report.kept_files import Files
    from allocator.report.reading import KeptRun
    from allocator.verify import Checked


def verify_kept(folder: Path, workspace: Path, as_json: bool, seconds: float) -> int:
    """Reads the run, checks it against the workspace as it is now, says what it finds."""
    import allocator
    from allocator.problem import World
    from allocator.recheck import Recheck
    from allocator.report.kept_files import compared
    from allocator.report.labels import world_faults
    from allocator.report.reading import read_run
    from allocator.report.references import reference_faults
    from allocator.report.runs import OURS
    from allocator.verify import Checked, check_certificate, check_result

    deadline = Deadline(seconds)
    kept = read_run(folder)
    files = compared(folder, kept.provenance, OURS)
    planner = allocator.load(workspace)
    problem = planner.problem(kept.result.model)
    changed = _changed(kept, dict(planner.workspace.files))
    strange = tuple(reference_faults(kept, problem))
    if not changed:  # Other inputs may have another world of the name.
        strange = (*strange, *world_faults(kept, problem))
    if strange:  # Nothing else can be read of a run that is about other things.
        tell = _tell_programs if as_json else _tell
        tell(folder, changed, (*files.faults, *strange), Recheck(), files)
        return status.INPUTS_WRONG
    problem = problem.without(without_of(kept))
    world = World(kept.result.world.name, dict(kept.result.world.holds))
    checked = Checked()
    if kept.certificate is not None:
        checked = check_certificate(problem, world, kept.result, kept.certificate)
    faults = (*check_result(problem, world, kept.result), *checked.faults)
    again, stopped = Recheck(), False
    if not faults:  # What plain Python refuses is not worth a search.
        again, stopped = _asked_again(problem, world, kept, checked, deadline)
    faults = (*files.faults, *faults, *again.faults)
    if as_json:
        _tell_programs(folder, changed, faults, again, files)
    else:
        _tell(folder, changed, faults, again, files)
    if faults:
        return status.INPUTS_WRONG
    return status.INTERRUPTED if stopped else status.ANSWERED


def _asked_again(
    problem: Problem, world: World, kept: KeptRun, checked: Checked, until: Deadline
) -> tuple[Recheck, bool]:
    """What a second search says, and whether Ctrl-C ended it."""
    from allocator.analysis import naming
    from allocator.planner import refusing_large
    from allocator.progress import Event
    from allocator.recheck import recheck
    from allocator.recheck_notes import recheck_notes
    from allocator.run import PlanNotes

    notes, plan_notes = kept.notes or {}, kept.plan_notes or PlanNotes()

    def work(*, deadline: Deadline, progress: Progress) -> Recheck:
        progress(Event("checking", 0, 0, ""))
        found = recheck(problem, world, kept.result, deadline, checked)
        recheck_notes(problem, world, kept.result, notes, plan_notes, deadline, found)
        return found

    with interrupts() as heard, refusing_large(), naming(f"model {problem.model}"):
        return watched(work, until, heard), bool(heard.pressed)


def without_of(kept: KeptRun) -> list[str]:
    """The nations that were to send nothing."""
    options: Any = kept.provenance.get("options", {})
    given = options.get("without", ()) if isinstance(options, dict) else ()
    return [str(nation) for nation in given]


def _changed(kept: KeptRun, now: Mapping[str, str]) -> list[str]:
    """Input files that are not what they were for the run."""
    then: Any = kept.provenance.get("inputs", {})
    then = then if isinstance(then, dict) else {}
    return sorted(name for name in {*then, *now} if then.get(name) != now.get(name))


def _tell_programs(
    folder: Path, changed: list[str], faults: tuple[str, ...], again: Recheck, files: Files
) -> None:
    from allocator.report.jsons import data_bytes
    from allocator.report.kept_files import unread

    data = {
        "schema": 1,
        "run": str(folder),
        "changed": changed,
        "faults": list(faults),
        "confirmed": dict(sorted(again.proofs.items())),
        "undecided": again.undecided,
        "files": {
            "same": list(files.same),
            "changed": list(files.changed),
            "missing": list(files.missing),
            "extra": list(files.extra),
            "unread": list(files.unhashed),
        },
        "unread": list(unread(files)),
    }
    click.echo(data_bytes(data), nl=False)


def _tell(
    folder: Path, changed: list[str], faults: tuple[str, ...], again: Recheck, files: Files
) -> None:
    from allocator.recheck import summary
    from allocator.report.kept_files import unread

    if changed:
        click.echo(f"Changed since the run: {', '.join(changed)}", err=True)
    if not faults:
        click.echo(
            f"{folder}: no fault found in what was read; plan, values and sets agree with "
            "the inputs."
        )
        for sentence in (*summary(again), *unread(files)):
            click.echo(f"  {sentence}")
        return
    click.echo(f"{folder}: {len(faults)} faults")
    for fault in faults:
        click.echo(f"  {fault}")
    if changed:
        click.echo("The inputs have changed since; solve again for a result that fits them.")
