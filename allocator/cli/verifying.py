"""A kept run, checked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator import errors
from allocator.analysis.second_opinions.result import SecondOpinion
from allocator.cli.checked import Verified
from allocator.cli.interrupts import interrupts
from allocator.cli.watching import watched
from allocator.deadline import Deadline
from allocator.leaving import INTERRUPTED
from allocator.report.folder.remaking import Remade

if TYPE_CHECKING:
    from allocator.checker import Checked
    from allocator.inputs.problem import Problem, World
    from allocator.planner import Planner
    from allocator.progress import Progress
    from allocator.results.run import RunRecord
    from allocator.results.store.reading import KeptRun


def verify_kept(folder: Path, workspace: Path, as_json: bool, seconds: float) -> int:
    """Reads the run, checks it against the workspace as it is now, says what it finds."""
    from allocator.cli.verified import tell, tell_programs
    from allocator.cli.verifying_answers import verified_endurance, verified_repair
    from allocator.results.store.kept_endurance import is_endurance
    from allocator.results.store.kept_repair import is_repair

    read = verified_repair if is_repair(folder) else _verified
    read = verified_endurance if is_endurance(folder) else read
    found = read(folder, workspace, Deadline(seconds))
    (tell_programs if as_json else tell)(found)
    if found.faults:
        return errors.INPUTS_WRONG
    return INTERRUPTED if found.stopped else errors.ANSWERED


def _verified(folder: Path, workspace: Path, deadline: Deadline) -> Verified:
    """What costs least comes first: the hashes, the names, plain Python, then searches."""
    import allocator
    from allocator.analysis.too_large import refusing_large
    from allocator.report.folder.runs import OURS
    from allocator.results.result import counted_on
    from allocator.results.store.kept_files import compared
    from allocator.results.store.reading import read_run

    kept = read_run(folder)
    from_memory = not kept.provenance.get("inputs")  # Nothing but its copy says what they were.
    planner = _of_copy(kept) if from_memory else allocator.load(workspace)
    files = compared(folder, kept.provenance, OURS)
    changed = () if from_memory else _changed(kept, planner.workspace.files)
    found = Verified(folder, changed, files, faults=tuple(files.faults), from_memory=from_memory)
    problem = planner.problem(kept.result.model, *counted_on(kept.result))
    if strange := _strange(kept, problem, found.changed):
        return _with(found, strange)  # Nothing else can be read of a run about other things.
    problem = problem.without(without_of(kept))
    world = _world(kept)
    checked, faults = _read(kept, problem, world)
    if faults:  # What plain Python refuses is not worth a search.
        return _with(found, faults)
    made = _made(kept, planner, found.changed, deadline.part(0.2))
    with refusing_large(planner.workspace):
        again, stopped = _asked_again(problem, world, kept, checked, deadline)
    found = replace(found, again=again, made=made, stopped=stopped)
    return _with(found, (*made.faults({*files.changed, *files.missing}), *again.faults))


def _of_copy(kept: KeptRun) -> Planner:
    """A planner of the run's copy of its inputs. Raises InputsUnknownError where there is none, or
    one that was changed."""
    from allocator.planner import Planner
    from allocator.results.store.kept_inputs import read_inputs

    return Planner(read_inputs(kept.folder, kept.provenance))


def _with(found: Verified, faults: tuple[str, ...]) -> Verified:
    return replace(found, faults=(*found.faults, *faults))


def _world(kept: KeptRun) -> World:
    from allocator.inputs.problem import World

    return World(kept.result.world.name, dict(kept.result.world.holds))


def _strange(kept: KeptRun, problem: Problem, changed: tuple[str, ...]) -> tuple[str, ...]:
    """What the run names and the inputs do not have."""
    from allocator.results.store.labels import command_faults, proof_faults, world_faults
    from allocator.results.store.references import reference_faults

    strange = tuple(reference_faults(kept, problem))
    strange = (*strange, *command_faults(kept, problem), *proof_faults(kept))
    # Other inputs may have another world of the name.
    return strange if changed else (*strange, *world_faults(kept, problem))


def _read(kept: KeptRun, problem: Problem, world: World) -> tuple[Checked, tuple[str, ...]]:
    """What the certificate shows, and what is wrong by plain Python."""
    from allocator.checker import Checked, check_certificate, check_result
    from allocator.checker.notes import notes_faults

    checked = Checked()
    if kept.certificate is not None:
        checked = check_certificate(problem, world, kept.result, kept.certificate)
    notes = notes_faults(problem, world, kept.result, kept.notes, kept.plan_notes)
    held = held_faults(kept)
    return checked, (*check_result(problem, world, kept.result), *held, *checked.faults, *notes)


def held_faults(kept: KeptRun) -> tuple[str, ...]:
    """Where the plan is not what the rows ask for that the run was to hold."""
    from allocator.checker.distance import kind_faults
    from allocator.results.held import held_plan
    from allocator.results.result import allocation_of

    given, plan = held_plan(kept.provenance["options"]), kept.result.plan
    if given is None or plan.status == "unknown":
        return ()
    try:
        allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    except ValueError:
        return ()  # A row that stands twice is a fault that is told already.
    found = kind_faults(given, allocation)
    return tuple(f"the plan does not hold its rows: {one}" for one in found)


def _made(kept: KeptRun, planner: Planner, changed: tuple[str, ...], deadline: Deadline) -> Remade:
    """Tables and page made again: of the inputs, or of the run's copy where those changed."""
    from allocator.report.folder.remaking import remade
    from allocator.results.run import versions
    from allocator.results.store.reading import NOTES
    from allocator.results.store.restored import run_of

    ours, theirs = (told.get(_OURS) for told in (versions(), kept.provenance["versions"]))
    if ours != theirs:
        return Remade(why_not=f"version {theirs} wrote it, this one is {ours}")
    if kept.notes is None:
        return Remade(why_not=f"there is no {NOTES}")
    runs, why_not = _own(kept)
    if not changed:
        runs.insert(0, run_of(kept, planner.workspace))
    if not runs:
        return Remade(why_not=why_not)
    return remade(runs, kept.folder, None if changed else planner.workspace, deadline)


