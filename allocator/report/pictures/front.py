"""The fronts of a run as SVG: one point a plan, the first objective to the right, the second up.

Drawn without colours; every point has its values and nations beside it, so that the picture reads
in print. A third objective stands with the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allocator.report.pictures.shapes import text
from allocator.report.sentences import names
from allocator.report.sentences import situation as say
from allocator.report.tables.fronts import fronts
from allocator.results.front import Front, Point

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

WIDTH, PANEL = 900, 420
LEFT, RIGHT, TOP, BOTTOM = 90, 300, 56, 60
MOST_NAMED = 24
"""Points with their values beside the picture; the tables have all."""


def front_picture(run: RunRecord) -> str:
    """A panel a front; blank where there is none with a point."""
    found = [(task, one) for task, one in fronts(run) if one.points]
    if not found:
        return ""
    height = PANEL * len(found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-label="What can be had for what">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for number, (task, one) in enumerate(found):
        title = names.plain_task(run.problem, task) if task else "The joint plan"
        parts += [
            f'<g transform="translate(0 {PANEL * number})">',
            *_panel(title, one),
            "" if task else _as_many(),
            "</g>",
        ]
    return "\n".join([*parts, "</svg>", ""])


def _as_many() -> str:
    return text(WIDTH - 16, TOP - 8, say.AS_MANY, 11, anchor="end")


def _panel(title: str, found: Front) -> list[str]:
    across, up = (say.short_objective(name) for name in found.objectives[:2])
    more = "" if found.complete else " (cut off: there may be further points)"
    places = _places(found.points)
    parts = [
        text(16, 26, f"{title}: {across} against {up}{more}", 15, weight="bold"),
        _line(LEFT, PANEL - BOTTOM, WIDTH - RIGHT, PANEL - BOTTOM),
        _line(LEFT, TOP, LEFT, PANEL - BOTTOM),
        text((LEFT + WIDTH - RIGHT) / 2, PANEL - 16, across, 12, anchor="middle"),
        text(16, TOP - 8, up, 12),
    ]
    if len(found.objectives) == 2:
        parts.append(_steps(places))
    for number, (point, (x, y)) in enumerate(zip(found.points, places, strict=True), 1):
        parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="#222222"/>')
        parts.append(text(x + 6, y - 6, str(number), 11))
        parts += _ticks(found, point, x, y)
        if number <= MOST_NAMED:
            line = TOP + 14 * (number - 1)
            parts.append(text(WIDTH - RIGHT + 20, line, _named(found, number, point), 10))
    return parts


def _places(points: Sequence[Point]) -> list[tuple[float, float]]:
    """Where the points are drawn; the axes run from the least to the most value."""
    xs, ys = [p.values[0] for p in points], [p.values[1] for p in points]
    right, top = WIDTH - RIGHT - 20, TOP + 10
    return [
        (
            _scaled(x, min(xs), max(xs), LEFT + 20, right),
            _scaled(y, min(ys), max(ys), PANEL - BOTTOM - 20, top),
        )
        for x, y in zip(xs, ys, strict=True)
    ]


def _scaled(value: int, least: int, most: int, start: float, end: float) -> float:
    return round(start + (end - start) * (value - least) / max(1, most - least), 1)


def _steps(places: Sequence[tuple[float, float]]) -> str:
    """The line under which no plan lies."""
    path = [f"M {places[0][0]} {TOP}", f"V {places[0][1]}"]
    for x, y in places[1:]:
        path += [f"H {x}", f"V {y}"]
    path.append(f"H {WIDTH - RIGHT}")
    return f'<path d="{" ".join(path)}" fill="none" stroke="#777777" stroke-dasharray="4 3"/>'


def _ticks(found: Front, point: Point, x: float, y: float) -> list[str]:
    across, up, *_ = _figures(found, point)
    return [
        text(x, PANEL - BOTTOM + 16, across, 10, anchor="middle"),
        text(LEFT - 6, y + 4, up, 10, anchor="end"),
    ]


def _named(found: Front, number: int, point: Point) -> str:
    values = " / ".join(_figures(found, point))
    return f"{number}: {values}  {' '.join(point.nations)}"


def _figures(found: Front, point: Point) -> list[str]:
    """The point's values in the units in which people read them."""
    pairs = zip(found.objectives, point.values, strict=True)
    return [text for name, value in pairs for text in say.figures(name, value)]


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#000000"/>'
