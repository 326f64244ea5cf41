"""The page of offers, for the wall of a force generation conference, and all else of its folder."""

from __future__ import annotations

from functools import partial

from allocator.inputs.firmness import COUNTS, STATUSES
from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.render import render
from allocator.report.sentences import names, overview
from allocator.report.sentences import offers as say
from allocator.report.sentences.reading_order import tasks_first
from allocator.report.tables.offers import data, table, tables
from allocator.results.offers import OffersFound

HEADINGS = {
    "ladder": "How firm offers have to be",
    "askings": "Asked beyond offers",
    "unused": "Offered and not used",
    "overstated": "Offered beyond what a nation's own forces keep up",
    "dates": "Out of date, or soon",
    "wall": "Every line in every period",
}


def offers_page(found: OffersFound, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom."""
    found = tasks_first(found)
    return render(
        "offers.html",
        mark=mark,
        data=None,
        title=found.problem.title,
        operation=overview.operation(found.problem),
        world=overview.world(found.world, found.problem),
        dates=tuple(say.of_dates(found)),
        sentences=(*say.overview(found), *overview.cut_off(found)),
        levels=COUNTS,
        statuses=STATUSES,
        named=found.problem.calendar.named,
        titled=partial(names.plain_task, found.problem),
        ladders=found.tasks,
        wall=[(line, say.fillers(line, 8)) for line in say.worst(found).values()],
        tables=[(heading, table(found, name)) for name, heading in HEADINGS.items()],
    )


def offers_answer(found: OffersFound, mark: str = "") -> Answer:
    """What the folder of the answer keeps."""
    return Answer(
        "offers",
        data(found),
        tables(found),
        came_about(found),
        offers_page(found, mark),
    )
