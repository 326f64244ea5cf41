"""The joint plan by nation: against tasks, and against periods.

The cells add up what stands on the sheet `allocation`, and totals add up the cells, so that the
figures follow when somebody edits there or here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from allocator.inputs.spreadsheet import Book, Formula, Region, SheetColumn, cell_name, write_table
from allocator.inputs.spreadsheet.cells import shortened
from allocator.inputs.spreadsheet.columns import NUMBER_FORMATS
from allocator.report.tables.table import Column
from allocator.report.workbook import charts, looks
from allocator.report.workbook.grid import FIRST, Grid, Part
from allocator.report.workbook.sheets import CUT, Laid, unlike
from allocator.words import listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

BY_TASK, BY_PERIOD = "plan", "plan_periods"
_HEAD = ("nation", "name")
_ADDED = "person-periods"
_SHARE = SheetColumn("share", "part of all people", "percent")
_FULLEST = SheetColumn("fullest", "people in the fullest period", "whole")


def by_task(book: Book, run: RunRecord, allocation: Laid) -> Laid:
    """Return people by nation and staffed task, summed over periods; totals and shares.

    book: the workbook that is written. run: what is shown. allocation: the sheet of the allocation,
    which formulas read.
    """
    tasks = [task for task in run.problem.tasks if task.id in run.result.plan.staffed]
    headers = unlike((*_HEAD, "total", _SHARE.header), [task.id for task in tasks])
    parts = [Part(h, task.title, "task", task.id) for h, task in zip(headers, tasks, strict=True)]
    grid = _grid(run, parts, allocation)
    about = "Person-periods by nation and task of the joint plan: people, summed over periods."
    laid, region = _lay_out(book, run, BY_TASK, about, grid, _SHARE, _share_of_all)
    looks.bars(region, _SHARE.header, 1)
    return laid


def by_period(book: Book, run: RunRecord, allocation: Laid) -> Laid:
    """Return people by nation in place in each period; totals and the fullest period.

    book: the workbook that is written. run: what is shown. allocation: the sheet of the allocation,
    which formulas read.
    """
    parts = [
        Part(f"period {named}", f"people in place in period {named}", "period", p)
        for p, named in ((p, run.problem.calendar.named(p)) for p in run.problem.periods)
    ]
    grid = _grid(run, parts, allocation)
    about = "People by nation in place in each period of the joint plan."
    laid, region = _lay_out(book, run, BY_PERIOD, about, grid, _FULLEST, _most)
    charts.by_period(book, region, len(parts))
    fullest = [(nation, max(grid.sent_by(nation), default=0)) for nation in grid.nations]
    charts.by_nation(book, region, fullest)
    return laid


def _grid(run: RunRecord, parts: Sequence[Part], allocation: Laid) -> Grid:
    """The nations that send something, those who send most first."""
    people: dict[tuple[str, str | int], int] = {}
    column = parts[0].column if parts else "task"
    for sent in run.result.plan.allocation:
        key = (sent.nation, sent.task if column == "task" else sent.period)
        each = run.problem.capabilities[sent.capability].personnel
        people[key] = people.get(key, 0) + each * sent.quantity
    totals: dict[str, int] = {}
    for (nation, _), number in people.items():
        totals[nation] = totals.get(nation, 0) + number
    nations = sorted(totals, key=lambda nation: (-totals[nation], nation))
    return Grid(nations, parts, people, _followed(nations, parts, allocation))


def _followed(nations: Sequence[str], parts: Sequence[Part], allocation: Laid) -> Region | None:
    """The allocation's sheet, where formulas find in it what we would.

    Spreadsheet programs compare without regard to case and take TRUE for no text.
    """
    texts = [part.value for part in parts if isinstance(part.value, str)]
    known = all(part.header == part.value for part in parts if isinstance(part.value, str))
    for ids in (nations, texts):
        folded = {name.casefold() for name in ids}
        known = known and len(folded) == len(ids) and not folded & {"true", "false"}
    return allocation.region if known and allocation.whole else None


Extra = Callable[[Grid, int], Formula]
"""The last cell of a row, a nation's or the totals'."""


def _share_of_all(grid: Grid, row: int) -> Formula:
    own, whole = cell_name(row, grid.total_column), cell_name(grid.total_row, grid.total_column)
    people = grid.all if row == grid.total_row else grid.of_nation(grid.nations[row - 1])
    if people is None:
        value: str | float = ""
    else:
        value = people / grid.all if grid.all else 0
    return Formula(f'=IF({own}="","",IF({whole}=0,0,{own}/{whole}))', value)


def _most(grid: Grid, row: int) -> Formula:
    first, last = cell_name(row, FIRST), cell_name(row, grid.total_column - 1)
    if row == grid.total_row:
        figures = [grid.of_part(part) for part in grid.parts]
    else:
        figures = grid.sent_by(grid.nations[row - 1])
    return Formula(f'=IF(COUNT({first}:{last})=0,"",MAX({first}:{last}))', max(figures, default=""))


def _lay_out(
    book: Book, run: RunRecord, name: str, about: str, grid: Grid, last: SheetColumn, extra: Extra
) -> tuple[Laid, Region]:
    columns = [
        SheetColumn("nation", "code of the nation"),
        SheetColumn("name", "its name"),
        *(SheetColumn(part.header, part.meaning, "whole") for part in grid.parts),
        SheetColumn("total", "person-periods of the row: a person in a period is one", "whole"),
        last,
    ]
    rows = [
        (nation, run.problem.names.get(nation, ""), *grid.cells(row), extra(grid, row))
        for row, nation in enumerate(grid.nations, 1)
    ]
    region = write_table(book, name, columns, rows, frozen_columns=FIRST, cut=CUT)
    _below(book, region, grid, last, extra)
    _nothing_sent(book, run, region, grid)
    units = [*(_ADDED if name == BY_TASK else "people" for _ in grid.parts), _ADDED]
    counted = zip(columns[FIRST:-1], units, strict=True)
    made = tuple(Column(c.header, c.meaning, "whole", unit) for c, unit in counted)
    said = (Column("nation", "code of the nation"), Column("name", "its name"), *made)
    extra_column = Column(last.header, last.meaning, "number", "")
    laid = Laid(name, about, len(rows), (*said, extra_column), region, len(rows))
    return replace(laid, file="allocation.csv"), region


def _below(book: Book, region: Region, grid: Grid, last: SheetColumn, extra: Extra) -> None:
    """The totals, under the table so that a filter or a sort leaves them alone."""
    look: dict[str, Any] = {"bold": True, "top": 1, "num_format": "#,##0", "indent": 1}
    row, usual = grid.total_row, book.format(**look)
    of_extra = book.format(**{**look, "num_format": NUMBER_FORMATS[last.kind]})
    region.sheet.write_string(row, 0, "total", book.format(bold=True, top=1))
    region.sheet.write_blank(row, 1, None, usual)
    _formulas(region, row, FIRST, grid.totals(), usual)
    _formulas(region, row, grid.total_column + 1, [extra(grid, row)], of_extra)
    if (beside := grid.not_above()) is not None:
        note = book.format(font_color="#595959", num_format="#,##0")
        region.sheet.write_string(row + 1, 0, "on the sheet allocation, but not above", note)
        _formulas(region, row + 1, grid.total_column, [beside], note)


def _nothing_sent(book: Book, run: RunRecord, region: Region, grid: Grid) -> None:
    if others := sorted(set(run.problem.nations) - set(grid.nations)):
        text = shortened(f"Nothing from {listing(others)}.", " …")
        region.sheet.write_string(grid.total_row + 2, 0, text, book.format(font_color="#595959"))


def _formulas(region: Region, row: int, first: int, cells: Iterable[Formula], look: Any) -> None:
    for column, cell in enumerate(cells, first):
        region.sheet.write_formula(row, column, cell.text, look, cell.value)
