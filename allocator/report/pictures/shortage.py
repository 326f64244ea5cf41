"""How short the tasks of a given plan are, as a picture: a bar a line, in its worst period."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from allocator.report.sentences import names
from allocator.report.sentences.names import Name
from allocator.results.review import Review, Shortage

SHOWN = 16
"""Lines; the table below the picture has all."""

BAR, GAP, LABELS, WIDTH, FIGURES = 16, 10, 300, 360, 240
LONGEST = 44
"""Letters of a label."""


def shortage_picture(found: Review) -> str:
    """The picture as SVG, the emptiest lines on top; '' where no line is below its target. Each
    bar is as long as what its line should have, for lines count in units of their own."""
    worst = _worst(found)[:SHOWN]
    if not worst:
        return ""
    height = len(worst) * (BAR + GAP) + 30
    named = found.calendar.named
    titled = partial(names.plain_task, found.problem) if found.problem else str
    parts = (
        part
        for number, one in enumerate(worst)
        for part in _bar(number, one, named(one.period), titled)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="chart" '
        f'viewBox="0 0 {LABELS + WIDTH + FIGURES} {height}" font-family="sans-serif" '
        f'font-size="12"><title>Lines below their target, each in its worst period</title>'
        f"{''.join(parts)}{_legend(height)}</svg>"
    )


def _worst(found: Review) -> list[Shortage]:
    """Of each line the period in which it is filled least; those that lack most come first."""
    lines: dict[tuple[str, str], Shortage] = {}
    for one in found.shortages:
        known = lines.setdefault((one.task, one.line), one)
        if _rank(one) < _rank(known):
            lines[one.task, one.line] = one
    return sorted(lines.values(), key=_rank)


def _rank(one: Shortage) -> tuple[bool, float, float, str, str, int]:
    """Below what is needed first, then by the share that is filled."""
    of_needed, of_target = (one.filled / max(1, most) for most in (one.needed, one.target))
    return one.filled >= one.needed, of_needed, of_target, one.task, one.line, one.period


def _bar(number: int, one: Shortage, period: str, titled: Name) -> Iterator[str]:
    top = number * (BAR + GAP) + 2
    most = max(one.needed, one.target, 1)
    filled, needed = (WIDTH * min(n, most) / most for n in (one.filled, one.needed))
    label = f"{titled(one.task)}: {one.line}"
    label = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    yield (
        f'<text x="{LABELS - 8}" y="{top + 13}" text-anchor="end" fill="currentColor">'
        f"{escape(label)}</text>"
    )
    yield _box(top, WIDTH, 'fill="none" stroke="currentColor" stroke-dasharray="3 3"')
    yield _box(top, filled, 'fill="#4477aa"')
    yield _box(top, needed, 'fill="none" stroke="currentColor" stroke-width="1.5"')
    yield (
        f'<text x="{LABELS + WIDTH + 8}" y="{top + 13}" fill="currentColor">'
        f"{one.filled:,} of {one.needed:,}, target {one.target:,}; period {escape(period)}</text>"
    )


def _box(top: int, wide: float, look: str) -> str:
    return f'<rect x="{LABELS}" y="{top}" width="{wide:.1f}" height="{BAR}" {look}/>'


def _legend(height: int) -> str:
    return (
        f'<text x="{LABELS}" y="{height - 8}" fill="currentColor">'
        "filled: solid; needed: line; target: dashed</text>"
    )
