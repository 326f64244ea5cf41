"""The cover: what was asked and what was found in sentences, and where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from allocator.inputs.spreadsheet import (
    LINE_HEIGHT,
    Book,
    Cell,
    Link,
    SheetColumn,
    cell_name,
    lines_of,
    write_table,
)
from allocator.inputs.spreadsheet.cells import MARKED_STARTS, shortened
from allocator.report.sentences import names, overview
from allocator.report.sentences import situation as say
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.sentences.sending import by_commitment, over_time
from allocator.report.terminal.trade_offs import unanswered
from allocator.report.workbook.sheets import CUT, Laid
from allocator.words import count, listing, some

if TYPE_CHECKING:
    from allocator.results.result import Level
    from allocator.results.run import RunRecord

COVER = "cover"
_WIDE = 96
_CONTENTS = (
    SheetColumn("sheet", "click to go there, where it is not hidden", width=22),
    SheetColumn("what it holds", kind="long_text", width=_WIDE),
    SheetColumn("rows", "rows of the table", "whole", width=10),
    SheetColumn("hidden", "yes: for programs; a right click on a tab shows it", width=10),
    SheetColumn("whole in", "the file of the run's folder that has every row", width=30),
)
_ALARM = "#8E1B12"
_LONGEST_MARK = 80
"""Of a handling mark in a header, where 255 characters are the most."""
_RELEASES_SHOWN = 6
_MOST_LINES = 30
_ONE_PAGE = 60
"""Rows that can still be read where they are made to fit one page."""


def write_cover(book: Book, run: RunRecord, laid: Sequence[Laid], mark: str = "") -> None:
    """Fills the first sheet.

    book: the workbook that is written. run: what is shown. laid: the tables on their sheets. mark:
    how it is to be handled; blank for none.
    """
    run = in_reading_order(run)
    sheet = book.sheet(COVER)
    sheet.hide_gridlines(2)
    _write(book, 0, 0, run.problem.title or run.problem.model, bold=True, font_size=16)
    _write(book, 1, 0, mark, bold=True, font_color=_ALARM)
    row = _block(book, 2, "What was asked", _asked(run))
    row = _block(book, row + 1, "What was found", _found(run))
    if acts := list(next_acts(run)):
        row = _block(book, row + 1, "What to do next", acts)
    if notices := list(_notices(laid)):
        row = _block(book, row + 1, "What does not fit a sheet", notices, _ALARM)
    _write(book, row + 1, 0, "Contents", bold=True, font_size=12)
    found = sorted((table for table in laid if table.rows), key=lambda table: table.hidden)
    rows = [_entry(table) for table in found]
    at = cell_name(row + 2, 0)
    last = write_table(book, COVER, _CONTENTS, rows, table_name="contents", at=at).last
    if empty := [table.name for table in laid if not table.rows]:
        _line(book, last + 2, "Without rows", listing(empty))
    told = "A right click on the tab of a sheet shows those for programs, which are hidden."
    _line(book, last + 3, "Hidden", told)
    sheet.fit_to_pages(1, 1 if last < _ONE_PAGE else 0)


def mark_pages(book: Book, mark: str) -> None:
    """The handling mark, top and bottom of every page that is printed."""
    text = " ".join(mark.split())[:_LONGEST_MARK].replace("&", "&&")
    for sheet in book.workbook.worksheets():
        sheet.set_header(f"&C{text}")
        sheet.set_footer(f"&L&A&C{text}&RPage &P of &N")


def _asked(run: RunRecord) -> Iterator[tuple[str, str]]:
    yield "Operation", overview.operation(run.problem)
    yield "World", overview.world(run.world, run.problem)
    yield from overview.offers(run.problem)
    tasks = listing(names.tasks(run.problem, (record.task for record in run.result.tasks)))
    yield "Question", _QUESTIONS[run.command].format(tasks=tasks)
    yield "When", f"{run.began:%Y-%m-%d %H:%M} UTC, {sum(run.seconds.values()):.1f} seconds"


_QUESTIONS = {
    "solve": "the joint plan, and for every task its verdict, packages and blockers",
    "packages": "the packages of {tasks}",
    "blockers": "what unlocks and blocks {tasks}",
}


def _found(run: RunRecord) -> Iterator[tuple[str, str]]:
    yield from overview.stopped(run)
    if run.command == "solve":
        yield "Joint plan", overview.joint_plan(run)
        yield from overview.beyond_offers(run)
    levels = run.result.plan.levels if run.result.plan.status != "unknown" else ()
    for number, level in enumerate(levels):
        yield "" if number else "Optimised for, in turn", _reached(level)
    for number, sentence in enumerate(overview.verdicts(run.problem, run.result.tasks)):
        yield "" if number else "Each task alone", sentence
    if asked := overview.most_asked_for(run.problem, run.world, run.result.tasks):
        yield "Preconditions", asked
    if run.result.plan.contested:
        left = names.tasks(run.problem, (one.task for one in run.result.plan.contested))
        said = f"Ready alone, but not in the joint plan for want of forces: {listing(left)}."
        yield "Contested", said
    if released := _released(run):
        yield "Released", released
    for missing in unanswered(run):
        yield "Not found", missing
    for fault in overview.at_fault(run.faults):
        yield "At fault", fault


def _reached(level: Level) -> str:
    """The objective, what it reaches as people read it, and how far that is proved."""
    value, bound = say.figures(level.objective, level.value, level.bound)
    proved = overview.LEVEL_STATUS[level.status]
    beyond = "" if level.status == "optimal" else f"; nothing beyond {bound} is possible"
    return f"{say.shown_objective(level.objective)}: {value}, {proved}{beyond}"


def _released(run: RunRecord) -> str:
    """The commitments that the joint plan releases units of, and when."""
    problem = run.problem
    freed = by_commitment(run.result.plan.released)
    found = [(problem.commitment(name), units) for name, units in freed.items()]
    texts = [
        f"{c.nation} {over_time(problem, c.capability, units, problem.periods)} ({c.id})"
        for c, units in found
    ]
    head = count(len(found), "commitment")
    return f"Of {head}: {some(texts, _RELEASES_SHOWN, '; ')}." if found else ""


def _notices(laid: Iterable[Laid]) -> Iterator[tuple[str, str]]:
    """What the sheets leave out, and which files have it."""
    for table in laid:
        if table.rows and table.region is None:
            yield table.name, f"has too many columns for a sheet; {table.file} has it."
        elif table.shown < table.rows:
            shown = f"the sheet has the first {table.shown:,} of {table.rows:,} rows"
            if table.excerpt:
                shown = f"the sheet has {table.shown:,} of {table.rows:,} rows, {table.excerpt}"
            yield table.name, f"{shown}; {table.file} has all."
        if table.cut:
            texts = f"{count(table.cut, 'text')} longer than a cell may be, cut off there"
            yield table.name, f"{texts}; {table.file} has them whole."


def _entry(laid: Laid) -> tuple[Cell, ...]:
    seen = laid.region is not None and not laid.hidden
    name: Cell = Link(laid.name, laid.name) if seen else laid.name
    return (name, laid.about, laid.rows, "yes" if laid.hidden else "", laid.file)


def _block(
    book: Book, row: int, title: str, pairs: Iterable[tuple[str, str]], colour: str = "#000000"
) -> int:
    """A heading with labels and sentences under it; returns the next free row."""
    _write(book, row, 0, title, bold=True, font_size=12, font_color=colour)
    for label, text in pairs:
        row += 1
        _line(book, row, label, text, colour)
    return row + 1


def _line(book: Book, row: int, label: str, text: str, colour: str = "#000000") -> None:
    _write(book, row, 0, label, font_color="#595959")
    _write(book, row, 1, text, text_wrap=True, font_color=colour)
    book.sheet(COVER).set_row(row, LINE_HEIGHT * min(lines_of([text], _WIDE)[0], _MOST_LINES))


def _write(book: Book, row: int, column: int, text: str, **look: object) -> None:
    marked = {"quote_prefix": True} if text.startswith(MARKED_STARTS) else {}
    book.sheet(COVER).write_string(row, column, shortened(text, CUT), book.format(**look, **marked))
