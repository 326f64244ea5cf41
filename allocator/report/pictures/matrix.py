"""A matrix as SVG: rows and columns by name, what becomes of each by letter and by pattern.

Drawn without colours, so that it reads on any printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from allocator.report.pictures.shapes import text

LEFT, TOP, CELL, GAP, FOOT = 200, 190, 16, 8, 60
LONGEST = 32
"""Letters of a name; there is no room for more beside the cells, or above them."""

LEAST = 720
"""Of its width, so that few columns are not blown up to that of a page."""

KEY = 110
"""From one key of the legend to the next."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell shows. ground: its fill, or a pattern's name; ink: of its letter."""

    letter: str
    words: str
    ground: str = "#ffffff"
    ink: str = "#000000"
    dashed: bool = False


Pattern = Literal["lines", "dots"]
LINES: Pattern = "lines"
DOTS: Pattern = "dots"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, and by column the looks of the cells that stand there side by side."""

    name: str
    columns: tuple[tuple[Look, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is drawn. told: for those who hear it; said: below its title. own: before the names of
    patterns, where several pictures stand on a page. key: from one key of the legend to the next.
    gap: between columns.
    """

    told: str
    title: str
    said: str
    columns: Sequence[str]
    rows: Sequence[Row]
    legend: Sequence[Look]
    own: str = ""
    key: int = KEY
    gap: int = GAP


def drawn(found: Matrix) -> str:
    """Return the picture; every row has as many cells in a column as the widest."""
    numbers = _numbered(found)
    most = max(len(cells) for row in found.rows for cells in row.columns)
    wide = most * CELL + found.gap
    across = max(LEAST, LEFT + wide * len(found.columns) + 120, 32 + found.key * len(found.legend))
    height = TOP + len(found.rows) * (CELL + 4) + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {height}" role="img" '
        f'aria-label="{escape(found.told)}">',
        _definitions(found, numbers),
        f'<rect width="{across}" height="{height}" fill="#ffffff"/>',
        text(16, 26, found.title, 15, weight="bold"),
        text(16, 44, found.said, 11),
        *(_name(name, LEFT + wide * number) for number, name in enumerate(found.columns)),
    ]
    for number, row in enumerate(found.rows):
        y = TOP + number * (CELL + 4)
        parts.append(text(LEFT - 10, y + 12, row.name, 11, anchor="end", longest=LONGEST))
        for column, cells in enumerate(row.columns):
            for place, look in enumerate(cells):
                parts.append(_cell(found, numbers[look], LEFT + wide * column + CELL * place, y))
    return "\n".join([*parts, *_legend(found, numbers, height - FOOT + 30), "</svg>", ""])


def _numbered(found: Matrix) -> dict[Look, int]:
    """Every look by number: each is drawn once, and used in its cells."""
    used = (look for row in found.rows for cells in row.columns for look in cells)
    return {look: number for number, look in enumerate(dict.fromkeys((*found.legend, *used)))}


def _definitions(found: Matrix, numbers: dict[Look, int]) -> str:
    own = found.own
    looks = (_look(look, f"{own}look-{number}", own) for look, number in numbers.items())
    return f"<defs>{_patterns(own)}{''.join(looks)}</defs>"


def _patterns(own: str) -> str:
    return (
        f'<pattern id="{own}lines" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#ffffff"/>'
        '<path d="M0 5L5 0" stroke="#999999" stroke-width="1"/></pattern>'
        f'<pattern id="{own}dots" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#cccccc"/>'
        '<circle cx="2.5" cy="2.5" r="1" fill="#777777"/></pattern>'
    )


def _name(name: str, x: int) -> str:
    words = text(0, 0, name, 11, longest=LONGEST)
    return f'<g transform="translate({x + 10} {TOP - 8}) rotate(-50)">{words}</g>'


def _look(look: Look, name: str, own: str) -> str:
    fill = f"url(#{own}{look.ground})" if look.ground in (LINES, DOTS) else look.ground
    dashed = ' stroke-dasharray="2 2"' if look.dashed else ""
    return (
        f'<g id="{name}"><rect width="{CELL}" height="{CELL}" fill="{fill}" stroke="#444444" '
        f'stroke-width="0.7"{dashed}/><text x="{CELL // 2}" y="12" '
        f'font-family="sans-serif" font-size="10" text-anchor="middle" fill="{look.ink}">'
        f"{look.letter}</text></g>"
    )


def _cell(found: Matrix, number: int, x: int, y: int) -> str:
    return f'<use href="#{found.own}look-{number}" x="{x}" y="{y}"/>'


def _legend(found: Matrix, numbers: dict[Look, int], y: int) -> list[str]:
    parts = []
    for number, look in enumerate(found.legend):
        x = 16 + found.key * number
        parts += [_cell(found, numbers[look], x, y), text(x + CELL + 6, y + 12, look.words, 11)]
    return parts
