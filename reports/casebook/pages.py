"""Markdown: tables and links from a kept report to the files and rows it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

UP = "../../"
"""From reports/reference/ to the root."""


def link(place: str) -> str:
    """`inputs/caveats.csv:27` as a link to that row."""
    file, _, row = place.partition(":")
    row = row.split(" ")[0]
    return f"[{file}:{row}]({UP}{file}#L{row})" if row else f"[{file}]({UP}{file})"


def links(places: Iterable[str]) -> str:
    return ", ".join(link(place) for place in places)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar within a cell is escaped, None is blank."""
    lines = [f"| {' | '.join(header)} |", f"| {' | '.join('---' for _ in header)} |"]
    for row in rows:
        cells = ("" if cell is None else str(cell).replace("|", "\\|") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def page(*parts: str) -> str:
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"
