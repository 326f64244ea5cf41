"""The ways to unlock a task as SVG: effort to the right, likelihood upwards."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.inputs.problem import Problem
from allocator.report.pictures.shapes import text
from allocator.report.sentences.ways import Way

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 64, 150, 16, 36
MOST_DRAWN, NAMED = 60, 8
"""Ways in the picture, and those that are named in it; the list beside it has the cheapest."""
LONGEST = 24
"""Letters of names that fit beside a dot."""


def ways_picture(problem: Problem, found: Sequence[Way]) -> str:
    """Return the picture; blank where fewer than two ways have a likelihood.

    problem: the model that is asked about. found: the ways, the cheapest first.
    """
    drawn = [
        (number, way, way.likelihood)
        for number, way in enumerate(found, 1)
        if way.likelihood is not None
    ][:MOST_DRAWN]
    if len(drawn) < 2:
        return ""
    effort = max(way.effort for _, way, _ in drawn) or 1
    chance = max(likelihood for _, _, likelihood in drawn) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Ways by effort and likelihood">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#555555"/>',
        text(LEFT, HEIGHT - 18, "0", 11, anchor="middle"),
        text(WIDTH - RIGHT, HEIGHT - 18, f"{effort:,}", 11, anchor="middle"),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, "effort, in points", 11, anchor="middle"),
        text(LEFT - 6, TOP + 6, _percent(chance), 11, anchor="end"),
        text(LEFT - 6, HEIGHT - BOTTOM, "0 %", 11, anchor="end"),
    ]
    for number, way, likelihood in drawn:
        x = round(LEFT + (WIDTH - LEFT - RIGHT) * way.effort / effort, 1)
        y = round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * likelihood / chance, 1)
        parts.append(f'<circle cx="{x}" cy="{y}" r="5" fill="#222222"/>')
        if number <= NAMED:
            parts.append(text(x + 9, y + 4, _named(problem, number, way), 11))
    return "\n".join([*parts, "</svg>", ""])


def _named(problem: Problem, number: int, way: Way) -> str:
    """Its place in the list beside the picture, with its acts by name where these fit."""
    acts = " + ".join(problem.preconditions[one].name or one for one in way.preconditions)
    return f"{number}: {acts}" if len(acts) <= LONGEST else str(number)


def _percent(chance: float) -> str:
    return f"{100 * chance:.0f} %" if chance >= 0.01 else f"{100 * chance:.2g} %"