def _own(kept: KeptRun) -> tuple[list[RunRecord], str]:
    """The run as one of its own copy of the inputs, where that is whole; or why it is not."""
    from allocator.results.store.kept_inputs import InputsUnknownError
    from allocator.results.store.reading import KeptResultError
    from allocator.results.store.restored import restored

    try:
        return [restored(kept)], ""
    except (InputsUnknownError, KeptResultError) as error:
        return [], str(error)


_OURS = "contribution-allocator"


def _asked_again(
    problem: Problem, world: World, kept: KeptRun, checked: Checked, until: Deadline
) -> tuple[SecondOpinion, bool]:
    """What a second search says, and whether Ctrl-C ended it."""
    from allocator.analysis import naming
    from allocator.analysis.second_opinions.gaps import recheck_short
    from allocator.analysis.second_opinions.notes import left_out_notes, recheck_notes
    from allocator.analysis.second_opinions.result import recheck
    from allocator.analysis.second_opinions.worlds import recheck_worlds
    from allocator.checker import left_out
    from allocator.progress import Event
    from allocator.results.held import held_plan
    from allocator.results.run import PlanNotes

    notes, plan_notes = kept.notes or {}, kept.plan_notes or PlanNotes()
    options = kept.provenance["options"]
    left = SecondOpinion(
        hurried=hurried(kept),
        command=str(kept.provenance["command"]),
        limit=options.get("limit"),
    )
    for part in left_out(kept.result, kept.certificate) if kept.certificate else ():
        left.left_open(part)

    def work(*, deadline: Deadline, progress: Progress) -> SecondOpinion:
        progress(Event("checking", 0, 0, ""))
        given = held_plan(kept.provenance["options"])
        found = recheck(problem, world, kept.result, deadline, checked, left, given)
        recheck_short(problem, world, kept.result, deadline, found)
        recheck_worlds(problem, world, kept.result, notes, deadline, found)
        if kept.notes is not None:
            left_out_notes(kept.result, notes, kept.provenance["options"], found)
        recheck_notes(problem, world, kept.result, notes, plan_notes, deadline, found)
        return found

    with interrupts() as heard, naming("model", problem.model):
        return watched(work, until, heard), bool(heard.pressed)


CALM = 0.02
"""A run that took no more of its time limit had no search cut short: the smallest part of the time
that one is given is larger."""


def hurried(kept: KeptRun) -> bool:
    """Whether the run may have left something open for want of time or memory, after a fault of
    an engine, or since only so much was asked for."""
    told: Any = kept.provenance
    keys = ("interrupted", "timed_out", "out_of_memory", "faults", "left_out")
    cut = any(told.get(key) for key in keys)
    limit = told["options"].get("time_limit")
    if cut or told["options"].get("limit") is not None or not isinstance(limit, (int, float)):
        return True
    return bool(sum(told["seconds"].values()) > CALM * limit)


def without_of(kept: KeptRun) -> list[str]:
    """The nations that were to send nothing."""
    options: Any = kept.provenance.get("options", {})
    given = options.get("without", ()) if isinstance(options, dict) else ()
    return [str(nation) for nation in given]


def _changed(kept: KeptRun, now: Mapping[str, str]) -> tuple[str, ...]:
    then: Any = kept.provenance.get("inputs", {})
    then = then if isinstance(then, dict) else {}
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
