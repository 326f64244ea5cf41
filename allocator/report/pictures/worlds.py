"""The map of worlds as a matrix: what each brings about, and which tasks that makes ready."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.inputs.problem import Problem
from allocator.report.pictures.matrix import LINES, Look, Matrix, Row, drawn
from allocator.report.sentences import names
from allocator.results.result import Verdict
from allocator.words import count

MET = Look("●", "brought about")
NOT_MET = Look("", "", "#eeeeee")
LOOKS: dict[Verdict, Look] = {
    "ready": Look("R", "ready"),
    "blocked": Look("B", "blocked", LINES),
    "short": Look("S", "short", "#111111", "#ffffff"),
    "unknown": Look("?", "unknown", dashed=True),
}
MOST_ACTS = 26
"""Preconditions across a picture that can be read; of more the list beside it has the names."""

World = tuple[str, Sequence[str], Sequence[Verdict]]
"""Its name, what is brought about in it, and the verdicts of the tasks in their order."""


def worlds_picture(problem: Problem, tasks: Sequence[str], worlds: Sequence[World]) -> str:
    """Return the picture; blank of a single world.

    problem: the model that is asked about. tasks: by id. worlds: from top to bottom.
    """
    acts, left = _told_apart(worlds)
    if len(worlds) < 2 or not acts:
        return ""
    shown = acts if len(acts) <= MOST_ACTS else []
    more = f"; {count(left, 'act')} of the fullest alone not shown" if left and shown else ""
    seen = {verdict for _, _, verdicts in worlds for verdict in verdicts}
    return drawn(
        Matrix(
            told="Worlds: what is brought about in each, and which tasks are ready then",
            title="Which worlds make which tasks ready",
            said=f"To the left what is brought about{more}, to the right what becomes of each task",
            columns=[
                *(problem.preconditions[one].name or one for one in shown),
                *(names.plain_task(problem, task) for task in tasks),
            ],
            rows=[_row(world, shown) for world in worlds],
            legend=[*([MET] if shown else []), *(LOOKS[word] for word in LOOKS if word in seen)],
            own="worlds-",
            gap=3,
        )
    )


def _told_apart(worlds: Sequence[World]) -> tuple[list[str], int]:
    """What is brought about in others than the fullest world, and how many acts that leaves out."""
    every = {one for _, met, _ in worlds for one in met}
    fullest = max((met for _, met, _ in worlds), key=len, default=())
    others = {one for _, met, _ in worlds if met is not fullest for one in met} or every
    return sorted(others), len(every - others)


def _row(world: World, shown: Sequence[str]) -> Row:
    name, met, verdicts = world
    marks = ((MET if one in met else NOT_MET,) for one in shown)
    return Row(name, (*marks, *((LOOKS[verdict],) for verdict in verdicts)))
