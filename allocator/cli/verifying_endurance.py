"""What a plan was said to endure, checked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocator.cli.checked import Verified
from allocator.cli.interrupts import interrupts
from allocator.cli.verifying_repair import changed_inputs, counted, kept_hashes
from allocator.cli.watching import watched
from allocator.deadline import Deadline

if TYPE_CHECKING:
    from allocator.inputs.problem import World
    from allocator.results.store.kept_endurance import KeptEndurance


def verified_endurance(folder: Path, workspace: Path, deadline: Deadline) -> Verified:
    """Reads the answer and checks it against the workspace as it is now: its hashes, then plain
    Python, then searches."""
    import allocator
    from allocator.analysis import naming
    from allocator.analysis.second_opinions.endurance import recheck_endurance
    from allocator.analysis.too_large import refusing_large
    from allocator.checker.endurance import endurance_faults
    from allocator.results.store.kept_endurance import read_endurance

    kept, asked = read_endurance(folder)
    planner = allocator.load(workspace)
    files = kept_hashes(folder, asked)
    changed = changed_inputs(asked, planner.workspace.files)
    found = Verified(folder, changed, files, faults=tuple(files.faults))
    problem = planner.problem(kept.model, *counted(asked))
    options = asked["options"]
    world = planner.world(problem, options["world"], options["with"])
    events = tuple(event.outcome() for event in kept.events)
    lasts = tuple(one.how_long() for one in kept.how_long)
    faults = (*_other_world(kept, world), *_told_twice(kept))
    faults = faults or tuple(endurance_faults(problem, world, kept.plan, events, lasts))
    if faults or kept.plan.status == "unknown":  # What plain Python refuses is not searched.
        return replace(found, faults=(*found.faults, *faults))
    work: Any = lambda deadline, progress: recheck_endurance(  # noqa: E731
        problem, world, kept.plan, events, lasts, deadline
    )
    with interrupts() as heard, refusing_large(planner.workspace), naming("model", problem.model):
        again = watched(work, deadline, heard)
    faults = (*found.faults, *again.faults)
    return replace(found, again=again, faults=faults, stopped=bool(heard.pressed))


def _other_world(kept: KeptEndurance, world: World) -> Iterator[str]:
    if (kept.world.name, dict(kept.world.holds)) != (world.name, dict(world.starts)):
        yield f"world: what holds in {kept.world.name} is not what the inputs say"


def _told_twice(kept: KeptEndurance) -> Iterator[str]:
    """Where what is told of an event is not what its levels say."""
    for event in kept.events:
        if event.nearest != event.outcome().nearest:
            yield f"{event.lost} from period {event.period}: nearest is not what its levels say"
