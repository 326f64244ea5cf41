"""The matrix of events and tasks as SVG: a cell a period, its state by letter and by pattern.

Drawn without colours, so that it reads on any printer.
"""

from __future__ import annotations

from collections.abc import Sequence

from allocator.report.pictures.shapes import text
from allocator.report.sentences.endure import LETTERS, who
from allocator.results.endurance import STATES, Endurance, Outcome, State

LEFT, TOP, CELL, GAP, FOOT = 200, 190, 16, 8, 60
MOST_ROWS = 80
"""Losses that are drawn; the tables have all."""

LONGEST = 32
"""Letters of a name; there is no room for more beside the cells, or above them."""

FILLS: dict[State, tuple[str, str]] = {
    "holds": ("#ffffff", "#777777"),
    "repaired": ("url(#lines)", "#000000"),
    "gives way": ("url(#dots)", "#000000"),
    "falls": ("#111111", "#ffffff"),
    "unknown": ("#ffffff", "#000000"),
}
"""What a cell is filled with, and its letter."""

PATTERNS = (
    '<defs><pattern id="lines" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#ffffff"/>'
    '<path d="M0 5L5 0" stroke="#999999" stroke-width="1"/></pattern>'
    '<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#cccccc"/><circle cx="2.5" cy="2.5" r="1" fill="#777777"/>'
    "</pattern></defs>"
)


def endurance_picture(found: Endurance) -> str:
    """The picture; blank where every task holds under every event."""
    harmful = found.harmful()
    rows = harmful[:MOST_ROWS]
    if not rows:
        return ""
    more = len(harmful) - len(rows)
    left = f"; of {len(harmful):,} losses {more:,} in the tables alone" if more else ""
    cells = f"A cell for each period from which on it is lost, the first to the left{left}"
    tasks = [one.task for one in rows[0][0].tasks]
    wide = max(map(len, rows)) * CELL + GAP
    width, height = LEFT + wide * len(tasks) + 120, TOP + len(rows) * (CELL + 4) + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="Events and tasks: what holds, is repaired, gives way or falls">',
        PATTERNS,
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        text(16, 26, "What is lost, and what becomes of each task", 15, weight="bold"),
        text(16, 44, cells, 11),
        *(_name(task, LEFT + wide * number) for number, task in enumerate(tasks)),
    ]
    for number, events in enumerate(rows):
        y = TOP + number * (CELL + 4)
        lost = who(found.problem, events[0].loss)
        parts.append(text(LEFT - 10, y + 12, lost, 11, anchor="end", longest=LONGEST))
        parts += _row(events, y, wide)
    return "\n".join([*parts, *_legend(height - FOOT + 30), "</svg>", ""])


def _name(task: str, x: int) -> str:
    words = text(0, 0, task, 11, longest=LONGEST)
    return f'<g transform="translate({x + 10} {TOP - 8}) rotate(-50)">{words}</g>'


def _row(events: Sequence[Outcome], y: int, wide: int) -> list[str]:
    return [
        _cell(LEFT + wide * task + CELL * place, y, one.state)
        for place, event in enumerate(events)
        for task, one in enumerate(event.tasks)
    ]


def _cell(x: int, y: int, state: State) -> str:
    fill, ink = FILLS[state]
    dashed = ' stroke-dasharray="2 2"' if state == "unknown" else ""
    return (
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="{fill}" stroke="#444444" '
        f'stroke-width="0.7"{dashed}/><text x="{x + CELL / 2}" y="{y + 12}" '
        f'font-family="sans-serif" font-size="10" text-anchor="middle" fill="{ink}">'
        f"{LETTERS[state]}</text>"
    )


def _legend(y: int) -> list[str]:
    found = []
    for number, state in enumerate(STATES):
        x = 16 + 110 * number
        found += [_cell(x, y, state), text(x + CELL + 6, y + 12, state, 11)]
    return found
