"""Who matters, what can be had for what, and what falls if a nation leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.report.sentences import situation as say
from allocator.report.tables.fronts import fronts
from allocator.report.terminal import weights
from allocator.report.terminal.trade_offs import falls, worse
from allocator.results.front import Front, Point
from allocator.results.run import RunRecord

WIDTH, HEIGHT = 640, 300
"""Of the field in which the points lie."""


@dataclass(frozen=True, slots=True)
class Dot:
    """x, y: in the field, from its upper left corner."""

    number: int
    x: float
    y: float
    values: tuple[str, ...]
    nations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """counts: what its values count, where that is to be said. steps: a path along the line under
    which no plan lies, of two objectives; else blank. ends: the least and the most of the first
    objective, then of the second."""

    title: str
    counts: str
    objectives: tuple[str, ...]
    complete: bool
    dots: tuple[Dot, ...]
    steps: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartureView:
    nation: str
    falls: str
    worse: str


@dataclass(frozen=True, slots=True)
class WeightView:
    """Who matters for a task."""

    title: str
    sentences: tuple[str, ...]
    header: list[str]
    rows: list[list[str]]


def weight_views(run: RunRecord) -> tuple[WeightView, ...]:
    """Of tasks whose nations were weighed."""
    found = []
    for record in run.result.tasks:
        notes = run.notes.get(record.task)
        if notes and (notes.power or notes.replacement):
            told = tuple(weights.sentences(notes.power)) if notes.power else ()
            title = run.problem.task(record.task).title
            found.append(WeightView(title, told, *weights.nations(run, record)))
    return tuple(found)


def front_views(run: RunRecord) -> tuple[FrontView, ...]:
    return tuple(
        _front(
            run.problem.task(task).title if task else say.JOINT_FRONT,
            say.FRONT_COUNTS if task else "",
            found,
        )
        for task, found in fronts(run)
        if found.points
    )


def departure_views(run: RunRecord) -> tuple[DepartureView, ...]:
    """Those of nations that the plan has a part for, the most tasks falling first."""
    found = [one for one in run.plan_notes.departures if one.sends]
    found.sort(key=lambda one: (-len(one.falls), one.nation))
    return tuple(DepartureView(one.nation, falls(run, one), worse(run, one)) for one in found)


def _front(title: str, counts: str, found: Front) -> FrontView:
    xs = [point.values[0] for point in found.points]
    ys = [point.values[1] for point in found.points]
    ends = (min(xs), max(xs), min(ys), max(ys))
    texts = _texts(found)
    dots = tuple(
        _dot(number, point, ends, texts[number - 1]) for number, point in enumerate(found.points, 1)
    )
    return FrontView(
        title,
        counts,
        tuple(say.short_objective(name) for name in found.objectives),
        found.complete,
        dots,
        _steps(dots) if len(found.objectives) == 2 else "",
        (
            *say.figures(found.objectives[0], *ends[:2]),
            *say.figures(found.objectives[1], *ends[2:]),
        ),
    )


def _texts(found: Front) -> list[tuple[str, ...]]:
    """By point its values as people read them, of an objective all with as many digits."""
    columns = zip(*(point.values for point in found.points), strict=True)
    told = (
        say.figures(name, *values) for name, values in zip(found.objectives, columns, strict=True)
    )
    return list(zip(*told, strict=True))


def _dot(number: int, point: Point, ends: tuple[int, int, int, int], texts: tuple[str, ...]) -> Dot:
    left, right, low, high = ends
    x = _part(point.values[0], left, right) * WIDTH
    y = HEIGHT - _part(point.values[1], low, high) * HEIGHT
    return Dot(number, round(x, 1), round(y, 1), texts, point.nations)


def _part(value: int, least: int, most: int) -> float:
    """From 0 to 1; the middle where there is one value."""
    return (value - least) / (most - least) if most > least else 0.5


def _steps(dots: Sequence[Dot]) -> str:
    path = [f"M{dots[0].x} 0V{dots[0].y}"]
    path += [f"H{dot.x}V{dot.y}" for dot in dots[1:]]
    return "".join([*path, f"H{WIDTH}"])
