"""Rows of a given plan as bounds and rows of a program."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.inputs.given import GivenCell, GivenPlan, Pair
from allocator.inputs.given.plan import Key
from allocator.model.variables import Variables


def hold(v: Variables, given: GivenPlan) -> bool:
    """Narrow what is sent to what the rows' kinds ask for: exactly, at_least, at_most. Return
    whether that leaves every cell a value; where it does not, nothing is changed."""
    variables = cells_of(v)
    narrowed: dict[int, tuple[int, int]] = {}
    for key, cell in given.cells.items():
        if cell.kind == "planned":
            continue
        if key not in variables:
            if cell.demands and cell.quantity:
                return False
            continue
        low, high = _bounds(v, variables[key], cell)
        if low > high:
            return False
        narrowed[variables[key]] = low, high
    for variable, (low, high) in narrowed.items():
        v.program.set_bounds(variable, low, high)
    return True


def hold_unless_freed(v: Variables, given: GivenPlan) -> dict[Pair, int]:
    """Add the rows that hold what `exactly` and `at_least` ask for unless the switch of the
    nation and task is on; `at_most` holds whatever is freed. Return the switches."""
    variables = cells_of(v)
    switches = {pair: v.program.boolean() for pair in given.demanding}
    for key, cell in given.cells.items():
        if key not in variables:
            if cell.demands and cell.quantity:
                v.program.at_least([(1, switches[key[0], key[1]])], 1)
            continue
        variable = variables[key]
        if cell.kind == "at_most":
            low, high = _bounds(v, variable, cell)
            v.program.set_bounds(variable, low, high)
        elif cell.demands:
            _demand(v, variable, cell, switches[key[0], key[1]])
    return switches


def cells_of(v: Variables) -> Mapping[Key, int]:
    """The variable of each cell that has one."""
    return {sent.key: sent.variable for sent in v.sent}


def _bounds(v: Variables, variable: int, cell: GivenCell) -> tuple[int, int]:
    low, high = v.program.low[variable], v.program.high[variable]
    if cell.demands:
        low = max(low, cell.quantity)
    if cell.kind != "at_least":
        high = min(high, cell.quantity)
    return low, high


def _demand(v: Variables, variable: int, cell: GivenCell, freed: int) -> None:
    asked, most = cell.quantity, v.program.high[variable]
    v.program.at_least([(1, variable), (asked, freed)], asked)
    if cell.kind == "exactly" and most > asked:
        v.program.at_most([(1, variable), (asked - most, freed)], asked)
