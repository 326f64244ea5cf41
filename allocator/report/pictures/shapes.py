"""Shapes that the pictures share, as SVG."""

from __future__ import annotations

from html import escape


def text(
    x: float, y: float, words: str, size: int, *, anchor: str = "start", weight: str = "normal",
    longest: int | None = None,
) -> str:  # fmt: skip
    """Return black words at a point; what they hold stays text.

    x: from the left. y: from the top. size: in pixels. anchor: start, middle or end. weight: normal
    or bold. longest: so many letters are drawn; all where left out.
    """
    if longest is not None and len(words) > longest:
        words = f"{words[: longest - 1]}…"
    return (
        f'<text x="{x}" y="{y}" font-family="sans-serif" font-size="{size}" '
        f'font-weight="{weight}" text-anchor="{anchor}" fill="#000000">{escape(words)}</text>'
    )
