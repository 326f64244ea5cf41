"""Rows that can each hold and not all together: added up, each so many times, they are one that
cannot (Farkas 1902)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from allocator.checker.constraints import Bounds, Row, Variable
from allocator.checker.rows import Rows
from allocator.checker.steps import sum_of_rows_faults
from allocator.deadline import Deadline
from allocator.engines.relaxation import optimum
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program
from allocator.model.program import Row as ProgramRow
from allocator.results.certificate import Addend

SCALES = (1, 2, 3, 4, 6, 12, 60, 1000, 10**6)
"""What prices are multiplied with before they are rounded, the ones that people can follow first:
shares of lines are small fractions."""


class Together(NamedTuple):
    """added: rows that add up to one that cannot hold; none where none are found. values: where
    all rows come nearest to holding, in fractions, of the variables that are open."""

    added: tuple[Addend, ...] = ()
    values: Mapping[Variable, float] = {}


def rows_together(rows: Rows, bounds: Bounds, deadline: Deadline) -> Together:
    """Return rows that add up to one that cannot hold within the bounds, where some are found.

    The relaxation with a slack in every row is asked for the least slack; the prices of its rows
    are how often each is taken. The engine computes in fractions: what it says is rounded, and
    believed once the sum itself shows it.
    """
    kept = [
        row for row in rows.rows.values() if _binds(row, bounds) and not rows.lifted(row, bounds)
    ]
    open_ = [variable for variable, (low, high) in bounds.items() if low < high]
    program, slack = _with_slack(kept, open_, bounds)
    found = optimum(program, slack, deadline)
    if found is None:
        return Together()
    values, prices = found
    if len(prices) != len(kept) or not all(map(isfinite, (*values, *prices))):
        return Together()
    for scale in SCALES:
        added = tuple(_addends(kept, prices, scale))
        if added and not any(sum_of_rows_faults(rows, added, bounds)):
            return Together(added)
    return Together(values=dict(zip(open_, values, strict=False)))


def _binds(row: Row, bounds: Bounds) -> bool:
    """Whether the row asks for anything that the bounds do not give by themselves."""
    return _fewest(row, bounds) < row.least


def _with_slack(
    rows: Sequence[Row], open_: Sequence[Variable], bounds: Bounds
) -> tuple[Program, Objective]:
    """The rows as a program over what is open, each with something of its own that may fill it
    up, and as objective that as little as can be does."""
    number = {variable: place for place, variable in enumerate(open_)}
    sides = [bounds[variable] for variable in open_]
    stated = []
    for row in rows:
        fixed = sum(c * bounds[v][0] for v, c in row.terms if v not in number)
        terms = ((c, number[v]) for v, c in row.terms if v in number)
        stated.append(ProgramRow((*terms, (1, len(sides))), row.least - fixed, FREE))
        sides.append((0, row.least - _fewest(row, bounds)))
    slack = tuple((1, variable) for variable in range(len(open_), len(sides)))
    return Program.of(sides, stated), Objective("slack", maximise=False, terms=slack)


def _fewest(row: Row, bounds: Bounds) -> int:
    return sum(coefficient * bounds[v][coefficient < 0] for v, coefficient in row.terms)


def _addends(rows: Sequence[Row], prices: Sequence[float], scale: int) -> list[Addend]:
    times = [round(scale * price) for price in prices]
    return [
        Addend.model_validate({**row.place._asdict(), "times": number})
        for row, number in zip(rows, times, strict=True)
        if number > 0
    ]
