"""The page of an order, and all else that its folder keeps."""

from __future__ import annotations

from markupsafe import Markup

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.render import render
from allocator.report.pictures.road_map import road_map_picture
from allocator.report.pictures.waiting import waiting_picture
from allocator.report.sentences import order as say
from allocator.report.sentences import overview
from allocator.report.sentences.reading_order import tasks_first
from allocator.report.tables.order import MAKERS, data, tables
from allocator.results.order import Order

HEADINGS = {
    "order_tasks": "Tasks",
    "acts": "Acts",
    "ways_in_turn": "Ways in turn",
    "pushes": "Pushes",
    "road_map": "Road map",
}


def order_page(found: Order, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom."""
    found = tasks_first(found)
    return render(
        "order.html",
        mark=mark,
        data=None,
        title=found.problem.title,
        operation=overview.operation(found.problem),
        world=overview.world(found.world, found.problem),
        sentences=(*say.overview(found), *overview.cut_off(found)),
        circles=[list(say.circle(found, members)) for members in found.circles.sets],
        circles_complete=found.circles.complete,
        pushes=[say.push(push, found) for push in found.pushes],
        by=say.BY[found.road_map.by],
        road_map=tuple(say.road_map(found.problem, found.road_map)),
        pictures=[Markup(drawn) for drawn in _pictures(found).values()],
        tables=[(heading, MAKERS[name](found)) for name, heading in HEADINGS.items()],
    )


def order_answer(found: Order, mark: str = "") -> Answer:
    """What the folder of the order keeps."""
    return Answer(
        "order",
        data(found),
        tables(found),
        came_about(found),
        order_page(found, mark),
        _pictures(found),
    )


def _pictures(found: Order) -> dict[str, str]:
    drawn = {"waiting.svg": waiting_picture(found), "road_map.svg": road_map_picture(found)}
    return {name: text for name, text in drawn.items() if text}
