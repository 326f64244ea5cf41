"""The whole workbook of a run, sheet by sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.inputs.spreadsheet import Book, Formula, cell_name, new_book
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.decisions import decision_wide
from allocator.report.tables.families import whole_sets
from allocator.report.tables.inputs import PREFIX, input_tables
from allocator.report.tables.table import Table, Value, cells_of
from allocator.report.workbook import looks, over_time, people, plan
from allocator.report.workbook.about import dictionary, provenance
from allocator.report.workbook.charts import CHARTS
from allocator.report.workbook.cover import COVER, mark_pages, write_cover
from allocator.report.workbook.excerpts import excerpt
from allocator.report.workbook.sheets import MOST_ROWS, Formulas, Laid, fits, lay_out, unlike
from allocator.results.run import MARK

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

_DECISION = "decision"
_PLANS = (plan.BY_TASK, plan.BY_PERIOD, over_time.UNITS, over_time.LINES, CHARTS)
_FIRST_TAB = "#1F4E79"
_WIDE = {"findings": (22, 10, 9, 12, 105)}
"""By table: widths of columns, where the usual ones would fold sentences over many lines."""

_READABLE = 165
"""Characters across a page of the decision table, which is the first to be printed."""
_MANY = 20_000
"""Rows of a workbook that is better not put together in memory."""
_INPUT_TAB = "#7F7F7F"


def write_workbook(
    run: RunRecord,
    tables: Sequence[Table],
    path: Path,
    mark: str = "",
    check: Callable[[int], None] = lambda cells: None,
) -> None:
    """Write the run, with all its tables, as a workbook; the same run gives the same bytes.

    mark: how it is to be handled, top and bottom of each page; the run's own where blank. check:
    called table by table; it may raise to give the workbook up.

    Raises OSError where the file cannot be written.

    path: where it is written.
    """
    inputs = input_tables(run)
    kept = [(*excerpt(table), len(table.rows)) for table in _readable(run, tables)]
    check(sum(cells_of(table) for table, _, _ in kept))
    shown = (*(table for table, _, _ in kept), *inputs)
    large = sum(min(len(table.rows), MOST_ROWS) for table in shown) > _MANY
    with new_book(path, f"{run.problem.title}: {run.command}", run.began, large=large) as book:
        wide = _with_unlike_headers(decision_wide(in_reading_order(run)))
        _sheets_in_order(book, run, [wide, *(table for table, _, _ in kept), *inputs])
        laid = {
            table.name: replace(_lay_out(book, table, check), excerpt=which, rows=rows)
            for table, which, rows in kept
        }
        read = [lay_out(book, table) for table in people.sheets(run)]
        first = [_decision(book, wide), *_plan(book, run, laid["allocation"]), *read]
        last = [lay_out(book, table, _input_file(run, table)) for table in inputs]
        laid_out = [*first, *laid.values(), *last]
        about = [lay_out(book, dictionary(laid_out)), lay_out(book, provenance(run), "run.json")]
        mark = mark or str(run.options.get(MARK) or "")
        every = [*laid_out, *about]
        write_cover(book, run, every, mark)
        for table in every:
            if table.hidden and table.region is not None:
                table.region.sheet.hide()
        if mark:
            mark_pages(book, mark)


def _readable(run: RunRecord, tables: Iterable[Table]) -> list[Table]:
    """The tables as people read them: sets a row each. The decision table is laid out in its
    wide form instead."""
    return [
        whole_sets(run, table.name) if table.name in ("unlocking", "blocking") else table
        for table in tables
        if table.name != _DECISION
    ]


def _sheets_in_order(book: Book, run: RunRecord, tables: Iterable[Table]) -> None:
    """Makes the sheets, so that they stand in reading order whatever is filled first."""
    plans = _PLANS if run.result.plan.allocation else ()
    names = [table.name for table in tables if fits(table)]
    decision = [name for name in names if name == _DECISION]
    others = [name for name in names if name != _DECISION]
    read = [table.name for table in people.sheets(run)]
    for name in (COVER, *decision, *plans, *read, *others, "dictionary", "provenance"):
        sheet = book.sheet(name)
        if name in (COVER, _DECISION, *_PLANS, *read):
            sheet.set_tab_color(_FIRST_TAB)
        elif name.startswith(PREFIX):
            sheet.set_tab_color(_INPUT_TAB)


def _lay_out(book: Book, table: Table, check: Callable[[int], None]) -> Laid:
    """People of the allocation follow the units, so that whoever changes these sees it."""
    check(cells_of(table))
    formulas: Formulas = {}
    if table.name == "allocation":
        units, each = (table.header.index(name) for name in ("quantity", "personnel_per_unit"))

        def people(line: int, value: Value) -> Formula:
            assert isinstance(value, int)
            return Formula(f"={cell_name(line - 1, units)}*{cell_name(line - 1, each)}", value)

        formulas = {"personnel": people}
    widths = _WIDE.get(table.name, ())
    return lay_out(book, table, f"{table.name}.csv", widths=widths, formulas=formulas)


def _plan(book: Book, run: RunRecord, allocation: Laid) -> list[Laid]:
    if not run.result.plan.allocation:
        return []
    people = (plan.by_task(book, run, allocation), plan.by_period(book, run, allocation))
    tables = [*people, over_time.units(book, run), over_time.lines(book, run)]
    about = "People by nation, and people in place in each period."
    return [*tables, Laid(CHARTS, about, 2, region=tables[0].region, shown=2)]


def _decision(book: Book, wide: Table) -> Laid:
    widths = [38, 14, *(min(max(len(c.name) + 4, 17), 24) for c in wide.columns[2:])]
    laid = lay_out(book, wide, f"{_DECISION}.csv", frozen=2, widths=widths)
    if laid.region is not None:
        for column in wide.header[2:]:
            looks.verdicts(book, laid.region, laid.region.range(column))
        laid.region.sheet.fit_to_pages(math.ceil(sum(widths) / _READABLE), 0)
        laid.region.sheet.repeat_columns(0, 1)
    return laid


def _with_unlike_headers(wide: Table) -> Table:
    """A task may be called `unit`, or like another in another case."""
    own, tasks = wide.columns[:2], wide.columns[2:]
    headers = unlike([c.name for c in own], [c.name for c in tasks])
    columns = (*own, *(replace(c, name=h) for c, h in zip(tasks, headers, strict=True)))
    return replace(wide, columns=columns)


def _input_file(run: RunRecord, table: Table) -> str:
    name = table.name.removeprefix(PREFIX)
    in_model = name in ("tasks", "lines")
    return f"models/{run.problem.model}.yaml" if in_model else f"inputs/{name}.csv"
