"""The points of a front: values of a few objectives, each with a plan that has them."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.results.result import Cell, Release


@dataclass(frozen=True)
class Point:
    """One plan that no other beats: less of one objective costs more of another.

    values: of the front's objectives, in their order; each as low as it can be where the others
    are as they are. nations: who contributes to the task, or to any where the plan is for all.
    """

    values: tuple[int, ...]
    nations: tuple[str, ...]
    staffed: tuple[str, ...]
    allocation: tuple[Cell, ...]
    released: tuple[Release, ...]


@dataclass(frozen=True)
class Front:
    """All values of the objectives that no plan beats in all of them (Pareto 1906), sorted.

    complete: there are no others; every point that is listed is certain either way.
    """

    objectives: tuple[str, ...]
    points: tuple[Point, ...]
    complete: bool
