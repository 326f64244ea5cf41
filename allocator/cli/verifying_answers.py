"""A kept answer that is no run, checked again: its hashes, then plain Python, then searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.cli.checked import Verified
from allocator.cli.interrupts import interrupts
from allocator.cli.watching import watched
from allocator.deadline import Deadline
from allocator.results.store.kept_files import Files, hashes

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem, World
    from allocator.planner import Planner
    from allocator.results.store.kept_endurance import KeptEndurance
    from allocator.results.store.kept_repair import KeptRepair

Said = Mapping[str, Any]
"""What `run.json` says."""


def verified_repair(folder: Path, workspace: Path, deadline: Deadline) -> Verified:
    """Check a kept repair against the workspace as it is now.

    folder: where it is kept. workspace: with its inputs. deadline: of all of it.
    """
    import allocator
    from allocator.analysis.second_opinions.repair import recheck_repair
    from allocator.checker.repair import repair_faults
    from allocator.results.store.kept_repair import read_repair

    kept, asked = read_repair(folder)
    planner = allocator.load(workspace)
    own = {kept.given.file, kept.given.file.rpartition("#")[0]} - planner.workspace.files.keys()
    found = _by_hashes(folder, asked, planner, own)  # The given plan is kept whole.
    problem = _problem(planner, kept.model, asked).without(asked["options"].get("without", ()))
    said = kept.repair()
    faults = (*repair_faults(problem, said), *_repair_told_twice(kept))
    search = lambda until: recheck_repair(problem, said, until)  # noqa: E731
    return _searched(found, planner, problem.model, faults, deadline, search)


def verified_endurance(folder: Path, workspace: Path, deadline: Deadline) -> Verified:
    """Check again what a plan was said to endure, against the workspace as it is now.

    folder: where it is kept. workspace: with its inputs. deadline: of all of it.
    """
    import allocator
    from allocator.analysis.second_opinions.endurance import recheck_endurance
    from allocator.checker.endurance import endurance_faults
    from allocator.results.store.kept_endurance import read_endurance

    kept, asked = read_endurance(folder)
    planner = allocator.load(workspace)
    found = _by_hashes(folder, asked, planner)
    problem, options = _problem(planner, kept.model, asked), asked["options"]
    world = planner.world(problem, options["world"], options["with"])
    events = tuple(event.outcome() for event in kept.events)
    said = (kept.plan, events, tuple(one.how_long() for one in kept.how_long))
    faults = (*_other_world(kept, world), *_endurance_told_twice(kept))
    faults = faults or tuple(endurance_faults(problem, world, *said))
    search = lambda until: recheck_endurance(problem, world, *said, until)  # noqa: E731
    asks = None if kept.plan.status == "unknown" else search
    return _searched(found, planner, problem.model, faults, deadline, asks)


def _problem(planner: Planner, model: str, asked: Said) -> Problem:
    """With the offers that were counted, on which day, where that was said."""
    options = asked["options"]
    if "on" not in options:
        return planner.problem(model)
    return planner.problem(model, options["count"], date.fromisoformat(options["on"]))


def _searched(
    found: Verified,
    planner: Planner,
    model: str,
    faults: tuple[str, ...],
    deadline: Deadline,
    search: Callable[[Deadline], Any] | None,
) -> Verified:
    """With what plain Python found; where that is nothing, with what is found by a search."""
    from allocator.analysis import naming
    from allocator.analysis.too_large import refusing_large

    if faults or search is None:
        return replace(found, faults=(*found.faults, *faults))
    work: Any = lambda deadline, progress: search(deadline)  # noqa: E731
    with interrupts() as heard, refusing_large(planner.workspace), naming("model", model):
        again = watched(work, deadline, heard)
    faults = (*found.faults, *again.faults)
    return replace(found, again=again, faults=faults, stopped=bool(heard.pressed))


def _by_hashes(
    folder: Path, asked: Said, planner: Planner, own: set[str] | None = None
) -> Verified:
    """What became of its files, and which files of the workspace are not what they were; those of
    its `own` are not of the workspace."""
    then = {name: sha for name, sha in asked.get("inputs", {}).items() if name not in (own or ())}
    now = planner.workspace.files
    changed = tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
    files = _kept_hashes(folder, asked)
    return Verified(folder, changed, files, faults=tuple(files.faults))


def _kept_hashes(folder: Path, asked: Said) -> Files:
    """The folder's files by the hashes that were kept."""
    kept, now = asked.get("files", {}), hashes(folder)
    there = kept.keys() & now.keys()  # Of the folder alone, whatever names were written.
    same = {name for name in there if now[name] == kept[name]}
    return Files(
        same=tuple(sorted(same)),
        changed=tuple(sorted(there - same)),
        missing=tuple(sorted(kept.keys() - there)),
    )


def _repair_told_twice(kept: KeptRepair) -> Iterator[str]:
    """Where the edits or the levels are not those of the plan."""
    if kept.levels != kept.plan.levels:
        yield "levels: they are not those of the plan"
    said = [(e.nation, e.task, e.line, e.capability, e.period, e.before, e.after)
            for e in kept.edits]  # fmt: skip
    if said != [(*edit.key, edit.before, edit.after) for edit in kept.repair().edits]:
        yield "edits: they are not the difference between the plan and the given one"


def _endurance_told_twice(kept: KeptEndurance) -> Iterator[str]:
    """Where what is told of an event is not what its levels say."""
    for event in kept.events:
        if event.nearest != event.outcome().nearest:
            yield f"{event.lost} from period {event.period}: nearest is not what its levels say"


def _other_world(kept: KeptEndurance, world: World) -> Iterator[str]:
    if (kept.world.name, dict(kept.world.holds)) != (world.name, dict(world.starts)):
        yield f"world: what holds in {kept.world.name} is not what the inputs say"
