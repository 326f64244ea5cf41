"""The pool of each world against what the models ask for, as SVG.

Bars differ by lightness and outline, not by colour, and every bar has its number beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from allocator.report.pictures.shapes import text

WIDTH = 900
LEFT, RIGHT, TOP, ROW = 190, 90, 76, 44

Bars = Sequence[tuple[str, int, int]]
"""A label, what is open, and what is left after commitments (net), in units at any one time."""

Marks = Sequence[tuple[str, int]]
"""A label and what is asked for, in units at any one time."""


def picture(title: str, bars: Bars, marks: Marks, unit: str) -> str:
    """Return one bar a world: open in dark grey within net in outline; a dashed line for each
    demand.

    title: over the picture. bars: by world: held, net and open. marks: the demands. unit: of the
    figures.
    """
    height = TOP + ROW * len(bars) + 64
    most = max([net for _, _, net in bars] + [asked for _, asked in marks] + [1])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text(16, 24, title, 16, weight="bold"),
    ]
    for index, bar in enumerate(bars):
        parts += _bar(index, bar, most)
    for index, mark in enumerate(sorted(marks, key=lambda m: m[1])):
        parts += _mark(index, mark, most, TOP + ROW * len(bars))
    parts += _legend(height - 18, unit)
    return "\n".join([*parts, "</svg>", ""])


def _x(value: int, most: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * value / most, 1)


def _bar(index: int, bar: tuple[str, int, int], most: int) -> list[str]:
    label, free, net = bar
    y = TOP + ROW * index
    return [
        text(LEFT - 8, y + 21, label, 12, anchor="end"),
        f'<rect x="{LEFT}" y="{y + 4}" width="{_x(net, most) - LEFT:.1f}" height="26" '
        'fill="#e8e8e8" stroke="#777777"/>',
        f'<rect x="{LEFT}" y="{y + 9}" width="{_x(free, most) - LEFT:.1f}" height="16" '
        'fill="#555555"/>',
        text(_x(net, most) + 6, y + 21, f"{free} of {net}", 12),
    ]


def _mark(index: int, mark: tuple[str, int], most: int, bottom: int) -> list[str]:
    label, asked = mark
    x = _x(asked, most)
    ends = f'x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}"'
    return [
        f'<line {ends} stroke="#ffffff" stroke-width="3.5"/>',
        f'<line {ends} stroke="#000000" stroke-width="1.5" stroke-dasharray="5 3"/>',
        text(x, TOP - 10 - 14 * (index % 2), f"{label}: {asked}", 11, anchor="middle"),
    ]


def _legend(y: int, unit: str) -> list[str]:
    return [
        f'<rect x="{LEFT}" y="{y - 11}" width="14" height="12" fill="#555555"/>',
        text(LEFT + 20, y, "open in this world", 12),
        f'<rect x="{LEFT + 150}" y="{y - 11}" width="14" height="12" fill="#e8e8e8" '
        'stroke="#777777"/>',
        text(LEFT + 170, y, "left after commitments and rotation", 12),
        f'<line x1="{LEFT + 400}" y1="{y - 5}" x2="{LEFT + 425}" y2="{y - 5}" stroke="#000000" '
        'stroke-width="1.5" stroke-dasharray="5 3"/>',
        text(LEFT + 430, y, f"asked for ({unit})", 12),
    ]
