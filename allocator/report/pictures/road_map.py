"""A road map as SVG: a bar an act, by holder, from when it begins to when it is met; below, the
month in which each task is ready.

Drawn without colours; every bar and mark has its month beside it.
"""

from __future__ import annotations

from allocator.report.pictures.shapes import text
from allocator.report.sentences import names
from allocator.results.order import Order, Step

WIDTH, LEFT, RIGHT, TOP, ROW = 900, 300, 60, 60, 26
LONGEST = 42
"""Letters of a name to the left of the bars."""

MOST_ROWS = 60
"""Acts and tasks that are drawn; the tables have all."""


def road_map_picture(found: Order) -> str:
    """The picture; blank where there is no step and no task."""
    steps = sorted(found.road_map.steps, key=lambda s: (s.holder, s.month, s.precondition))
    steps, months = steps[:MOST_ROWS], found.road_map.months[:MOST_ROWS]
    if not steps and not months:
        return ""
    last = max([step.month for step in steps] + [one.month for one in months] + [1])
    rows = len(steps) + len(months)
    height = TOP + ROW * (rows + 1) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-label="The road map: acts by holder and the tasks they make ready">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text(16, 26, f"Road map by {found.road_map.by}, in months", 15, weight="bold"),
    ]
    for number, step in enumerate(steps):
        before = steps[number - 1].holder if number else None
        parts += _bar(found, step, TOP + ROW * number, last, named=step.holder != before)
    top = TOP + ROW * (len(steps) + 1)
    parts.append(text(16, top - 10, "Ready", 12, weight="bold"))
    for number, one in enumerate(months):
        y, x = top + ROW * number, _x(one.month, last)
        title = names.plain_task(found.problem, one.task)
        parts.append(text(LEFT - 8, y + 15, title, 12, anchor="end", longest=LONGEST))
        parts.append(f'<circle cx="{x}" cy="{y + 11}" r="6" fill="#222222"/>')
        parts.append(text(x + 12, y + 15, str(one.month), 12))
    return "\n".join([*parts, "</svg>", ""])


def _bar(found: Order, step: Step, y: float, last: int, *, named: bool) -> list[str]:
    begun, act = _begun(found, step), found.problem.preconditions[step.precondition]
    start, end = _x(begun, last), _x(step.month, last)
    holder = [text(16, y + 15, step.holder or "nobody named", 12, weight="bold")] if named else []
    return [
        *holder,
        text(LEFT - 8, y + 15, act.name or act.id, 12, anchor="end", longest=LONGEST),
        f'<rect x="{start}" y="{y + 4}" width="{max(3.0, round(end - start, 1))}" height="14" '
        'fill="#bbbbbb" stroke="#222222"/>',
        text(max(end, start + 3) + 6, y + 15, str(step.month), 12),
    ]


def _begun(found: Order, step: Step) -> int:
    """One act at a time takes a month at the least."""
    lead = found.problem.preconditions[step.precondition].lead_months
    return step.month - (max(1, lead) if found.road_map.by == "benefit" else lead)


def _x(month: int, last: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * month / last, 1)
