"""The page of levers, and all else that their folder keeps."""

from __future__ import annotations

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.render import render
from allocator.report.sentences import levers as say
from allocator.report.sentences import overview
from allocator.report.tables.levers import data, lever_parts, levers, tables
from allocator.results.levers import Levers


def levers_page(found: Levers, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom."""
    return render(
        "levers.html",
        mark=mark,
        data=None,
        title=found.problem.title,
        operation=overview.operation(found.problem),
        world=overview.world(found.world, found.problem),
        sentences=tuple(say.overview(found)),
        adds=tuple(say.adds(found, found.levers[0])) if found.levers else (),
        tables=[levers(found), lever_parts(found)],
    )


def levers_answer(found: Levers, mark: str = "") -> Answer:
    """What the folder of the levers keeps."""
    said = came_about(found)
    return Answer("levers", data(found), tables(found), said, levers_page(found, mark))
