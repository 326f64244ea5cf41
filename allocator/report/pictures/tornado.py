"""What to settle first as a picture: how far the chance moves with each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from allocator.report.sentences.ranges import share
from allocator.results.ranges import First

SHOWN = 12
BAR, GAP, LABELS, WIDTH = 16, 8, 330, 420


def tornado(found: Sequence[First]) -> str:
    """The picture as SVG, the widest bar on top; '' where no figure moves the chance."""
    moving = [one for one in found if one.swing > 0][:SHOWN]
    if not moving:
        return ""
    height = len(moving) * (BAR + GAP) + 40
    parts = "".join(part for number, one in enumerate(moving) for part in _bar(number, one))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {LABELS + WIDTH + 60} '
        f'{height}" font-family="sans-serif" font-size="12">'
        f"<title>How far the chance moves between the low and the high third of each figure</title>"
        f"{parts}{_axis(height)}</svg>"
    )


def _bar(number: int, one: First) -> Iterator[str]:
    top = number * (BAR + GAP)
    assert one.low is not None
    assert one.high is not None
    lower, higher = sorted((one.low, one.high))
    low, high = lower.most, higher.least  # What it moves for certain.
    left, wide = LABELS + WIDTH * low, max(1.0, WIDTH * (high - low))
    label = one.unit.name if len(one.unit.name) < 50 else f"{one.unit.name[:49]}…"
    yield (
        f'<text x="{LABELS - 8}" y="{top + 13}" text-anchor="end" fill="currentColor">'
        f"{escape(label)}</text>"
    )
    yield (
        f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{BAR}" fill="#4477aa">'
        f"<title>{escape(one.unit.place)}: {share(one.low, 0)} in its low third, "
        f"{share(one.high, 0)} in its high third</title></rect>"
    )


def _axis(height: int) -> str:
    line = (
        f'<line x1="{LABELS}" y1="{height - 30}" x2="{LABELS + WIDTH}" y2="{height - 30}" '
        'stroke="currentColor"/>'
    )
    marks = "".join(
        f'<text x="{LABELS + WIDTH * part / 100:.0f}" y="{height - 12}" text-anchor="middle" '
        f'fill="currentColor">{part} %</text>'
        for part in (0, 50, 100)
    )
    return line + marks
