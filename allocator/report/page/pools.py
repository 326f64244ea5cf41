"""The dilemma in one picture: one pool of forces, and what deterrence, defence and the operation
take of it."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.report.page.rows import Rows
from allocator.report.sentences.amounts import plain_name
from allocator.report.tables.pools import PoolRow, pool_rows
from allocator.results.run import RunRecord

WIDTH = 710
"""Of the longest bar of a row, in the picture's own units."""


@dataclass(frozen=True, slots=True)
class Part:
    """look: what holds these units, or that they are open. x, width: in the picture."""

    look: str
    units: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class PoolBar:
    """A pool with its picture. sent, asked: where their marks stand, None for none."""

    label: str
    row: PoolRow
    parts: tuple[Part, ...]
    sent: float | None
    asked: float | None
    rows: tuple[int, ...]


def pool_bars(run: RunRecord, rows: Rows) -> tuple[PoolBar, ...]:
    """Return one bar a pool, the scarcest first. run: what is shown. rows: for references."""
    return tuple(_bar(run, rows, row) for row in pool_rows(run))


def _bar(run: RunRecord, rows: Rows, row: PoolRow) -> PoolBar:
    widest = max(row.kept_up, row.sent or 0, row.asked, 1)

    def place(units: int) -> float:
        return round(WIDTH * units / widest, 1)

    parts, start = [], 0
    for look in ("open", "waits", "never", "committed"):
        units = getattr(row, look)
        parts.append(Part(look, units, place(start), round(place(start + units) - place(start), 1)))
        start += units
    return PoolBar(
        label(run, row),
        row,
        tuple(part for part in parts if part.units),
        place(row.sent) if row.sent else None,
        place(row.asked) if row.asked else None,
        tuple(number for kind, _ in row.weights for number in rows.of("capability", kind)),
    )


def label(run: RunRecord, row: PoolRow) -> str:
    """Return the names of its capabilities without what they have in brackets, with what a unit
    counts for where that is not one."""
    kinds = run.problem.capabilities
    return " or ".join(
        plain_name(kinds[name].name) + (f" (counts {weight})" if weight != 1 else "")
        for name, weight in row.weights
    )
