"""Every model in every world, solved for a comparison, each with its share of the time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from allocator.deadline import Deadline
from allocator.progress import Event, Progress, silent
from allocator.search.blockers.knowledge import Knowledge

if TYPE_CHECKING:
    from allocator.planner import Planner
    from allocator.results.run import RunRecord

SHARE = 0.8
"""Of the time that is spent on solving; the rest is for the reasons."""


def solve_grid(
    planner: Planner,
    models: Sequence[str],
    worlds: Sequence[str],
    deadline: Deadline,
    *,
    progress: Progress = silent,
    knowledge: Mapping[str, Knowledge] | None = None,
    **options: Any,
) -> list[RunRecord]:
    """Make one run a model and world, model by model. What a run does not use goes to the next
    ones, and what it has shown of a model too.

    worlds: by name, with preconditions that hold on top: `ceasefire+deu_decision+us_backstop@2`.
    knowledge: by model, what its worlds have shown; it is told of these. options: as
    `Planner.solve` takes them, but for world and time; `with_` holds in all. Raises UsageError for
    names that the workspace does not have, before anything is solved.

    planner: of the workspace. models: names of models. deadline: when to end at the latest.
    progress: told of each step.
    """
    for model in models:
        problem = planner.problem(model)
        for world in worlds:
            planner.world(problem, *_parts(world, options))
    shared = knowledge or {model: Knowledge() for model in models}
    cells = [(model, world) for model in models for world in worlds]
    solving = deadline.part(SHARE)
    runs: list[RunRecord] = []
    for number, (model, world) in enumerate(cells):
        part = solving.part(1 / (len(cells) - number))
        name, with_ = _parts(world, options)
        how: dict[str, Any] = {**options, "world": name, "with_": with_}
        how["knowledge"] = shared[model]
        which = f"{number + 1} of {len(cells)}, {model} in {world}"
        limit = round(part.remaining(), 1)
        told = _told(progress, which)
        runs.append(planner.solve(model, deadline=part, time_limit=limit, progress=told, **how))
    return runs


def _parts(world: str, options: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The world's name, and what holds on top of it."""
    name, *more = (part.strip() for part in world.split("+"))
    return name or "today", (*more, *options.get("with_", ()))


def _told(progress: Progress, which: str) -> Progress:
    """Each event with the run that it comes from."""

    def heard(event: Event) -> None:
        known = f"{which}: {event.known}" if event.known else which
        progress(Event(event.phase, event.done, event.total, known))

    return heard
