"""Who waits for whom as SVG: an arrow from an act to what it waits for; what can only be announced
together stands in a box.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from allocator.inputs.conditions import preconditions_in, tasks_in
from allocator.report.pictures.shapes import text
from allocator.results.order import Order

WIDTH, COLUMN, ROW, TOP, BOX_W, BOX_H = 900, 290, 46, 60, 220, 30
COLUMNS = 3
MOST_DRAWN = 45
"""Acts in the picture; the tables have all."""


def waiting_picture(found: Order) -> str:
    """The picture; blank where nobody waits for another."""
    edges = {act.precondition: _waits_for(found, act.precondition) for act in found.acts}
    drawn = [a for a in edges if edges[a] or any(a in others for others in edges.values())]
    if not any(edges.values()) or len(drawn) > MOST_DRAWN:
        return ""
    places = _places(_grouped(found, drawn, edges))
    height = TOP + max(y for _, y in places.values()) + BOX_H + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-label="Who waits for whom">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#444444"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text(16, 26, "Who waits for whom: an arrow leads to what is waited for", 15, weight="bold"),
    ]
    for members in found.circles.sets:
        parts.append(_box(members, places))
    for act, others in edges.items():
        parts += [_arrow(places[act], places[other]) for other in others if act != other]
    for act, (x, y) in places.items():
        parts += _act(found, act, x, TOP + y)
    return "\n".join([*parts, "</svg>", ""])


def _waits_for(found: Order, act: str) -> tuple[str, ...]:
    """The acts that bring about what its condition names."""
    problem = found.problem
    named = preconditions_in(problem.preconditions[act].after)
    for task in tasks_in(problem.preconditions[act].after):
        if problem.has_task(task):
            named |= preconditions_in(problem.task(task).requires)
    bringing = {other.precondition for other in found.acts}
    return tuple(sorted(other for other in bringing if problem.implied_by(other) & named))


def _grouped(found: Order, drawn: Collection[str], edges: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of a circle beside each other, then those in turn, then the rest."""
    circled = [act for members in found.circles.sets for act in members]
    others = sorted(drawn, key=lambda act: (act not in found.in_turn, len(edges[act]), act))
    return [act for act in dict.fromkeys((*circled, *others)) if act in drawn]


def _places(acts: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Left and top of each act's box, in rows of `COLUMNS`, every other row moved."""
    found = {}
    for number, act in enumerate(acts):
        row, column = divmod(number, COLUMNS)
        found[act] = (16 + COLUMN * column + 24 * (row % 2), row * 2 * ROW)
    return found


def _box(members: Sequence[str], places: Mapping[str, tuple[int, int]]) -> str:
    """A dashed frame around the acts of a circle."""
    xs = [places[act][0] for act in members if act in places]
    ys = [places[act][1] for act in members if act in places]
    if not xs:
        return ""
    return (
        f'<rect x="{min(xs) - 8}" y="{TOP + min(ys) - 10}" '
        f'width="{max(xs) - min(xs) + BOX_W + 16}" height="{max(ys) - min(ys) + BOX_H + 20}" '
        'fill="none" stroke="#444444" stroke-dasharray="6 4"/>'
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    """From the edge of one box to that of another."""
    (x1, y1), (x2, y2) = start, end
    down = y2 > y1
    if y1 == y2:
        left, right = (x1 + BOX_W, x2) if x2 > x1 else (x1, x2 + BOX_W)
        shift = 6 if x2 > x1 else -6
        return _path(left, TOP + y1 + BOX_H // 2 + shift, right, TOP + y2 + BOX_H // 2 + shift)
    from_y, to_y = (y1 + BOX_H, y2) if down else (y1, y2 + BOX_H)
    shift = 12 if down else -12
    return _path(x1 + BOX_W // 2 + shift, TOP + from_y, x2 + BOX_W // 2 + shift, TOP + to_y)


def _path(x1: int, y1: int, x2: int, y2: int) -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#444444" '
        'stroke-width="1.3" marker-end="url(#tip)"/>'
    )


def _act(found: Order, act: str, x: int, y: int) -> list[str]:
    known = found.act(act)
    thick = "2.5" if known.state == "deadlocked" else "1"
    return [
        f'<rect x="{x}" y="{y}" width="{BOX_W}" height="{BOX_H}" fill="#ffffff" '
        f'stroke="#222222" stroke-width="{thick}"/>',
        text(x + 8, y + 13, known.name or act, 11, weight="bold", longest=34),
        text(x + 8, y + 25, f"{known.holder or 'nobody named'}: {known.state}", 9, longest=40),
    ]
