"""A kept repair, checked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    from allocator.results.store.kept_repair import KeptRepair


def verified_repair(folder: Path, workspace: Path, deadline: Deadline) -> Verified:
    """Reads the repair and checks it against the workspace as it is now: its hashes, then plain
    Python, then searches."""
    import allocator
    from allocator.analysis import naming
    from allocator.analysis.second_opinions.repair import recheck_repair
    from allocator.analysis.too_large import refusing_large
    from allocator.checker.repair import repair_faults
    from allocator.results.store.kept_repair import read_repair

    kept, asked = read_repair(folder)
    planner = allocator.load(workspace)
    changed = _changed(kept, asked, planner.workspace.files)
    files = kept_hashes(folder, asked)
    found = Verified(folder, changed, files, faults=tuple(files.faults))
    problem = planner.problem(kept.model, *counted(asked)).without(
        asked["options"].get("without", ())
    )
    said = kept.repair()
    faults = (*repair_faults(problem, said), *_told_twice(kept))
    if faults:  # What plain Python refuses is not worth a search.
        return replace(found, faults=(*found.faults, *faults))
    work: Any = lambda deadline, progress: recheck_repair(problem, said, deadline)  # noqa: E731
    with interrupts() as heard, refusing_large(planner.workspace), naming("model", problem.model):
        again = watched(work, deadline, heard)
    faults = (*found.faults, *again.faults)
    return replace(found, again=again, faults=faults, stopped=bool(heard.pressed))


def counted(asked: Mapping[str, Any]) -> tuple[Any, ...]:
    """What offers were counted and on which day, where that was said."""
    options = asked["options"]
    return (options["count"], date.fromisoformat(options["on"])) if "on" in options else ()


def _told_twice(kept: KeptRepair) -> Iterator[str]:
    """Where the edits or the levels are not those of the plan."""
    if kept.levels != kept.plan.levels:
        yield "levels: they are not those of the plan"
    said = [(e.nation, e.task, e.line, e.capability, e.period, e.before, e.after)
            for e in kept.edits]  # fmt: skip
    if said != [(*edit.key, edit.before, edit.after) for edit in kept.repair().edits]:
        yield "edits: they are not the difference between the plan and the given one"


def _changed(kept: KeptRepair, asked: Mapping[str, Any], now: Mapping[str, str]) -> tuple[str, ...]:
    """Files of the workspace that are not what they were; the given plan is kept whole."""
    own = {kept.given.file, kept.given.file.rpartition("#")[0]} - now.keys()
    then = {name: sha for name, sha in asked.get("inputs", {}).items() if name not in own}
    return changed_inputs({"inputs": then}, now)


def changed_inputs(asked: Mapping[str, Any], now: Mapping[str, str]) -> tuple[str, ...]:
    """The files that are not what they were when it was asked."""
    then = dict(asked.get("inputs", {}))
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))


def kept_hashes(folder: Path, asked: Mapping[str, Any]) -> Files:
    """The folder's files by the hashes that were kept."""
    kept, now = asked.get("files", {}), hashes(folder)
    there = kept.keys() & now.keys()  # Of the folder alone, whatever names were written.
    same = {name for name in there if now[name] == kept[name]}
    return Files(
        same=tuple(sorted(same)),
        changed=tuple(sorted(there - same)),
        missing=tuple(sorted(kept.keys() - there)),
    )
