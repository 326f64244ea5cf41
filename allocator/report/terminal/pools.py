"""The pools of forces on the terminal, the scarcest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.tables.pools import PoolRow, pool_rows
from allocator.report.terminal.console import note, ruled, titled
from allocator.words import count

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

SHOWN = 8
"""Pools that the terminal shows; `pools.csv` has all."""

_HEADER = ("Pool", "Kept up", "Committed", "Never", "Waits", "Open", "Sent", "Asked")


def scarcest(run: RunRecord) -> Iterator[RenderableType]:
    """Yield where the units of the scarcest pools are; nothing where no task asks for any.

    run: what is shown.
    """
    found = pool_rows(run)
    if not found:
        return
    table = ruled(_HEADER, map(_row, found[:SHOWN]), right=",".join(_HEADER[1:]))
    more = len(found) - SHOWN
    rest = [note(f"and {count(more, 'pool')} more, in pools.csv")] if more > 0 else []
    yield titled(TITLE, table, *rest)


TITLE = "Scarcest forces: units in place at any one time, substitutes weighted; '+': or more"


def _row(row: PoolRow) -> tuple[str, ...]:
    name = " or ".join(
        kind + (f" x{weight}" if weight != 1 else "") for kind, weight in row.weights
    )
    figures = (row.kept_up, row.committed, row.never, row.waits, row.open)
    sent = "-" if row.sent is None else f"{row.sent:,}"
    asked = f"{row.asked:,}{'' if row.exact else '+'}"
    return (name, *(f"{figure:,}" for figure in figures), sent, asked)
