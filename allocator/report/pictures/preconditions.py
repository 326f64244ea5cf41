"""The open preconditions as SVG: who holds them, which bring others about, which wait for others.

Drawn without colours: a full arrow leads to what comes with it, a dashed one to what it waits for;
what holds already has a thick frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from allocator.inputs.conditions import preconditions_in
from allocator.inputs.problem import Problem, World
from allocator.report.pictures.shapes import text

COLUMN, ROW, TOP, BOX_W, BOX_H = 285, 46, 40, 220, 34
MOST_DRAWN = 60
"""Boxes in the picture; the table beside it has all that are asked for."""

Places = Mapping[str, tuple[int, int]]


def preconditions_picture(problem: Problem, world: World) -> str:
    """Return the picture; blank where none brings another about or waits for one, or too many do.

    problem: the model that is asked about, with its tables. world: which preconditions hold.
    """
    bringing = {name: _brings(problem, name) for name in problem.preconditions}
    waiting = {name: _waits_for(problem, name) for name in problem.open_preconditions(world)}
    tied = {name for some in (bringing, waiting) for one, to in some.items() if to
            for name in (one, *to)}  # fmt: skip
    if not tied or len(tied) > MOST_DRAWN:
        return ""
    places = _places(problem, sorted(tied), bringing)
    width = max(x for x, _ in places.values()) + BOX_W + 16
    height = max(y for _, y in places.values()) + BOX_H + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="Preconditions, their holders, and which bring others about">',
        '<defs><marker id="leads" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#333333"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        text(16, 22, "Full arrow: brings about. Dashed: waits for. Thick: holds.", 12),
        *(_arrow(places[a], places[b], "") for a, b in _pairs(bringing)),
        *(_arrow(places[a], places[b], 'stroke-dasharray="5 4" ') for a, b in _pairs(waiting)),
    ]
    for name, place in places.items():
        parts += _box(problem, world, name, place)
    return "\n".join([*parts, "</svg>", ""])


def _brings(problem: Problem, name: str) -> tuple[str, ...]:
    known = problem.preconditions
    return tuple(other for other in known[name].implies if other in known)


def _waits_for(problem: Problem, name: str) -> tuple[str, ...]:
    named = preconditions_in(problem.preconditions[name].after)
    return tuple(sorted(other for other in named if other in problem.preconditions))


def _pairs(edges: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(one, other) for one, others in edges.items() for other in others if one != other]


def _places(
    problem: Problem, names: Sequence[str], bringing: Mapping[str, Sequence[str]]
) -> Places:
    """Left and top of each box: a column further right than all that bring it about; what is tied
    by waiting alone stands in the last column."""
    column = dict.fromkeys(names, 0)
    for _ in names:  # Those that bring each other about would go on for ever.
        for one, other in _pairs(bringing):
            if column[other] <= column[one] < 3:
                column[other] = column[one] + 1
    ends = {name for pair in _pairs(bringing) for name in pair}
    last = max(column.values()) + 1
    column |= {name: last for name in names if name not in ends}
    order = sorted(names, key=lambda name: (problem.preconditions[name].holder, name))
    rows: dict[int, int] = {}
    found = {}
    for name in order:
        row = rows.setdefault(column[name], 0)
        found[name] = (16 + COLUMN * column[name], TOP + ROW * row)
        rows[column[name]] += 1
    return found


def _arrow(start: tuple[int, int], end: tuple[int, int], dashes: str) -> str:
    """From the side of one box to the side of the other that faces it."""
    (x1, y1), (x2, y2) = start, end
    left, right = (x1 + BOX_W, x2) if x2 > x1 else (x1, x2 + BOX_W) if x1 > x2 else (x1, x2)
    ends = f'x1="{left}" y1="{y1 + BOX_H // 2}" x2="{right}" y2="{y2 + BOX_H // 2}"'
    return f'<line {ends} stroke="#333333" {dashes}marker-end="url(#leads)"/>'


def _box(problem: Problem, world: World, name: str, place: tuple[int, int]) -> list[str]:
    (x, y), known = place, problem.preconditions[name]
    thick = "3" if name in world.starts else "1"
    return [
        f'<rect x="{x}" y="{y}" width="{BOX_W}" height="{BOX_H}" fill="#ffffff" stroke="#222222" '
        f'stroke-width="{thick}"/>',
        text(x + 7, y + 14, known.name, 11, weight="bold", longest=36),
        text(x + 7, y + 28, f"{known.holder or 'nobody named'}: {name}", 9, longest=42),
    ]
