"""The plan period by period: units by nation, and what they fill of every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from allocator.inputs.spreadsheet import Book
from allocator.report.tables.table import Column, Table, Value
from allocator.report.tables.timeline import filled
from allocator.report.workbook.sheets import Laid, lay_out

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

UNITS, LINES = "plan_units", "plan_lines"
_BELOW = {"needed": ("#F9D9D6", "#8E1B12"), "target": ("#FFF0CC", "#7A4B00")}
"""Looks of cells that are below."""


def units(book: Book, run: RunRecord) -> Laid:
    """Return the units of the plan, one row a nation, task, line and capability, periods across.

    book: the workbook that is written. run: what is shown.
    """
    return lay_out(book, units_table(run), "allocation.csv", frozen=4)


def units_table(run: RunRecord) -> Table:
    """Return the same as a table. run: what is shown."""
    sent: dict[tuple[str, str, str, str], dict[int, int]] = {}
    for cell in run.result.plan.allocation:
        key = (cell.nation, cell.task, cell.line, cell.capability)
        sent.setdefault(key, {})[cell.period] = cell.quantity
    columns = (
        Column("nation", "code of the nation"),
        Column("task", "id of the task"),
        Column("line", "requirement line that is filled"),
        Column("capability", "id of the capability"),
        Column("unit", "what one unit is"),
        *_periods(run, "units sent", "units"),
        Column("most", "units in the fullest period", "whole", "units"),
    )
    rows = tuple(
        (*key, run.problem.capabilities[key[3]].unit, *_across(run, found), max(found.values()))
        for key, found in sorted(sent.items(), key=lambda pair: _reading_order(run, pair[0]))
    )
    return Table(UNITS, columns, rows, "Units of the joint plan by nation, periods across.")


def lines(book: Book, run: RunRecord) -> Laid:
    """Return what every line of the staffed tasks has, periods across, coloured where it is below.

    book: the workbook that is written. run: what is shown.
    """
    laid = lay_out(book, lines_table(run), "filled.csv", frozen=2)
    if laid.region is not None:
        first = laid.region.range(laid.columns[4].name)
        last = laid.region.range(laid.columns[-1].name)
        cells = f"{first.partition(':')[0]}:{last.partition(':')[2]}".replace("$", "")
        for name, column in (("needed", "C"), ("target", "D")):
            ground, ink = _BELOW[name]
            top = cells.partition(":")[0]
            rule = f"=AND(ISNUMBER({top}),{top}<${column}2)"
            look = book.format(bg_color=ground, font_color=ink)
            formula = {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True}
            laid.region.sheet.conditional_format(cells, formula)
    return laid


def lines_table(run: RunRecord) -> Table:
    """Return the same as a table. run: what is shown."""
    by_line: dict[tuple[str, str], list[tuple[int, int, int, int]]] = {}
    for task, line, period, needed, target, has in filled(run).rows:
        found = by_line.setdefault((str(task), str(line)), [])
        found.append((int(period or 0), int(needed or 0), int(target or 0), int(has or 0)))
    columns = (
        Column("task", "id of the task"),
        Column("line", "requirement line"),
        Column("needed", "the most that it needs in a period", "whole", "weighted units"),
        Column("target", "the most that it should have in a period", "whole", "weighted units"),
        *_periods(run, "what the plan sends", "weighted units"),
    )
    rank = {task.id: (task.priority, task.id) for task in run.problem.tasks}
    rows = tuple(
        (
            *key,
            max(needed for _, needed, _, _ in found),
            max(target for _, _, target, _ in found),
            *_across(run, {period: has for period, _, _, has in found}),
        )
        for key, found in sorted(by_line.items(), key=lambda pair: rank[pair[0][0]])
    )
    return Table(LINES, columns, rows, "Lines of the staffed tasks against what they need.")


def _periods(run: RunRecord, meaning: str, unit: str) -> Iterator[Column]:
    named = run.problem.calendar.named
    for period in run.problem.periods:
        text = named(period)
        yield Column(f"period {text}", f"{meaning} in period {text}", "whole", unit)


def _across(run: RunRecord, by_period: dict[int, int]) -> Sequence[Value]:
    return [by_period.get(period) for period in run.problem.periods]


def _reading_order(run: RunRecord, key: tuple[str, str, str, str]) -> tuple[object, ...]:
    """By nation, then by priority."""
    return (key[0], run.problem.task(key[1]).priority, *key[1:])
