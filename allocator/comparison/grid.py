"""Every model in every world, solved for a comparison, each with its share of the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from allocator.deadline import Deadline
from allocator.progress import Event, Progress, silent

if TYPE_CHECKING:
    from allocator.planner import Planner
    from allocator.run import Run

SHARE = 0.8
"""Of the time that is spent on solving; the rest is for the reasons."""


def solve_grid(
    planner: Planner,
    models: Sequence[str],
    worlds: Sequence[str],
    deadline: Deadline,
    *,
    progress: Progress = silent,
    **options: Any,
) -> list[Run]:
    """One run a model and world, model by model. What a run does not use goes to the next ones.

    options: as `Planner.solve` takes them, but for world and time. Raises UsageError for names
    that the workspace does not have, before anything is solved.
    """
    for model in models:
        problem = planner.problem(model)
        for world in worlds:
            planner.world(problem, world, options.get("with_", ()))
    cells = [(model, world) for model in models for world in worlds]
    solving = deadline.part(SHARE)
    runs = []
    for number, (model, world) in enumerate(cells):
        part = solving.part(1 / (len(cells) - number))
        runs.append(
            planner.solve(
                model,
                world=world,
                deadline=part,
                time_limit=round(part.remaining(), 1),
                progress=_told(progress, f"{number + 1} of {len(cells)}, {model} in {world}"),
                **options,
            )
        )
    return runs


def _told(progress: Progress, which: str) -> Progress:
    """Each event with the run that it comes from."""

    def heard(event: Event) -> None:
        known = f"{which}: {event.known}" if event.known else which
        progress(Event(event.phase, event.done, event.total, known))

    return heard
