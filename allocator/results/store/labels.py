"""Whether a kept run is of the world and the command that it says it is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allocator.inputs.problem import Problem
from allocator.results.store.places import PROVENANCE
from allocator.results.store.reading import NOTES, RESULT, KeptRun


def world_faults(kept: KeptRun, problem: Problem) -> Iterator[str]:
    """What is wrong with the world's name and with what holds in it, by the inputs of the run."""
    options: Mapping[str, Any] = kept.provenance["options"]
    world = kept.result.world
    if "world" not in options:
        return
    if options["world"] != world.name:
        yield f"{RESULT} is of world {world.name}, {PROVENANCE} of {options['world']}"
    try:
        right = problem.world(world.name, problem.starts_of(options.get("with", ())))
    except (KeyError, ValueError):
        yield f"{RESULT}: the inputs have no world {world.name} with {options.get('with', ())}"
        return
    if dict(right.starts) != dict(world.holds):
        yield (
            f"{RESULT}: in world {world.name} {_said(right.starts, problem)}, "
            f"in the run {_said(world.holds, problem)}"
        )


def command_faults(kept: KeptRun, problem: Problem) -> Iterator[str]:
    """What no run of this command holds: a plan, or not all tasks in the model's order."""
    command, result = kept.provenance["command"], kept.result
    if command != "solve" and (result.plan.levels or result.plan.status != "unknown"):
        yield f"{RESULT} has a joint plan, and {PROVENANCE} says {command}"
    options: Mapping[str, Any] = kept.provenance["options"]
    on = None if result.on is None else str(result.on)
    for name, said in (("count", result.count), ("on", on)):
        if options.get(name) != said:
            yield f"{RESULT}: {name} is {said}, in {PROVENANCE} {options.get(name)}"
    asked = tuple(options.get("tasks", ())) or tuple(task.id for task in problem.tasks)
    named = tuple(record.task for record in result.tasks)
    if named != asked:
        yield f"{RESULT}: its tasks are {', '.join(named) or 'none'}, not {', '.join(asked)}"
    for nation in options.get("without", ()):
        if nation not in problem.nations:
            yield f"{PROVENANCE}: options.without: no nation {nation!r} in the inputs"


def proof_faults(kept: KeptRun) -> Iterator[str]:
    """Where the files say another thing of what proved a no, or of what is undecided."""
    notes, told = kept.notes, kept.provenance
    if notes is None:
        return
    right = {
        "proofs": {task: note.proof for task, note in notes.items() if note.proof},
        "undecided": {
            task: [list(names) for names in note.undecided]
            for task, note in notes.items()
            if note.undecided
        },
    }
    for key, value in right.items():
        if told.get(key, value) != value:
            yield f"{PROVENANCE}: {key} are not those of {NOTES}"
    for part in kept.certificate.tasks if kept.certificate else ():
        proof = notes[part.task].proof if part.task in notes else ""
        # What else shows a no (its condition, splits, steps) may be found once it is proved.
        known = {"engines": "second engine", "sum": "sum"}
        if part.short is not None and known.get(part.short.by, proof) != proof:
            yield f"{NOTES}: {part.task} is short by {proof}, by its certificate {part.short.by}"


def _said(starts: Mapping[str, int], problem: Problem) -> str:
    named = problem.calendar.named
    held = (f"{name} holds from period {named(start)}" for name, start in starts.items())
    return ", ".join(held) or "nothing holds"
