"""A given plan as it stands once it is repaired: its own rows with other quantities, then new
ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.plan import Key
from allocator.results.repair import Edit


def corrected(given: GivenPlan, edits: Iterable[Edit]) -> tuple[GivenRow, ...]:
    """The rows in their order; one whose periods no longer have one quantity becomes several.

    Where several rows add up, the first has all that is sent. Rows keep their kind.
    """
    sent = {key: cell.quantity for key, cell in given.cells.items()}
    changed = {edit.key: edit for edit in edits}
    sent |= {key: edit.after for key, edit in changed.items()}
    left = dict(sent)
    rows = [part for row in given.rows for part in _parts(row, left, changed.keys())]
    new = {key: edit.after for key, edit in changed.items() if key not in given.cells}
    return (*rows, *_new(new))


def _parts(row: GivenRow, left: dict[Key, int], changed: Iterable[Key]) -> Iterator[GivenRow]:
    """The row by quantity; what it takes is taken out of what is left of each cell."""
    touched = set(changed)
    if touched.isdisjoint(row.keys):
        for key in row.keys:
            left[key] = max(0, left[key] - row.quantity)
        yield row
        return
    by_quantity: dict[int, list[int]] = {}
    for key in row.keys:
        units = left.pop(key, 0) if key in touched else min(row.quantity, left.get(key, 0))
        left[key] = 0 if key in touched else left[key] - units
        by_quantity.setdefault(units, []).append(key[4])
    for units, periods in by_quantity.items():
        yield replace(row, quantity=units, periods=tuple(periods))


def _new(units: dict[Key, int]) -> Iterator[GivenRow]:
    by_row: dict[tuple[str, str, str, str, int], list[int]] = {}
    for (nation, task, line, capability, period), n in sorted(units.items()):
        by_row.setdefault((nation, task, line, capability, n), []).append(period)
    for (nation, task, line, capability, n), periods in by_row.items():
        yield GivenRow(nation, task, line, capability, tuple(periods), n)
