"""The page of what `ranges` found: the tasks over their ranges, and what to settle first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.render import render
from allocator.report.pictures.tornado import tornado
from allocator.report.sentences import names, overview
from allocator.report.sentences import ranges as say
from allocator.report.sentences.reading_order import tasks_first
from allocator.report.tables.ranges import data, tables
from allocator.results.ranges import RangesFound, TaskRanges
from allocator.results.result import OverRanges, Verdict


@dataclass(frozen=True, slots=True)
class Card:
    task: str
    stated: Verdict
    over_ranges: OverRanges
    facts: tuple[tuple[str, str], ...]
    picture: Markup


def ranges_answer(found: RangesFound, mark: str = "") -> Answer:
    """What the folder of the ranges keeps."""
    said = came_about(found)
    return Answer("ranges", data(found), tables(found), said, ranges_page(found, mark))


def ranges_page(found: RangesFound, mark: str = "") -> str:
    """The whole page. mark: how it is to be handled, top and bottom."""
    found = tasks_first(found)
    return render(
        "ranges.html",
        data={},
        mark=mark,
        operation=overview.operation(found.problem) if found.problem else found.model,
        world=overview.world(found.asked, found.problem)
        if found.problem and found.asked
        else found.world,
        units=say.how_many(found),
        drawn=say.drawn(found),
        cards=[_card(found, record) for record in found.tasks],
        tables={table.name: table for table in tables(found) if table.rows},
    )


def _card(found: RangesFound, record: TaskRanges) -> Card:
    return Card(
        names.plain_task(found.problem, record.task) if found.problem else record.task,
        record.stated,
        record.over_ranges,
        tuple(say.facts(record, found.calendar)),
        Markup(tornado(record.first)),
    )
