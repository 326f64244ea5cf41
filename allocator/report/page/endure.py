"""The page of what a plan endures, and all else that its folder keeps."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.render import render
from allocator.report.pictures.endurance import endurance_picture
from allocator.report.sentences import endure as say
from allocator.report.sentences import overview
from allocator.report.tables.endure import data, tables
from allocator.report.tables.table import Table
from allocator.results.endurance import Endurance

PICTURE = "endurance.svg"
MOST_ROWS = 1000
"""Rows of a table on the page; the CSV file has all."""


def endure_page(found: Endurance, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom."""
    return render(
        "endure.html",
        mark=mark,
        data=None,
        title=found.problem.title,
        operation=overview.operation(found.problem),
        world=overview.world(found.world, found.problem),
        sentences=(*say.overview(found), *overview.cut_off(found)),
        picture=Markup(endurance_picture(found)),
        events=[say.told_of(found, group) for group in say.alike(found)],
        all_hold=found.counts().keys() == {"holds"},
        lasting=list(say.lasting(found)),
        tables=[_shown(table) for table in tables(found)],
        left_out="Tasks that hold, and rows beyond a thousand, are in the CSV files alone.",
    )


def _shown(table: Table) -> Table:
    """Without what holds, which is most of it."""
    at = table.header.index("state") if "state" in table.header else None
    rows = (row for row in table.rows if at is None or row[at] != "holds")
    return replace(table, rows=tuple(rows)[:MOST_ROWS])


def endure_answer(found: Endurance, mark: str = "") -> Answer:
    """What the folder keeps."""
    said = came_about(found)
    drawn = endurance_picture(found)
    pictures = {PICTURE: drawn} if drawn else {}
    page = endure_page(found, mark)
    return Answer("endure", data(found), tables(found), said, page, pictures)
