"""The ways to unlock a task as SVG: effort to the right, likelihood upwards."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.report.pictures.shapes import text
from allocator.report.sentences.ways import Way

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 64, 150, 16, 36
MOST_DRAWN, NAMED = 60, 8
"""Ways in the picture, and those that are named in it; the list beside it has the cheapest."""


def ways_picture(found: Sequence[Way]) -> str:
    """Return the picture; blank where fewer than two ways have a likelihood.

    found: the ways, the cheapest first.
    """
    drawn = [(way, way.likelihood) for way in found if way.likelihood is not None][:MOST_DRAWN]
    if len(drawn) < 2:
        return ""
    effort = max(way.effort for way, _ in drawn) or 1
    chance = max(likelihood for _, likelihood in drawn) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Ways by effort and likelihood">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#555555"/>',
        text(LEFT, HEIGHT - 18, "0", 11, anchor="middle"),
        text(WIDTH - RIGHT, HEIGHT - 18, f"{effort:,}", 11, anchor="middle"),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, "effort", 11, anchor="middle"),
        text(LEFT - 6, TOP + 6, _percent(chance), 11, anchor="end"),
        text(LEFT - 6, HEIGHT - BOTTOM, "0 %", 11, anchor="end"),
    ]
    for number, (way, likelihood) in enumerate(drawn):
        x = round(LEFT + (WIDTH - LEFT - RIGHT) * way.effort / effort, 1)
        y = round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * likelihood / chance, 1)
        parts.append(f'<circle cx="{x}" cy="{y}" r="5" fill="#222222"/>')
        if number < NAMED:
            parts.append(text(x + 9, y + 4, _named(way), 11, longest=34))
    return "\n".join([*parts, "</svg>", ""])


def _named(way: Way) -> str:
    """`ceasefire`, or `5 acts` where they do not fit."""
    some = " + ".join(way.preconditions)
    return some if len(some) <= 30 else f"{len(way.preconditions)} acts"


def _percent(chance: float) -> str:
    return f"{100 * chance:.0f} %" if chance >= 0.01 else f"{100 * chance:.2g} %"
