"""The page of a plan held against every rule, and all else that its folder keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.given import head
from allocator.report.page.render import render
from allocator.report.page.text import short
from allocator.report.pictures.shortage import shortage_picture
from allocator.report.sentences import review as say
from allocator.report.tables.review import all_tables, data, made_table
from allocator.report.tables.table import Table
from allocator.results.review import Review, Shortage
from allocator.words import some

MOST_ROWS = 500
"""Of a table on the page, and of places where rules break; the CSV files have all."""

ROWS = 6
"""Rows of the plan that are named beside what breaks."""


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule in words, and where it breaks; more: so many places beside those shown."""

    heading: str
    places: tuple[say.Broken, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ShortTask:
    """A task by title and id, and its lines below target."""

    title: str
    task: str
    lines: tuple[Shortage, ...]


def review_page(found: Review, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom. Raises ValueError for a review without its
    problem."""
    return render(
        "review.html",
        **head(found, say.summary(found), mark),
        valid=found.valid,
        broken=tuple(_rules(found)),
        assumed="" if found.valid else say.assumed(found),
        lifted=say.lifted(found),
        some=some,
        most_rows=ROWS,
        named=found.calendar.named,
        picture=Markup(shortage_picture(found)),
        short_tasks=tuple(_tasks(found)),
        released=say.released(found),
        planned_releases=say.planned_releases(found),
        rows=_breaking_rows(found),
    )


def _rules(found: Review) -> Iterator[BrokenRule]:
    left = MOST_ROWS
    for heading, broken in say.by_rule(found):
        shown = tuple(broken[:left])
        left -= len(shown)
        yield BrokenRule(heading, shown, len(broken) - len(shown))


def _tasks(found: Review) -> Iterator[ShortTask]:
    """Tasks with a line below its target, in the model's order."""
    assert found.problem is not None
    lines: dict[str, list[Shortage]] = {}
    for one in found.shortages:
        lines.setdefault(one.task, []).append(one)
    for task in found.problem.tasks:
        if task.id in lines:
            yield ShortTask(short(task.title), task.id, tuple(lines[task.id][:MOST_ROWS]))


def _breaking_rows(found: Review) -> Table:
    """The plan's rows that stand where a rule breaks."""
    table = made_table(found, "rows")
    at = table.header.index("breaks")
    return replace(table, rows=tuple(row for row in table.rows if row[at])[:MOST_ROWS])


def review_answer(found: Review, mark: str = "") -> Answer:
    """What the folder keeps."""
    said = came_about(found)
    return Answer("review", data(found), all_tables(found), said, review_page(found, mark))
